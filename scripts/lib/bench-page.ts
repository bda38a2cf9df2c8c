/** The part of `npm run bench` that needs the built page in a Chromium: first load, frames, long tasks. */

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright';
import { median, round } from '../measuring.ts';
import { CHROMIUM_FLAGS, ensureChromium } from './chromium.ts';
import { type Memory, memoryNow } from './memory.ts';
import { servePage } from './preview.ts';
import { ROOT } from './project.mjs';

/** The compositor must not share the processor's graphics emulation with the page: docs/performance.md. */
const FLAGS = ['--disable-gpu-compositing', '--disable-gpu-rasterization', '--disable-accelerated-2d-canvas'];
const LOADS = 5;
const MEASURED_MS = 6000;
const MEMORY_AFTER_STEPS = 500;
/** Of the page's thread, by the browser's own emulation; workers are as fast as ever. */
const PHONE_SLOWDOWN = 6;
const PHONE_FROM_STEP = 60;

/** Of the page's frames while something is done. */
interface FrameTimes {
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly tasksOver50Ms: number;
  readonly longestTaskMs: number;
}

/** What the reader does meanwhile. */
const KINDS = ['idle', 'hover', 'scrub', 'zoom'] as const;
type Kind = (typeof KINDS)[number];

/** How many samples are pinned, each with its path in all panels. */
const PINS = 3;

declare global {
  /** Of the page: when its first plot had points. */
  var pointsAt: number | undefined;
  /** When it told the first step. */
  var stepAt: number | undefined;
}

export interface PageResults {
  readonly firstContentfulPaintMs: number;
  readonly pointsMs: number;
  /** From navigation to the first step of three runs, with Train pressed as soon as it is there. */
  readonly firstStepMs: number;
  readonly sizes: Readonly<Record<string, number>>;
  readonly points: number;
  readonly frames: Readonly<Record<string, FrameTimes>>;
  readonly longestTaskMs: number;
  readonly stepsBeside: number;
  readonly memory: readonly Memory[];
  /** A small page on a slow processor. */
  readonly phone: { readonly pointsMs: number; readonly training: FrameTimes };
}

/** Frame times, first paint and sizes of the built page. */
export async function benchPage(): Promise<PageResults> {
  const { url, close } = await servePage();
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: [...CHROMIUM_FLAGS, ...FLAGS],
  });
  try {
    const loads: { paint: number; points: number }[] = [];
    for (let i = 0; i < LOADS; i++) loads.push(await firstLoad(browser, url));
    return {
      firstContentfulPaintMs: median(loads.map(({ paint }) => paint)),
      pointsMs: median(loads.map(({ points }) => points)),
      firstStepMs: await firstStep(browser, url),
      sizes: sizes(),
      ...(await frames(browser, url)),
      memory: await memory(browser, url),
      phone: await phone(browser, url),
    };
  } finally {
    await browser.close();
    await close();
  }
}

/** A visit with an empty cache and MNIST out of reach: when is there something, when are there points? */
async function firstLoad(browser: Browser, url: string): Promise<{ paint: number; points: number }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.route('**/data/**', (route) => route.abort());
  await page.addInitScript(watchForPoints);
  await page.goto(url);
  const points = await page.waitForFunction(() => globalThis.pointsAt).then((handle) => handle.jsonValue());
  const paint = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  );
  await context.close();
  return { paint: Math.round(paint ?? Number.NaN), points: Math.round(points ?? Number.NaN) };
}

/** An empty cache, and Train pressed as soon as it is there: how long is it to the first step? */
async function firstStep(browser: Browser, url: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < LOADS; i++) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.addInitScript(trainAtOnce);
    await page.goto(url, { waitUntil: 'commit' });
    const step = await page.waitForFunction(() => globalThis.stepAt).then((handle) => handle.jsonValue());
    times.push(step ?? Number.NaN);
    await page.close();
  }
  return Math.round(median(times));
}

/** Runs in the page: presses Train, and notes when a step is told. */
function trainAtOnce(): void {
  const press = () => {
    const buttons = [...document.querySelectorAll('button')];
    const train = buttons.find(({ textContent, disabled }) => textContent === 'Train' && !disabled);
    train?.click();
    setTimeout(train === undefined ? press : look, 5);
  };
  const look = () => {
    const step = Number(document.querySelector('[data-testid=step]')?.textContent);
    if (step > 0) globalThis.stepAt = performance.now();
    else setTimeout(look, 5);
  };
  press();
}

