/** What the tests of a failing worker share: the worker's inside, and the events it posts to the page. */

import { createHash } from 'node:crypto';
import { expect, type Page, type Worker } from 'playwright/test';
import type { Checkpoint } from '../../src/training/link/protocol.ts';
import { isReady, numberIn, press } from '../lab.ts';

/** What the wrapped constructor keeps, in the page. */
interface Kept {
  workers: globalThis.Worker[];
  /** How many of them have opened their backend. */
  opened: number;
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
    window.kept = { workers: [], opened: 0, asked: undefined };
    const Original = window.Worker;
    window.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        if (options?.name !== 'lab') return;
        window.kept.workers.push(this);
        this.addEventListener('message', ({ data }) => {
          if (data.type === 'backend') window.kept.opened++;
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
  // Its lanes, of the same file, come after it; those that ended are no longer in the list.
  const worker = page.workers().find((each) => /\/worker-/.test(each.url()));
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

/**
 * Trains from where the lab is to exactly that step: half of the way first; how late that pause came, and how far the page's
 * step jumped from one look to the next, say how near to the end the next may be. The last steps are single ones.
 */
export async function trainTo(page: Page, step: number): Promise<void> {
  const left = async () => step - (await numberIn(page, 'step'));
  let margin = Math.ceil((await left()) / 2);
  while ((await left()) > margin) {
    await press(page, 'Train');
    const jump = await page.evaluate(pauseAt, step - margin);
    await isReady(page);
    const late = margin - (await left());
    margin = Math.min(margin, 2 * Math.max(late, jump) + 10);
  }
  expect(await left(), 'paused in time').toBeGreaterThanOrEqual(0);
  await page.evaluate(stepTo, step);
  await expect(page.getByTestId('step')).toHaveText(String(step));
}

/** Runs in the page, where nothing is in the way between seeing and pressing. Returns the farthest that the step jumped. */
function pauseAt(step: number): Promise<number> {
  return new Promise((resolve) => {
    const read = () => Number(document.querySelector('[data-testid=step]')?.textContent);
    let before = read();
    let jump = 0;
    const look = () => {
      const at = read();
      jump = Math.max(jump, at - before);
      before = at;
      if (at < step) return requestAnimationFrame(look);
      const buttons = [...document.querySelectorAll('button')];
      buttons.find(({ textContent }) => textContent === 'Pause')?.click();
      resolve(jump);
    };
    look();
  });
}

/** Runs in the page as well. */
function stepTo(step: number): Promise<void> {
  return new Promise((resolve) => {
    const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Step');
    let pressedAt = -1;
    const look = () => {
      const at = Number(document.querySelector('[data-testid=step]')?.textContent);
      const isReady = document.querySelector('[role=status]')?.textContent === 'Ready.';
      if (isReady && at === step) return resolve();
      if (isReady && at > pressedAt) {
        pressedAt = at;
        button?.click();
      }
      requestAnimationFrame(look);
    };
    look();
  });
}

export async function pause(page: Page): Promise<void> {
  await press(page, 'Pause');
  await isReady(page);
}

/** The sentences that the page has for its reader. */
export const notice = (page: Page) => page.locator('.notice');
