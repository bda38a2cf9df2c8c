/** The part of `npm run bench` that trains on every backend of a Chromium, and counts what a step asks of its GPU. */

import { serveHarness } from './browser.mjs';
import { CHROMIUM_FLAGS, ensureChromium } from './chromium.mjs';

/** Without a GPU, both kinds of graphics run in software here. */
const FLAGS = ['--enable-unsafe-webgpu', '--enable-features=Vulkan'];
const BACKENDS = ['wasm', 'webgl', 'webgpu', 'cpu'];
/** LeNets++ takes minutes a step where the processor plays the GPU, and more in plain JavaScript. */
const CASES = [
  { network: 'compact', presets: ['S'], repetitions: 3 },
  { network: 'compact', presets: ['S', 'S+C', 'M'], repetitions: 3 },
  { network: 'lenets++', presets: ['S'], repetitions: 2, skip: ['webgl', 'webgpu', 'cpu'] },
  { network: 'lenets++', presets: ['S', 'S+C', 'M'], repetitions: 2, skip: ['webgl', 'webgpu', 'cpu'] },
];
/** Steps a repetition; WebAssembly's are over too soon to time a few. */
const STEPS = {
  wasm: { compact: 30, 'lenets++': 1 },
  webgl: { compact: 2 },
  webgpu: { compact: 1 },
  cpu: { compact: 1 },
};
const BATCH = 128;

/** A row for each backend that works; one that doesn't is named on stderr. */
export async function benchBackends() {
  const { chromium } = await import('playwright');
  const server = await serveHarness();
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: [...CHROMIUM_FLAGS, ...FLAGS],
  });
  try {
    const pages = [];
    for (const backend of BACKENDS) {
      const page = await openHarness(browser, server.url, backend);
      if (page !== undefined) pages.push({ backend, page });
    }
    const train = [];
    for (const entry of CASES) train.push(...(await compete(entry, pages)));
    const matrixProducts = [];
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

async function openHarness(browser, url, backend) {
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
async function compete({ network, presets, repetitions, skip = [] }, pages) {
  const rivals = [];
  for (const { backend, page } of pages.filter((each) => !skip.includes(each.backend))) {
    const firstStepMs = await page.evaluate(
      ([name, runs]) => globalThis.harness.begin(name, runs),
      [network, presets],
    );
    rivals.push({ backend, page, firstStepMs, steps: STEPS[backend][network], rates: [] });
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
    batch: BATCH,
    steps: steps * repetitions,
    imagesPerSecond: round([...rates].sort((a, b) => a - b)[rates.length >> 1]),
    lowest: round(Math.min(...rates)),
    highest: round(Math.max(...rates)),
    firstStepMs: round(firstStepMs),
  }));
}

async function requests(page) {
  const rows = [];
  for (const presets of [['S'], ['S+C+M'], ['S', 'S+C', 'M']]) {
    const asked = await page.evaluate((runs) => globalThis.harness.requestsOf('compact', runs), presets);
    rows.push({ network: 'compact', backend: 'webgl', runs: presets.join(' '), ...asked });
  }
  return rows;
}

function round(value) {
  return Math.round(value * 10) / 10;
}