/** Runs in the page: notes when the first plot has something else than ground. */
function watchForPoints(): void {
  const look = () => {
    const canvas = document.querySelector<HTMLCanvasElement>('.scatter-points');
    const context = canvas?.getContext('2d', { willReadFrequently: true });
    const data = context?.getImageData(0, 0, context.canvas.width, context.canvas.height).data ?? [];
    for (let i = 4; i < data.length; i += 4) {
      if (data[i] === data[0] && data[i + 1] === data[1]) continue;
      globalThis.pointsAt = performance.now();
      return;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/**
 * Three panels with 10,000 points and decision regions each, beside a training worker; then the same with pinned samples,
 * their paths and the forces on them, and last with images in place of dots.
 */
async function frames(browser: Browser, url: string) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 });
  await page.goto(url);
  await page.getByRole('status').getByText('Ready.').waitFor();
  await page.getByRole('combobox', { name: 'Samples' }).selectOption('all');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  // Two snapshots of all points, so that there is something to scrub through.
  await page.waitForFunction(
    () => Number(document.querySelector<HTMLInputElement>('[aria-label=Timeline]')?.max) > 60,
    undefined,
    { timeout: 120_000 },
  );
  const result: Record<string, FrameTimes> = {};
  const measureAll = async (suffix: string) => {
    for (const kind of KINDS)
      result[`${kind}${suffix}`] = summary(await page.evaluate(measure, { kind, milliseconds: MEASURED_MS }));
  };
  await measureAll('');
  await pinSamples(page);
  await page.getByRole('checkbox', { name: 'Forces', exact: true }).check();
  await measureAll(', with paths and forces');
  await page.getByRole('checkbox', { name: 'Images', exact: true }).check();
  await measureAll(', with images, too');
  const step = Number(await page.getByTestId('step').textContent());
  await page.close();
  result['tour of 32 dimensions'] = await tour(browser, url);
  const longest = Math.max(...Object.values(result).map(({ longestTaskMs }) => longestTaskMs));
  return { points: 30_000, frames: result, longestTaskMs: longest, stepsBeside: step };
}

/** Three panels of 10,000 points in 32 dimensions, turned by the grand tour, at rest. */
async function tour(browser: Browser, url: string): Promise<FrameTimes> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 });
  await page.goto(`${url}#dim=32&warmup=20`);
  await page.getByRole('status').getByText('Ready.').waitFor();
  await page.getByRole('combobox', { name: 'Samples' }).selectOption('all');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.waitForFunction(
    () => Number(document.querySelector('[data-testid=step]')?.textContent) > 60,
    undefined,
    { timeout: 120_000 },
  );
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Grand tour' }).check();
  const times = summary(await page.evaluate(measure, { kind: 'idle' as const, milliseconds: MEASURED_MS }));
  await page.close();
  return times;
}

/** By keys, in the second plot. */
async function pinSamples(page: Page): Promise<void> {
  await page.locator('.plot-surface').nth(1).focus();
  for (let pin = 0; pin < PINS; pin++) {
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp']) await page.keyboard.press(key);
    await page.keyboard.press('Shift+Enter');
  }
  await page.waitForFunction(
    (pins) => document.querySelector<HTMLElement>('.panel')?.dataset.pinned?.split(',').length === pins,
    PINS,
  );
}

interface Measured {
  /** When each frame came. */
  readonly times: readonly number[];
  /** Durations of long tasks. */
  readonly tasks: readonly number[];
}

/**
 * Runs in the page: moves the pointer, the timeline or the zoom with every frame, in a task of its own as a real
 * event has, and notes when frames come.
 */
