/** Tabs that are closed: what was trained is offered at the next visit; tabs side by side; browsers that keep nothing. */

import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from 'playwright/test';
import { ALONE, isReady, numberIn, openLab, plotPixels, press, reachStep } from '../lab.ts';
import { inSessionWorker, isKept, keptIn, offer, putForeign, putKept } from './saved-sessions.ts';
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
  await expect(offer(next)).toContainText(`Stopped at step ${step} Embedding`);
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
  await expect(offer(next)).toContainText(`Stopped at step ${step + 3} Embedding`);
});

test('two tabs keep a session each, and long ones stay before short ones', async ({ page, context }) => {
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
  const stepsKept = async () => (await keptIn(page)).map(({ step }) => step).sort((a, b) => a - b);
  expect(await stepsKept()).toEqual([2, 3]);
  await second.close();
  // Eight long ones of other visits, older than all of these.
  await page.evaluate(
    putKept,
    Array.from({ length: 8 }, (_, i) => ({ id: `long ${i}`, step: 100 + i, titles: ['Long'], savedAt: i })),
  );
  await press(page, 'Step');
  await isKept(page, 4);
  // That of the page that is open, and seven more: the shortest are gone, however new.
  await expect.poll(stepsKept).toEqual([4, 101, 102, 103, 104, 105, 106, 107]);
});

test('what a reset ended and another tab goes on with is not overwritten by Undo', async ({
  page,
  context,
}) => {
  await openLab(page, ALONE);
  for (const step of ['1', '2']) {
    await press(page, 'Step');
    await expect(page.getByTestId('step')).toHaveText(step);
  }
  await isKept(page, 2);
  await press(page, 'Reset');
  await expect(page.getByTestId('step')).toHaveText('0');

  const second = await context.newPage();
  await openLab(second, ALONE);
  await press(second, 'Go on there');
  // Not the readiness of the lab that was there before.
  await expect(second.getByTestId('step')).toHaveText('2');
  await isReady(second);
  for (const step of ['3', '4']) {
    await press(second, 'Step');
    await expect(second.getByTestId('step')).toHaveText(step);
  }
  await isKept(second, 4);

  await press(page, 'Undo');
  await expect(page.getByTestId('step')).toHaveText('2');
  await isReady(page);
  await press(page, 'Step');
  await isKept(page, 3);
  expect((await keptIn(page)).map(({ step }) => step).sort()).toEqual([3, 4]);
});

test('kept sessions are a list: each is looked at, gone on with or deleted, and it covers no number', async ({
  page,
  context,
}) => {
  await openLab(page, ALONE);
  await press(page, 'Step');
  await isKept(page, 1);
  // Each training of a visit is a session.
  await press(page, 'Reset');
  await expect(page.getByTestId('step')).toHaveText('0');
  await isReady(page);
  for (const step of ['1', '2', '3']) {
    await press(page, 'Step');
    await expect(page.getByTestId('step')).toHaveText(step);
  }
  await isKept(page, 3);
  await page.close();

  const next = await context.newPage();
  await next.setViewportSize({ width: 390, height: 844 });
  await openLab(next, '#seed=9');
  const list = offer(next);
  const items = list.getByRole('listitem');
  await expect(list).toBeVisible();
  await expect(items).toHaveCount(0);
  const box = await list.boundingBox();
  for (const other of [next.getByRole('group', { name: 'Status' }), next.locator('section.panel').first()]) {
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual((await other.boundingBox())?.y ?? 0);
  }
  await list.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(items).toHaveCount(2);
  const [newest, oldest] = [items.first(), items.last()];
  await expect(newest).toContainText('Stopped at step 3 Embedding');
  await expect(oldest).toContainText('Stopped at step 1 Embedding');
  // Both have pictures, of different features.
  const pictures = () => Promise.all([newest, oldest].map(plotPixels));
  await expect.poll(async () => new Set(await pictures()).size).toBe(2);
  const remove = (name: string) => newest.getByRole('button', { name, exact: true }).click();
  await remove('Delete');
  await expect(items).toHaveCount(2);
  await remove('Delete for good');
  await expect(items).toHaveCount(1);
  await expect(list.getByRole('heading')).toBeFocused();
  expect((await keptIn(next)).map(({ step }) => step)).toEqual([1]);
  await press(next, 'Go on there');
  await expect(next.getByTestId('step')).toHaveText('1');
  await expect(list).toHaveCount(0);
});

