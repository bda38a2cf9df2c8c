/**
 * `npm run soak`: 20,000 steps of three runs in a real Chromium, or `--steps N`, with everything that a reader
 * does meanwhile; with `--cores N` workers share each step. Five cycles end in a reset. Then the timeline is filled to its budget, and five cycles train on
 * without one. Of both, tensors and memory must be after the last cycle what they were before. Prints a table;
 * exits with 1 where something grows.
 */

import { type Browser, chromium, type Page } from 'playwright';
import { MOST_CORES } from '../src/training/lanes/cores-wish.ts';
import { whole } from './flags.ts';
import { CHROMIUM_FLAGS, ensureChromium } from './lib/chromium.ts';
import { flagsIn } from './lib/commands.mjs';
import { type Memory, memoryNow, pageBufferMegabytes } from './lib/memory.ts';
import { buildPage, servePage } from './lib/preview.ts';

const CYCLES = 5;
/** The timeline's budget: TIMELINE_BUDGET in src/timeline/timeline.ts. */
const TIMELINE_MEGABYTES = (48 * 2 ** 20) / 1e6;
/** What is there once nothing more fits: bytes are estimated from above. */
const FULL = 0.98;
/** More than fit into it. */
const MOST_FRAMES = 1000;
/** What a later cycle may have more than an earlier one: this factor, and so many megabytes. */
const FACTOR = 1.15;
const SLACK = {
  pageHeapMegabytes: 0,
  // One earlier state of three runs, which the collector may not have seen yet.
  pageBufferMegabytes: 5,
  workerHeapMegabytes: 0,
  workerBufferMegabytes: 0,
  processMegabytes: 0,
};

/** What is there at the end of a cycle. */
interface Row extends Memory {
  readonly tensors: number;
}

declare global {
  /** Of the page: what its training worker counted last. */
  var tensors: number | undefined;
}

interface Options {
  /** In each of ten cycles. */
  readonly steps: number;
  readonly cores: number;
}

function optionsIn(args: readonly string[]): Options {
  const { steps = '20000', cores = '1' } = flagsIn('soak', args);
  return {
    steps: whole('--steps', steps, [100, 9_999_999]) / (2 * CYCLES),
    cores: whole('--cores', cores, [1, MOST_CORES]),
  };
}

/** A sentence for everything that went wrong. */
async function soak({ steps, cores }: Options): Promise<string[]> {
  await buildPage();
  const { url, close } = await servePage();
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: CHROMIUM_FLAGS });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.addInitScript(listen);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${url}#backend=wasm`);
    await isReady(page);
    await page.getByRole('combobox', { name: 'Cores', exact: true }).selectOption(String(cores));
    const resetting = await cyclesWithResets(browser, page, steps);
    const filled = await cyclesWithFullTimeline(browser, page, steps);
    console.table([...resetting, ...filled]);
    // The first cycle fills caches.
    return [...errors, ...growth(resetting.slice(1)), ...growth(filled)];
  } finally {
    await browser.close();
    await close();
  }
}

/** Each ends where it began, at step 0. */
async function cyclesWithResets(browser: Browser, page: Page, steps: number): Promise<Row[]> {
  const rows: Row[] = [];
  while (rows.length < CYCLES) {
    await readerAtWork(page, steps);
    rows.push(await reading(browser, page));
    await press(page, 'Reset');
    await reach(page, 0);
    await isReady(page);
  }
  return rows;
}

/** One timeline through all of them, which is full from the beginning. */
async function cyclesWithFullTimeline(browser: Browser, page: Page, steps: number): Promise<Row[]> {
  await fillTimeline(page);
  const rows: Row[] = [];
  while (rows.length < CYCLES) {
    await readerAtWork(page, steps);
    rows.push(await reading(browser, page));
  }
  return rows;
}

/** Every single step is a frame, and one of all test images is 150 kB. */
async function fillTimeline(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Samples', exact: true }).selectOption('all');
  await press(page, 'Step');
  await reach(page, 1);
  // The images themselves are here from now on.
  const empty = await pageBufferMegabytes(page);
  const full = empty + FULL * TIMELINE_MEGABYTES;
  for (let step = 2; (await pageBufferMegabytes(page)) < full; step++) {
    if (step > MOST_FRAMES) throw new Error('The timeline did not become full.');
    await press(page, 'Step');
    await reach(page, step);
  }
}

async function reading(browser: Browser, page: Page): Promise<Row> {
  const tensors = await page.evaluate(() => globalThis.tensors ?? Number.NaN);
  const row = { ...(await memoryNow(browser, page)), tensors };
  console.error(JSON.stringify(row));
  return row;
}

/** Runs in the page: hears how many tensors the training worker holds. */
function listen(): void {
  const Original = globalThis.Worker;
  globalThis.Worker = class extends Original {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener('message', ({ data }) => {
        if (data?.type === 'pong') globalThis.tensors = data.tensors;
      });
    }
  };
}

/** One cycle: trains, switches losses, turns back time, adds a panel and removes it. */
async function readerAtWork(page: Page, steps: number): Promise<void> {
  const start = await stepOf(page);
  const train = (share: number) => reach(page, start + share * steps);
  await press(page, 'Train');
  await train(0.15);
  const first = page.locator('section.panel').first();
  for (const loss of ['Softmax + center', 'Margin', 'Softmax']) {
    await first.getByRole('radio', { name: loss, exact: true }).check({ force: true });
  }
  await train(0.3);
  const timeline = page.getByRole('slider', { name: 'Timeline' });
  for (let i = 0; i <= 50; i++) {
    await timeline.evaluate((element, share) => {
      const slider = element as HTMLInputElement;
      const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
      value?.set?.call(slider, String(share * Number(slider.max)));
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    }, i / 51);
  }
  await press(page, 'Go live');
  await press(page, 'Add panel');
  await train(0.6);
  await page
    .locator('section.panel')
    .nth(3)
    .getByRole('button', { name: /^Menu of/ })
    .click();
  await page.getByRole('menuitem', { name: 'Remove panel', exact: true }).click();
  await train(1);
  await press(page, 'Pause');
  await isReady(page);
  // The next answer of the worker counts what it holds at rest.
  await page.evaluate(() => {
    globalThis.tensors = undefined;
  });
  await page.waitForFunction(() => globalThis.tensors !== undefined);
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

const isReady = (page: Page) => page.getByRole('status').getByText('Ready.').waitFor();

const stepOf = async (page: Page) => Number(await page.getByTestId('step').textContent());

/** Waits for a step at or after one; for exactly 0 after a reset. */
function reach(page: Page, step: number): Promise<unknown> {
  return page.waitForFunction(
    (wanted) => {
      const now = Number(document.querySelector('[data-testid=step]')?.textContent);
      return wanted === 0 ? now === 0 : now >= wanted;
    },
    step,
    { timeout: 600_000 },
  );
}

/** A sentence for everything that has grown from the first row to the last. */
function growth(rows: readonly Row[]): string[] {
  const [first] = rows;
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return [];
  const sentences: string[] = [];
  if (last.tensors > first.tensors) {
    sentences.push(`Tensors grew from ${first.tensors} to ${last.tensors}.`);
  }
  for (const name of Object.keys(SLACK) as (keyof typeof SLACK)[]) {
    const [before = Number.NaN, after = Number.NaN] = [first[name], last[name]];
    if (after > FACTOR * before + SLACK[name]) sentences.push(`${name} grew from ${before} to ${after}.`);
  }
  return sentences;
}

export default async function main(args: readonly string[]): Promise<void> {
  const problems = await soak(optionsIn(args));
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
