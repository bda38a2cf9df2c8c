/** Every backend that a Chromium without a GPU has takes over from another, and learns the same. */

import { expect, test } from 'playwright/test';
import { ALONE, numberIn, openLab, press } from './lab.ts';

test('JavaScript, WebGL in software and WebAssembly go on with one run as one of them alone', async ({
  page,
}) => {
  const panel = await openLab(page, `${ALONE}&backend=cpu`);
  const lossAfter = async (step: number) => {
    await press(page, 'Step');
    await expect(page.getByTestId('step')).toHaveText(String(step));
    return numberIn(panel, 'loss');
  };
  const onEach: number[] = [];
  for (const backend of ['cpu', 'webgl', 'wasm']) {
    await page.getByRole('combobox', { name: 'Backend' }).selectOption(backend);
    await expect(page.getByTestId('backend')).toHaveText(backend);
    await expect(page.getByTestId('step')).toHaveText(String(onEach.length));
    onEach.push(await lossAfter(onEach.length + 1));
  }
  await press(page, 'Reset');
  await expect(page.getByTestId('step')).toHaveText('0');
  for (const [index, loss] of onEach.entries()) expect(await lossAfter(index + 1)).toBeCloseTo(loss, 3);
});
