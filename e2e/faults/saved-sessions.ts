/** What the tests of closed tabs share: the sessions in the browser's storage, and the offer to go on with one. */

import { expect, type Page } from 'playwright/test';
import { OFTEN } from '../lab.ts';

export const offer = (page: Page) => page.getByRole('region', { name: 'Last visit' });

export interface Kept {
  readonly id: string;
  readonly step: number;
  readonly titles: readonly string[];
}

/** What lies in the browser's storage. */
export function keptIn(page: Page): Promise<Kept[]> {
  return page.evaluate(
    () =>
      new Promise<Kept[]>((resolve, reject) => {
        const opening = indexedDB.open('margin-loss-lab');
        opening.onerror = () => (opening.error?.name === 'AbortError' ? resolve([]) : reject(opening.error));
        // The page is faster or slower than this; it alone makes the database.
        opening.onupgradeneeded = () => opening.transaction?.abort();
        opening.onsuccess = () => {
          const reading = opening.result.transaction('sessions').objectStore('sessions').getAll();
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result);
          };
        };
      }),
  );
}

/** Waits until the session is kept as it is at that step. */
export async function isKept(page: Page, step: number): Promise<void> {
  await expect(page.getByTestId('step')).toHaveText(String(step));
  await expect.poll(async () => (await keptIn(page)).map((kept) => kept.step), OFTEN).toContain(step);
}

/** Runs in the page: an entry that another code of this origin might have written, newer than all others. */
export function putForeign(): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('margin-loss-lab');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const writing = opening.result.transaction('sessions', 'readwrite');
      writing.objectStore('sessions').put({ id: 'foreign', step: '<b>', savedAt: 8e15 });
      writing.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  });
}

/** Code that runs in the worker of sessions before anything else does, as if the browser were that way. */
export async function inSessionWorker(page: Page, code: string): Promise<void> {
  await page.route(/[/]assets[/]session-worker-/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${code};${await response.text()}` });
  });
}

/** Runs in a page: puts these sessions among the kept ones, without what they hold. */
export function putKept(
  sessions: readonly { id: string; step: number; titles: string[]; savedAt: number }[],
) {
  return new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open('margin-loss-lab');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const writing = opening.result.transaction('sessions', 'readwrite');
      for (const session of sessions) writing.objectStore('sessions').put(session);
      writing.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  });
}
