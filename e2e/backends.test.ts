/** Every backend that a Chromium without a GPU has trains, and starts from the same loss. */

import { expect, test } from 'playwright/test';
import { ALONE, openLab, press } from './lab.ts';

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
