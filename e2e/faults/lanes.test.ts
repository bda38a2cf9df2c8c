/** Further workers that share the steps: killed, broken, refused; no step is lost, and the bits stay. */

import { expect, type Page, test } from 'playwright/test';
import { numberIn, openLab, press, reachStep } from '../lab.ts';
import { keepWorkers, labWorker, notice, pause, stateOf, trainTo } from './worker.ts';

const TWO = '#warmup=10&run=Both*1*0.01*0*0.5*8&run=Margin*0*0*1*0.5*8&backend=wasm';

/** The lanes that the training worker starts from now on are kept in its scope. */
const keepLanes = (page: Page) =>
  labWorker(page).evaluate(() => {
    const lanes: Worker[] = [];
    const Original = self.Worker;
    Object.assign(self, {
      lanes,
      Worker: class extends Original {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options);
          lanes.push(this);
        }
      },
    });
  });

const cores = (page: Page) => page.getByRole('group', { name: 'Status' }).getByText(/^ ?\d cores$/);
const chooseCores = (page: Page, count: string) =>
  page.getByRole('combobox', { name: 'Cores' }).selectOption(count);

/** The state of that step, by one core. */
async function byOneCore(page: Page, step: number): Promise<unknown> {
  await press(page, 'Reset');
  await expect(page.getByTestId('step')).toHaveText('0');
  await chooseCores(page, '1');
  await trainTo(page, step);
  await expect(cores(page)).toHaveCount(0);
  return stateOf(page);
}

/** As from a host that sends no headers of ours: workers share no memory then. */
const withoutIsolation = (page: Page) =>
  page.route('**/*', async (route) => {
    const response = await route.fetch();
    const headers = Object.entries(response.headers()).filter(([name]) => !name.startsWith('cross-origin-'));
    await route.fulfill({ response, headers: Object.fromEntries(headers) });
  });

for (const isIsolated of [true, false]) {
  test(`three cores learn what one does, ${isIsolated ? 'in shared memory' : 'by message'}; one whose worker is killed and one that breaks cost a sentence and no step`, async ({
    page,
  }) => {
    if (!isIsolated) await withoutIsolation(page);
    await keepWorkers(page);
    await page.addInitScript(() => Object.defineProperty(navigator, 'hardwareConcurrency', { value: 4 }));
    await openLab(page, TWO);
    expect(await labWorker(page).evaluate(() => self.crossOriginIsolated)).toBe(isIsolated);
    await keepLanes(page);
    await chooseCores(page, '3');
    await press(page, 'Train');
    await expect(cores(page)).toHaveText(' 3 cores');
    await reachStep(page, (await numberIn(page, 'step')) + 40);
    // Nobody tells the training worker of it: a lane that is gone is one that never answers.
    await labWorker(page).evaluate(() => (self as unknown as { lanes: Worker[] }).lanes[0]?.terminate());
    await expect(notice(page).first()).toContainText(
      'it did not answer in time): 2 cores go on, and no step is lost.',
    );
    await expect(cores(page)).toHaveText(' 2 cores');
    await reachStep(page, (await numberIn(page, 'step')) + 20);
    await labWorker(page).evaluate(() =>
      (self as unknown as { lanes: Worker[] }).lanes[1]?.dispatchEvent(
        new ErrorEvent('error', { message: 'out of memory' }),
      ),
    );
    await expect(notice(page).last()).toContainText(
      '(out of memory): one core goes on, and no step is lost.',
    );
    await expect(cores(page)).toHaveCount(0);
    await reachStep(page, (await numberIn(page, 'step')) + 20);
    await pause(page);
    const shared = await stateOf(page);
    expect(await byOneCore(page, shared.step)).toEqual(shared);
  });
}

test('a further worker whose code does not come is no failure of the training worker', async ({ page }) => {
  await keepWorkers(page);
  await openLab(page, TWO);
  await labWorker(page).evaluate(() => {
    const Original = self.Worker;
    self.Worker = class extends Original {
      constructor() {
        super(new URL('gone.js', self.location.href));
      }
    };
  });
  await chooseCores(page, '2');
  await press(page, 'Train');
  await expect(notice(page)).toContainText('(its code did not come): one core goes on, and no step is lost.');
  await reachStep(page, (await numberIn(page, 'step')) + 20);
  expect(await page.evaluate(() => window.kept.workers.length)).toBe(1);
});

test('where no further worker can be made, one core computes, and a sentence says so', async ({ page }) => {
  await keepWorkers(page);
  await openLab(page, TWO);
  await labWorker(page).evaluate(() => {
    self.Worker = class {
      constructor() {
        throw new Error('refused by a test');
      }
    } as unknown as typeof Worker;
  });
  await chooseCores(page, '2');
  await press(page, 'Train');
  await expect(notice(page)).toContainText('No more cores can be used: refused by a test.');
  await reachStep(page, 20);
  await expect(cores(page)).toHaveCount(0);
});