async function measure({ kind, milliseconds }: { kind: Kind; milliseconds: number }): Promise<Measured> {
  const times: number[] = [];
  const tasks: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration);
  });
  observer.observe({ type: 'longtask' });
  const slider = document.querySelector<HTMLInputElement>('[aria-label=Timeline]');
  const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
  const overlay = document.querySelectorAll('.scatter-overlay')[1];
  if (slider === null || overlay === undefined)
    throw new Error('The page has no timeline or no second plot.');
  const box = overlay.getBoundingClientRect();
  const started = performance.now();
  await new Promise<void>((resolve) => {
    const advance = (now: number) => {
      times.push(now);
      const elapsed = performance.now() - started;
      if (elapsed > milliseconds) return resolve();
      setTimeout(act, 0, elapsed);
      requestAnimationFrame(advance);
    };
    const act = (elapsed: number) => {
      const wave = 0.5 + 0.45 * Math.sin(elapsed / 300);
      if (kind === 'scrub') {
        value?.set?.call(slider, String(wave * Number(slider.max)));
        slider.dispatchEvent(new Event('input', { bubbles: true }));
      } else if (kind === 'hover') {
        const clientX = box.left + wave * box.width;
        const clientY = box.top + (0.5 + 0.3 * Math.cos(elapsed / 170)) * box.height;
        overlay.dispatchEvent(new PointerEvent('pointermove', { clientX, clientY, bubbles: true }));
      } else if (kind === 'zoom') {
        const clientX = box.left + box.width / 2;
        const clientY = box.top + box.height / 2;
        const deltaY = 12 * Math.cos(elapsed / 300);
        overlay.dispatchEvent(
          new WheelEvent('wheel', {
            clientX,
            clientY,
            deltaY,
            ctrlKey: true,
            bubbles: true,
            cancelable: true,
          }),
        );
      }
    };
    requestAnimationFrame(advance);
  });
  observer.disconnect();
  return { times, tasks };
}

function summary({ times, tasks }: Measured): FrameTimes {
  const gaps = times.slice(1).map((time, i) => time - (times[i] ?? Number.NaN));
  const sorted = [...gaps].sort((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN);
  return {
    medianMs: at(0.5),
    p95Ms: at(0.95),
    tasksOver50Ms: tasks.length,
    // Tasks under 50 ms are not reported by the browser.
    longestTaskMs: Math.round(Math.max(0, ...tasks)),
  };
}

/** As a phone of some years ago: when there are points, and frames while three runs train. */
async function phone(browser: Browser, url: string): Promise<PageResults['phone']> {
  const loads: number[] = [];
  for (let i = 0; i < LOADS; i++) {
    const page = await openPhone(browser);
    await page.addInitScript(watchForPoints);
    await page.goto(url);
    const points = await page.waitForFunction(() => globalThis.pointsAt).then((handle) => handle.jsonValue());
    loads.push(points ?? Number.NaN);
    await page.close();
  }
  const page = await openPhone(browser);
  await page.goto(url);
  await page.getByRole('status').getByText('Ready.').waitFor();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.waitForFunction(
    (steps) => Number(document.querySelector('[data-testid=step]')?.textContent) >= steps,
    PHONE_FROM_STEP,
    { timeout: 240_000 },
  );
  const training = summary(
    await page.evaluate(measure, { kind: 'idle' as const, milliseconds: MEASURED_MS }),
  );
  await page.close();
  return { pointsMs: Math.round(median(loads)), training };
}

async function openPhone(browser: Browser): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    hasTouch: true,
  });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: PHONE_SLOWDOWN });
  return page;
}

/** Megabytes before training and after 500 steps of three runs: the page's own heap, and all of its process. */
async function memory(browser: Browser, url: string): Promise<Memory[]> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  await page.getByRole('status').getByText('Ready.').waitFor();
  const rows = [await memoryNow(browser, page)];
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.waitForFunction(
    (steps) => Number(document.querySelector('[data-testid=step]')?.textContent) >= steps,
    MEMORY_AFTER_STEPS,
    { timeout: 120_000 },
  );
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  rows.push(await memoryNow(browser, page));
  await page.close();
  return rows;
}

/** Bytes of the first load, compressed as a host would. */
function sizes(): Record<string, number> {
  const dist = path.join(ROOT, 'dist');
  const html = readFileSync(path.join(dist, 'index.html'), 'utf8');
  const compressed = (file: string) => gzipSync(readFileSync(path.join(dist, file)), { level: 9 }).length;
  const named = (pattern: RegExp) => Array.from(html.matchAll(pattern), ([, file = '']) => file);
  const scripts = named(/<(?:script|link rel="modulepreload")[^>]*(?:src|href)="\.\/([^"]+\.js)"/g);
  const styles = named(/href="\.\/([^"]+\.css)"/g);
  const worker = readdirSync(path.join(dist, 'assets')).find((name) => name.startsWith('worker-'));
  const sum = (files: readonly string[]) => files.reduce((total, file) => total + compressed(file), 0);
  return {
    scriptBytes: sum(scripts),
    styleBytes: sum(styles),
    workerBytes: worker === undefined ? 0 : compressed(`assets/${worker}`),
    recordingBytes: readFileSync(path.join(dist, 'recording.mll')).length,
  };
}
