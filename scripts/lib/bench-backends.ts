/** The part of `npm run bench` that trains on every backend of a Chromium, and counts what a step asks of its GPU. */

import { type Browser, chromium, type Page } from 'playwright';
import type { BackendName, NetworkName } from '../../src/training/experiment.ts';
import type { Harness, Requests } from '../browser/main.ts';
import { median, round } from '../measuring.ts';
import { serveHarness } from './browser.ts';
import { CHROMIUM_FLAGS, ensureChromium } from './chromium.ts';

declare global {
  /** Of the harness page. */
  var harness: Harness;
}

/** Without a GPU, both kinds of graphics run in software here. */
const FLAGS = ['--enable-unsafe-webgpu', '--enable-features=Vulkan'];
const BACKENDS: readonly BackendName[] = ['wasm', 'webgl', 'webgpu', 'cpu'];
interface Case {
  readonly network: NetworkName;
  readonly presets: readonly string[];
  readonly repetitions: number;
  readonly skip?: readonly BackendName[];
}

/** LeNets++ takes minutes a step where the processor plays the GPU, and more in plain JavaScript. */
const CASES: readonly Case[] = [
  { network: 'compact', presets: ['S'], repetitions: 3 },
  { network: 'compact', presets: ['S', 'S+C', 'M'], repetitions: 3 },
  { network: 'lenets++', presets: ['S'], repetitions: 2, skip: ['webgl', 'webgpu', 'cpu'] },
  { network: 'lenets++', presets: ['S', 'S+C', 'M'], repetitions: 2, skip: ['webgl', 'webgpu', 'cpu'] },
];
/** Steps a repetition; WebAssembly's are over too soon to time a few. */
const STEPS: Readonly<Record<BackendName, Partial<Record<NetworkName, number>>>> = {
  wasm: { compact: 30, 'lenets++': 1 },
  webgl: { compact: 2 },
  webgpu: { compact: 1 },
  cpu: { compact: 1 },
};
const BATCH = 128;

interface TrainRow {
  readonly network: NetworkName;
  readonly backend: BackendName;
  readonly in: string;
  readonly runs: number;
  /** Workers that compute. */
  readonly lanes: 1;
  readonly batch: number;
  readonly steps: number;
  readonly imagesPerSecond: number;
  readonly lowest: number;
  readonly highest: number;
  readonly firstStepMs: number;
}

interface BackendsResults {
  readonly train: TrainRow[];
  readonly matrixProducts: { backend: BackendName; gigaOperationsASecond: number }[];
  readonly requests: RequestsRow[];
}

interface RequestsRow extends Requests {
  readonly network: NetworkName;
  readonly backend: BackendName;
  readonly runs: string;
}

/** The harness, open on a backend. */
interface OpenPage {
  readonly backend: BackendName;
  readonly page: Page;
}

/** A row for each backend that works; one that doesn't is named on stderr. */
export async function benchBackends(): Promise<BackendsResults> {
  const server = await serveHarness();
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: [...CHROMIUM_FLAGS, ...FLAGS],
  });
  try {
    const pages: OpenPage[] = [];
    for (const backend of BACKENDS) {
      const page = await openHarness(browser, server.url, backend);
      if (page !== undefined) pages.push({ backend, page });
    }
    const train: TrainRow[] = [];
    for (const entry of CASES) train.push(...(await compete(entry, pages)));
    const matrixProducts: BackendsResults['matrixProducts'] = [];
    for (const { backend, page } of pages) {
      const speed = await page.evaluate(() => globalThis.harness.matrixProduct());
      matrixProducts.push({ backend, gigaOperationsASecond: round(speed) });
    }
    const webgl = pages.find(({ backend }) => backend === 'webgl');
    return { train, matrixProducts, requests: webgl === undefined ? [] : await requests(webgl.page) };
  } finally {
    await browser.close();
    await server.close();
  }
}

async function openHarness(browser: Browser, url: string, backend: BackendName): Promise<Page | undefined> {
  const page = await browser.newPage();
  await page.goto(url);
  await page.waitForFunction(() => 'harness' in globalThis);
  const opened = await page.evaluate((wanted) => globalThis.harness.open(wanted), backend);
  if (opened === backend) return page;
  console.error(`The backend ${backend} is left out: it does not work in this Chromium.`);
  await page.close();
  return undefined;
}

/** All backends in turn, repetition by repetition. */
async function compete(
  { network, presets, repetitions, skip = [] }: Case,
  pages: readonly OpenPage[],
): Promise<TrainRow[]> {
  const rivals: (OpenPage & { firstStepMs: number; steps: number; rates: number[] })[] = [];
  for (const { backend, page } of pages.filter((each) => !skip.includes(each.backend))) {
    const firstStepMs = await page.evaluate(([name, runs]) => globalThis.harness.begin(name, runs), [
      network,
      presets,
    ] as const);
    rivals.push({ backend, page, firstStepMs, steps: STEPS[backend][network] ?? 1, rates: [] });
  }
  for (let repetition = 0; repetition <= repetitions; repetition++) {
    for (const { page, steps, rates } of rivals) {
      const rate = await page.evaluate((count) => globalThis.harness.imagesPerSecond(count), steps);
      // The first repetition warms up.
      if (repetition > 0) rates.push(rate);
      process.stderr.write('.');
    }
  }
  return rivals.map(({ backend, firstStepMs, steps, rates }) => ({
    network,
    backend,
    in: 'Chromium',
    runs: presets.length,
    lanes: 1,
    batch: BATCH,
    steps: steps * repetitions,
    imagesPerSecond: round(median(rates)),
    lowest: round(Math.min(...rates)),
    highest: round(Math.max(...rates)),
    firstStepMs: round(firstStepMs),
  }));
}

async function requests(page: Page): Promise<RequestsRow[]> {
  const rows: RequestsRow[] = [];
  const combinations: string[][] = [['S'], ['S+C+M'], ['S', 'S+C', 'M']];
  for (const presets of combinations) {
    const asked = await page.evaluate((runs) => globalThis.harness.requestsOf('compact', runs), presets);
    rows.push({ network: 'compact', backend: 'webgl', runs: presets.join(' '), ...asked });
  }
  return rows;
}
