/** WebGL's kernels, on the real thing (in software here): right, and few requests a step. */

import { expect, type Page, test } from 'playwright/test';
import { COMPARED } from '../scripts/browser/compared.ts';
import type { Harness } from '../scripts/browser/main.ts';
import { serveHarness } from '../scripts/lib/browser.ts';
import { FURTHER_PRESETS } from '../src/losses/presets.ts';

declare const harness: Harness;

let server: Awaited<ReturnType<typeof serveHarness>>;
test.beforeAll(async () => {
  server = await serveHarness();
});
test.afterAll(() => server.close());

async function openHarness(page: Page): Promise<void> {
  await page.goto(server.url);
  await page.waitForFunction(() => 'harness' in globalThis);
  expect(await page.evaluate(() => harness.open('webgl'))).toBe('webgl');
}

test.describe('on WebGL as on the CPU, for random sizes:', () => {
  for (const what of COMPARED) {
    test(what, async ({ page }) => {
      await openHarness(page);
      await page.evaluate((name) => harness.compareBackends(name, 15), what);
    });
  }
});

test('a step takes at most 60 programs and 2 uploads, and leaks nothing', async ({ page }) => {
  await openHarness(page);
  const one = await page.evaluate(() => harness.requestsOf('compact', ['S']));
  expect(one.draws).toBeLessThanOrEqual(60);
  expect(one.uploads).toBeLessThanOrEqual(2);
  expect(one.reads).toBe(0);
  const all = await page.evaluate(() => harness.requestsOf('compact', ['S+C+M']));
  expect(all.draws).toBeLessThanOrEqual(66);
  expect(await page.evaluate(() => harness.leakedTensors(['S+C+M'], 20))).toBe(0);
});

test('three runs in lock-step take at most half as many programs more than one, and lose what each loses alone', async ({
  page,
}) => {
  await openHarness(page);
  const names = ['S', 'S+C', 'M'];
  const one = await page.evaluate(() => harness.requestsOf('compact', ['S']));
  const three = await page.evaluate((all) => harness.requestsOf('compact', all), names);
  expect(three.draws).toBeLessThanOrEqual(1.5 * one.draws);
  expect(three.reads).toBe(0);
  expect(await page.evaluate((all) => harness.leakedTensors(all, 3), names)).toBe(0);
  // Triplets are mined on numbers read in the midst of a step, which ends what is noted until then.
  const all = [...names, 'triplet-batch-hard'];
  const together = await page.evaluate((presets) => harness.losses(presets, 3), all);
  for (const [run, name] of all.entries()) {
    const alone = await page.evaluate((preset) => harness.losses([preset], 3), name);
    for (const [step, losses] of alone.entries()) {
      expect(together[step]?.[run], `${name}, step ${step}`).toBeCloseTo(losses[0] as number, 4);
    }
  }
});

test('ten steps of a joint objective lose what they lose on the CPU', async ({ page }) => {
  await openHarness(page);
  const onWebgl = await page.evaluate(() => harness.losses(['S+C+M', 'M'], 10));
  expect(await page.evaluate(() => harness.open('wasm'))).toBe('wasm');
  const onWasm = await page.evaluate(() => harness.losses(['S+C+M', 'M'], 10));
  for (const [step, losses] of onWasm.entries()) {
    for (const [run, loss] of losses.entries()) {
      expect(onWebgl[step]?.[run]).toBeCloseTo(loss, step < 2 ? 3 : 1);
    }
  }
});

test('the first steps of every loss lose on WebGL what they lose on WebAssembly', async ({ page }) => {
  await openHarness(page);
  const names = FURTHER_PRESETS.map(({ name }) => name);
  const lossesOfEach = () =>
    page.evaluate(async (all) => {
      const found: number[][] = [];
      for (const name of all) found.push((await harness.losses([name], 3)).flat());
      return found;
    }, names);
  const onWebgl = await lossesOfEach();
  expect(await page.evaluate(() => harness.open('wasm'))).toBe('wasm');
  const onWasm = await lossesOfEach();
  for (const [index, name] of names.entries()) {
    for (const [step, loss] of (onWasm[index] ?? []).entries()) {
      const other = onWebgl[index]?.[step] ?? Number.NaN;
      expect(Math.abs(other - loss), `${name}, step ${step}`).toBeLessThan(0.01 * Math.max(1, loss));
    }
  }
});
