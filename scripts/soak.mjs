/**
 * `npm run soak`: 20,000 steps of three runs in a real Chromium, with everything that a reader does meanwhile.
 * Each of ten cycles ends in the same state, so tensors and memory must be what they were. Prints a table;
 * exits with 1 where something grows.
 */

import { ensureChromium } from './lib/chromium.mjs';
import { memoryNow } from './lib/memory.mjs';
import { servePage } from './lib/preview.mjs';
import { installPackages, prepareData, run } from './lib/setup.mjs';

const CYCLES = 10;
const STEPS_A_CYCLE = 2000;
const PORT = 4321;
/** What the last cycle may have more than the second: the first fills caches. */
const MOST_GROWTH = { pageHeapMegabytes: 1.15, processMegabytes: 1.15 };

async function soak() {
  installPackages();
  prepareData();
  if (!run('npx', ['vite', 'build', '--logLevel', 'error'])) throw new Error('The lab could not be built.');
  const { chromium } = await import('playwright');
  const { url, close } = await servePage(PORT);
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: ['--no-sandbox', '--enable-unsafe-swiftshader'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.addInitScript(listen);
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${url}#backend=wasm`);
    await page.getByRole('status').getByText('Ready.').waitFor();
    const rows = [];
    for (let cycle = 1; cycle <= CYCLES; cycle++) {
      await readerAtWork(page);
      const tensors = await page.evaluate(() => globalThis.tensors);
      rows.push({ cycle, ...(await memoryNow(browser, page)), tensors });
      console.error(JSON.stringify(rows.at(-1)));
      await press(page, 'Reset');
      await page.waitForFunction(() => document.querySelector('[data-testid=step]')?.textContent === '0');
      await page.getByRole('status').getByText('Ready.').waitFor();
    }
    console.table(rows);
    return [...errors, ...growth(rows)];
  } finally {
    await browser.close();
    close();
  }
}

/** Runs in the page: hears how many tensors the training worker holds. */
function listen() {
  const Original = globalThis.Worker;
  globalThis.Worker = class extends Original {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', ({ data }) => {
        if (data?.type === 'pong') globalThis.tensors = data.tensors;
      });
    }
  };
}

/** One cycle: trains, switches losses, turns back time, adds a panel and removes it. */
async function readerAtWork(page) {
  await press(page, 'Train');
  await reach(page, 0.15);
  const first = page.locator('section.panel').first();
  for (const loss of ['Softmax + center', 'Margin', 'Softmax']) {
    await first.getByRole('radio', { name: loss, exact: true }).check({ force: true });
  }
  await reach(page, 0.3);
  const timeline = page.getByRole('slider', { name: 'Timeline' });
  for (let i = 0; i <= 50; i++) {
    await timeline.evaluate((slider, share) => {
      const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
      setValue.call(slider, String(share * Number(slider.max)));
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    }, i / 51);
  }
  await press(page, 'Go live');
  await press(page, 'Add panel');
  await reach(page, 0.6);
  await page
    .locator('section.panel')
    .nth(3)
    .getByRole('button', { name: /^Menu of/ })
    .click();
  await page.getByRole('menuitem', { name: 'Remove panel', exact: true }).click();
  await reach(page, 1);
  await press(page, 'Pause');
  await page.getByRole('status').getByText('Ready.').waitFor();
  // The next answer of the worker counts what it holds at rest.
  await page.evaluate(() => {
    globalThis.tensors = undefined;
  });
  await page.waitForFunction(() => globalThis.tensors !== undefined);
}

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

function reach(page, share) {
  return page.waitForFunction(
    (steps) => Number(document.querySelector('[data-testid=step]')?.textContent) >= steps,
    share * STEPS_A_CYCLE,
    { timeout: 600_000 },
  );
}

/** A sentence for everything that grows. */
function growth(rows) {
  const [, second] = rows;
  const last = rows.at(-1);
  const sentences = [];
  if (last.tensors > second.tensors) {
    sentences.push(`Tensors grew from ${second.tensors} to ${last.tensors}.`);
  }
  for (const [name, most] of Object.entries(MOST_GROWTH)) {
    if (last[name] > most * second[name])
      sentences.push(`${name} grew from ${second[name]} to ${last[name]}.`);
  }
  return sentences;
}

try {
  const problems = await soak();
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
