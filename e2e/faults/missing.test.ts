/** Browsers that lack something: each switched off in earnest, each ends in a working page. */

import { expect, type Page, test } from 'playwright/test';
import { ALONE, isReady, press, reachStep } from '../lab.ts';
import { Host } from './host.ts';

let host: Host;
test.beforeEach(async () => {
  host = new Host();
  await host.open();
});
test.afterEach(() => host.close());

/** Code that runs in the training worker before anything else does, as if the browser were that way. */
function inWorker(code: string): void {
  host.spoil = (file) =>
    /^\/assets\/worker-/.test(file) ? (response, bytes) => response.end(`${code};${bytes}`) : undefined;
}

async function trains(page: Page): Promise<void> {
  await press(page, 'Train');
  await reachStep(page, 2);
}

async function saysWhy(page: Page, backend: string, reason: string): Promise<void> {
  await expect(page.getByTestId('backend')).toHaveText(backend);
  await page.getByTestId('backend').hover();
  await expect(page.getByText(reason)).toBeVisible();
}

const MISSING = [
  {
    what: 'WebGL',
    code: 'OffscreenCanvas.prototype.getContext = () => null',
    wanted: 'webgl',
    backend: 'wasm',
    reason: 'this browser gives no WebGL 2 context',
  },
  {
    what: 'OffscreenCanvas',
    code: 'delete self.OffscreenCanvas',
    wanted: 'webgl',
    backend: 'wasm',
    reason: 'this browser has no OffscreenCanvas for workers',
  },
  {
    what: 'WebAssembly',
    code: 'delete self.WebAssembly',
    wanted: 'auto',
    backend: 'cpu',
    reason: 'this browser has no WebAssembly',
  },
  {
    what: 'SIMD',
    // Small modules are TensorFlow.js's probes and the lab's kernels: all use SIMD.
    code: `for (const name of ['validate', 'compile', 'instantiate']) {
      const original = WebAssembly[name];
      WebAssembly[name] = (source, ...rest) => {
        if (!(source.byteLength < 10000)) return original.call(WebAssembly, source, ...rest);
        if (name === 'validate') return false;
        throw new WebAssembly.CompileError('SIMD is not known');
      };
    }`,
    wanted: 'wasm',
    backend: 'cpu',
    reason: 'this browser has no SIMD for it',
  },
];

for (const { what, code, wanted, backend, reason } of MISSING) {
  test(`without ${what} the lab trains on ${backend} and says why`, async ({ page }) => {
    inWorker(code);
    await page.goto(`${host.url}${ALONE}&backend=${wanted}`);
    await saysWhy(page, backend, reason);
    await trains(page);
  });
}

test('where TensorFlow.js believes to be in Safari, WebGL works in the worker all the same', async ({
  page,
}) => {
  // What it looks at to refuse its own OffscreenCanvas.
  inWorker(`{
    const agent = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.4 Safari/605.1.15';
    for (const [name, value] of [['userAgent', agent], ['vendor', 'Apple Computer, Inc.']])
      Object.defineProperty(WorkerNavigator.prototype, name, { get: () => value });
  }`);
  await page.goto(`${host.url}${ALONE}&backend=webgl`);
  await expect(page.getByTestId('backend')).toHaveText('webgl');
  await isReady(page);
  await trains(page);
});
