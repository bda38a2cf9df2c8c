/** What the tests of a failing worker share: the worker's inside, and what it tells the page. */

import { createHash } from 'node:crypto';
import { expect, type Page, type Worker } from 'playwright/test';
import type { Checkpoint } from '../../src/training/protocol.ts';
import { numberIn, press } from '../lab.ts';

/** What the wrapped constructor keeps, in the page. */
interface Kept {
  workers: globalThis.Worker[];
  /** The newest state that was asked for, with arrays as lists of bytes in Base64. */
  asked: string | undefined;
}
declare global {
  interface Window {
    kept: Kept;
  }
}

/** Keeps every training worker that the page makes. Before the page is opened. */
export async function keepWorkers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.kept = { workers: [], asked: undefined };
    const Original = window.Worker;
    window.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        if (options?.name !== 'lab') return;
        window.kept.workers.push(this);
        this.addEventListener('message', ({ data }) => {
          if (data.type !== 'checkpoint' || !data.wasAsked) return;
          const text = (_: string, value: unknown) => {
            if (!(value instanceof Float32Array)) return value;
            const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
            let characters = '';
            for (const byte of bytes) characters += String.fromCharCode(byte);
            return btoa(characters);
          };
          window.kept.asked = JSON.stringify(data.checkpoint, text);
        });
      }
    };
  });
}

/** The training worker that is at work now, to run faults inside. */
export function labWorker(page: Page): Worker {
  const worker = page.workers().findLast((each) => /\/worker-/.test(each.url()));
  if (worker === undefined) throw new Error('There is no training worker.');
  return worker;
}

/** How many training workers the page has made. */
export const workersMade = (page: Page) => page.evaluate(() => window.kept.workers.length);

/** Step and digest of parameters, moments and centres, to the bit. While the lab is paused. */
export async function stateOf(page: Page): Promise<{ step: number; digest: string }> {
  await page.evaluate(() => {
    window.kept.asked = undefined;
    window.kept.workers.at(-1)?.postMessage({ id: 2 ** 31, command: { type: 'checkpoint' } });
  });
  const handle = await page.waitForFunction(() => window.kept.asked);
  const text = (await handle.jsonValue()) ?? '';
  const { step, runs } = JSON.parse(text) as Checkpoint;
  const state = runs.map(({ parameters, firstMoments, secondMoments, centres }) => [
    parameters,
    firstMoments,
    secondMoments,
    centres,
  ]);
  return { step, digest: createHash('sha256').update(JSON.stringify(state)).digest('hex') };
}

/** Trains from where the lab is to exactly that step. */
export async function trainTo(page: Page, step: number): Promise<void> {
  await press(page, 'Train');
  await page.waitForFunction(
    (half) => Number(document.querySelector('[data-testid=step]')?.textContent) >= half,
    Math.floor(step / 3),
    { polling: 'raf' },
  );
  await pause(page);
  let at = await numberIn(page, 'step');
  expect(at, 'paused in time').toBeLessThanOrEqual(step);
  for (; at < step; at++) {
    await press(page, 'Step');
    await expect(page.getByTestId('step')).toHaveText(String(at + 1));
    await expect(page.getByRole('status')).toHaveText('Ready.');
  }
}

export async function pause(page: Page): Promise<void> {
  await press(page, 'Pause');
  await expect(page.getByRole('status')).toHaveText('Ready.');
}

/** The sentences that the page has for its reader. */
export const notice = (page: Page) => page.locator('.notice');
