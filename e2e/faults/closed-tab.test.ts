/** Tabs that are closed: what was trained is offered at the next visit; tabs side by side; browsers that keep nothing. */

import { expect, test } from 'playwright/test';
import { ALONE, isReady, numberIn, openLab, press, reachStep } from '../lab.ts';
import { isKept, keptIn, offer, putForeign } from './saved-sessions.ts';
import { keepWorkers, notice, pause, stateOf, trainTo } from './worker.ts';

test('a closed tab is gone on with at the next visit, to the same bits', async ({ page, context }) => {
  await openLab(page, ALONE);
  await press(page, 'Train');
  await reachStep(page, 60);
  await pause(page);
  const step = await numberIn(page, 'step');
  await isKept(page, step);
  await page.close();

  const next = await context.newPage();
  await keepWorkers(next);
  await openLab(next, '#seed=9');
  await expect(offer(next)).toContainText(`stopped at step ${step} (Embedding;`);
  await press(next, 'Go on there');
  await expect(next.getByTestId('step')).toHaveText(String(step));
  await expect(next.getByRole('region', { name: 'Embedding', exact: true })).toBeVisible();
  await isReady(next);
  await expect(next.getByRole('slider', { name: 'Timeline' })).toHaveAttribute('max', String(step));
  for (let more = 1; more <= 3; more++) {
    await press(next, 'Step');
    await expect(next.getByTestId('step')).toHaveText(String(step + more));
  }
  const resumed = await stateOf(next);
  await press(next, 'Reset');
  await expect(next.getByTestId('step')).toHaveText('0');
  await trainTo(next, step + 3);
  expect(await stateOf(next)).toEqual(resumed);

  // What the reset ended is kept beside what followed it. A reload is a visit as well. What is no session is ignored.
  const both = [step + 3, step + 3];
  await expect.poll(async () => (await keptIn(next)).map((kept) => kept.step)).toEqual(both);
  await next.evaluate(putForeign);
  await next.reload();
  await expect(offer(next)).toContainText(`stopped at step ${step + 3} (Embedding;`);
});

test('two tabs keep a session each, and only a few of the newest stay', async ({ page, context }) => {
  await openLab(page, ALONE);
  await press(page, 'Step');
  await isKept(page, 1);
  const second = await context.newPage();
  await openLab(second, ALONE);
  // The first is still open, so no other tab may continue it.
  await expect(offer(second)).toHaveCount(0);
  await press(second, 'Step');
  await expect(second.getByTestId('step')).toHaveText('1');
  await press(second, 'Step');
  await isKept(second, 2);
  await press(page, 'Step');
  await expect(page.getByTestId('step')).toHaveText('2');
  await press(page, 'Step');
  await isKept(page, 3);
  expect((await keptIn(page)).map(({ step }) => step).sort()).toEqual([2, 3]);
  await second.close();
  for (const visit of [1, 2, 3]) {
    const another = await context.newPage();
    await openLab(another, ALONE);
    await expect(offer(another)).toContainText(visit === 1 ? 'step 2' : 'step 1');
    await press(another, 'Step');
    const ofVisits = async () => (await keptIn(another)).filter(({ step }) => step === 1).length;
    await expect.poll(ofVisits).toBe(visit);
    await another.close();
  }
  // The newest three, and that of the page that is open.
  const kept = await keptIn(page);
  expect(kept).toHaveLength(4);
  expect(kept.map(({ step }) => step).sort()).toEqual([1, 1, 1, 3]);
});

test('a full disk is said once, and training goes on', async ({ page, context, baseURL }) => {
  const session = await context.newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', {
    origin: new URL(baseURL ?? '').origin,
    quotaSize: 1,
  });
  await openLab(page, ALONE);
  await press(page, 'Train');
  await expect(notice(page)).toContainText('This browser has no room to keep the session');
  await reachStep(page, (await numberIn(page, 'step')) + 20);
});

for (const [name, forbid] of Object.entries({
  'without IndexedDB': () => Reflect.deleteProperty(window, 'indexedDB'),
  'whose storage is forbidden': () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    });
  },
})) {
  test(`a browser ${name} trains all the same`, async ({ page }) => {
    await page.addInitScript(forbid);
    await openLab(page, ALONE);
    await press(page, 'Train');
    await expect(notice(page)).toContainText('Save session keeps it as a file');
    await reachStep(page, (await numberIn(page, 'step')) + 20);
  });
}
