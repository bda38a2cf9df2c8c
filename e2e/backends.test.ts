/** Every backend that a Chromium without a GPU has trains, from the same loss, and takes over from another. */

import { expect, test } from 'playwright/test';
import { ALONE, numberIn, openLab, press } from './lab.ts';

test('WebGL in software, WebAssembly and JavaScript take the same first step', async ({ page }) => {
  const panel = await openLab(page, `${ALONE}&backend=webgl`);
  await expect(page.getByTestId('backend')).toHaveText('webgl');
  const losses: number[] = [];
  for (const backend of ['webgl', 'wasm', 'cpu']) {
    await page.getByRole('combobox', { name: 'Backend' }).selectOption(backend);
    await expect(page.getByTestId('backend')).toHaveText(backend);
    await press(page, 'Step');
    await expect(page.getByTestId('step')).toHaveText('1');
    losses.push(Number(await panel.getByTestId('loss').textContent()));
    await press(page, 'Reset');
    await expect(page.getByTestId('step')).toHaveText('0');
  }
  const [first = Number.NaN] = losses;
  for (const loss of losses) expect(loss).toBeCloseTo(first, 3);
});

test('another backend takes over without losing the run', async ({ page }) => {
  const panel = await openLab(page, `${ALONE}&backend=cpu`);
  await press(page, 'Step');
  await expect(page.getByTestId('step')).toHaveText('1');
  await page.getByRole('combobox', { name: 'Backend' }).selectOption('wasm');
  await expect(page.getByTestId('backend')).toHaveText('wasm');
  await expect(page.getByTestId('step')).toHaveText('1');
  await press(page, 'Step');
  await expect(page.getByTestId('step')).toHaveText('2');
  const onBoth = await numberIn(panel, 'loss');
  await press(page, 'Reset');
  await expect(page.getByTestId('step')).toHaveText('0');
  await press(page, 'Step');
  await press(page, 'Step');
  await expect(page.getByTestId('step')).toHaveText('2');
  expect(await numberIn(panel, 'loss')).toBeCloseTo(onBoth, 3);
});