test('what the lab of before kept is offered and gone on with, and is kept in the new way then', async ({
  page,
  context,
}) => {
  await openLab(page, ALONE);
  const bytes = Array.from(await readFile('e2e/before-records/session.mll'));
  await page.evaluate(
    (content) =>
      new Promise<void>((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase('margin-loss-lab');
        // The lab closes its own connection.
        deleting.onblocked = () => reject(new Error('The lab holds its database.'));
        deleting.onsuccess = () => {
          const opening = indexedDB.open('margin-loss-lab', 1);
          opening.onupgradeneeded = () => {
            opening.result.createObjectStore('sessions', { keyPath: 'id' });
            opening.result.createObjectStore('bytes');
          };
          opening.onsuccess = () => {
            const writing = opening.result.transaction(['sessions', 'bytes'], 'readwrite');
            const kept = { id: 'old', step: 12, titles: ['Old'], savedAt: 1e12 };
            writing.objectStore('sessions').put(kept);
            writing.objectStore('bytes').put(Uint8Array.from(content), 'old');
            writing.oncomplete = () => {
              opening.result.close();
              resolve();
            };
          };
        };
      }),
    bytes,
  );
  await page.close();
  const next = await context.newPage();
  await openLab(next, '#seed=9');
  await press(next, 'Go on there');
  await expect(next.getByTestId('step')).not.toHaveText('0');
  await isReady(next);
  const step = await numberIn(next, 'step');
  await press(next, 'Step');
  await isKept(next, step + 1);
  expect((await keptIn(next)).map(({ id }) => id)).toEqual(['old']);
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
  await goesOn(page);
});

const goesOn = async (page: Page) => reachStep(page, (await numberIn(page, 'step')) + 20);

test('sessions that the reader clears are not taken for a full disk: this one is kept again', async ({
  page,
  context,
  baseURL,
}) => {
  await openLab(page, ALONE);
  await press(page, 'Step');
  await isKept(page, 1);
  const session = await context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', {
    origin: new URL(baseURL ?? '').origin,
    storageTypes: 'indexeddb',
  });
  expect(await keptIn(page)).toEqual([]);
  await press(page, 'Step');
  await isKept(page, 2);
  await expect(notice(page)).toHaveText(/The sessions kept in this browser were cleared/);
});

test('storage that does not answer is said, and training goes on', async ({ page, context }) => {
  // A tab of the first version's, which does not let go of its database.
  await page.goto('./favicon.svg');
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open('margin-loss-lab', 1);
        opening.onsuccess = () => {
          Object.assign(window, { database: opening.result });
          resolve(undefined);
        };
      }),
  );
  const lab = await context.newPage();
  await openLab(lab, ALONE);
  await press(lab, 'Train');
  await expect(notice(lab)).toContainText('storage does not answer');
  await goesOn(lab);
  await press(lab, 'Pause');
  await lab.close();

  // One that can be opened, in which a transaction of another tab never ends.
  await page.close();
  const other = await context.newPage();
  await openLab(other, ALONE);
  await press(other, 'Step');
  await isKept(other, 1);
  await other.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open('margin-loss-lab');
        opening.onsuccess = () => {
          const store = opening.result.transaction('sessions', 'readwrite').objectStore('sessions');
          const again = () => {
            store.get('none').onsuccess = again;
          };
          again();
          resolve(undefined);
        };
      }),
  );
  await press(other, 'Train');
  await expect(notice(other)).toContainText('storage does not answer');
  await goesOn(other);
});

for (const [name, inWorker, forbid] of [
  ['without IndexedDB', 'Object.defineProperty(self, "indexedDB", { value: undefined })', () => {}],
  [
    'whose storage is forbidden',
    'IDBFactory.prototype.open = () => { throw new DOMException("The operation is insecure.", "SecurityError"); }',
    () =>
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      }),
  ],
] as const) {
  test(`a browser ${name} trains all the same`, async ({ page }) => {
    await page.addInitScript(forbid);
    await inSessionWorker(page, inWorker);
    await openLab(page, ALONE);
    await press(page, 'Train');
    await expect(notice(page)).toContainText('Save session keeps it as a file');
    await expect(notice(page)).not.toContainText('no room');
    await goesOn(page);
  });
}
