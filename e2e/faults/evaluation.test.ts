/** A worker of the measures that dies, hangs or fails: another one goes on, or a sentence says that there are none. */

import { expect, type Locator, type Page, test, type Worker } from 'playwright/test';
import { ALONE, openLab, press, reachStep } from '../lab.ts';

declare global {
  interface Window {
    /** Every worker of this name, oldest first. */
    evaluators: globalThis.Worker[];
  }
}

/** Opens the lab with the measures in sight; returns their region. */
async function openMeasures(page: Page): Promise<Locator> {
  await page.addInitScript(() => {
    window.evaluators = [];
    const Original = window.Worker;
    window.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        if (options?.name === 'evaluation') window.evaluators.push(this);
      }
    };
  });
  await openLab(page, ALONE);
  const verification = page.getByRole('region', { name: 'Verification' });
  await verification.scrollIntoViewIfNeeded();
  return verification;
}

function evaluator(page: Page): Worker {
  const worker = page.workers().findLast((each) => /\/evaluation-worker-/.test(each.url()));
  if (worker === undefined) throw new Error('There is no worker that evaluates.');
  return worker;
}

const FAULTS: Record<string, (page: Page) => Promise<unknown>> = {
  'that is terminated from outside': (page) => page.evaluate(() => window.evaluators.at(-1)?.terminate()),
  'that falls into an endless loop': (page) =>
    evaluator(page).evaluate(() => {
      setTimeout(() => {
        for (;;);
      });
    }),
  'that runs out of memory': (page) =>
    // What the engine throws where the system has no more.
    evaluator(page).evaluate(() => {
      Uint32Array.from = () => {
        throw new RangeError('Array buffer allocation failed');
      };
    }),
};

for (const [name, fault] of Object.entries(FAULTS)) {
  test(`a worker of the measures ${name} is replaced, and the measures follow training again`, async ({
    page,
  }) => {
    const verification = await openMeasures(page);
    const eer = verification.getByTestId('eer');
    await expect(eer).toHaveText(/^0\.\d/);
    const before = await eer.innerText();
    await fault(page);
    await press(page, 'Train');
    await reachStep(page, 20);
    await press(page, 'Pause');
    await verification.scrollIntoViewIfNeeded();
    await expect(eer).not.toHaveText(before);
    expect(await page.evaluate(() => window.evaluators.length)).toBe(2);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
}

test('measures that fail whenever they are computed are given up in a sentence; training goes on, and the reader can ask again', async ({
  page,
}) => {
  const failing = {
    contentType: 'text/javascript',
    // As the host sends it: an isolated page starts no worker without.
    headers: { 'Cross-Origin-Embedder-Policy': 'require-corp' },
    body: "onmessage = () => { throw new Error('injected') }",
  };
  await page.route(/\/assets\/evaluation-worker-/, (route) => route.fulfill(failing));
  const verification = await openMeasures(page);
  const alert = page.getByRole('alert').filter({ hasText: 'Some measures could not be computed' });
  await expect(alert).toBeVisible();
  await expect(verification.getByText('Can’t be computed').first()).toBeVisible();
  expect(await page.evaluate(() => window.evaluators.length)).toBe(3);
  await press(page, 'Step');
  await expect(page.getByTestId('step')).toHaveText('1');
  await expect(verification.getByTestId('eer')).toHaveText('–');
  await page.unroute(/\/assets\/evaluation-worker-/);
  await alert.getByRole('button', { name: 'Compute again' }).click();
  await expect(verification.getByTestId('eer')).toHaveText(/^0\.\d/);
  await expect(alert).toHaveCount(0);
});
