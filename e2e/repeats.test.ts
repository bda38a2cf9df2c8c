/** "Repeat with N seeds": real runs with further seeds in the background, bands and ± of them, and a way to stop. */

import { expect, test } from 'playwright/test';
import { isReady, numberIn, openLab, panelOf, press, reachStep } from './lab.ts';

test('two runs with three seeds: bands in the curves, mean and spread in a table; another loss makes it old', async ({
  page,
}) => {
  await openLab(page, '#warmup=5&run=Softmax*1*0*0*0.5*8&run=Center*1*0.1*0*0.5*8');
  await press(page, 'Train');
  await reachStep(page, 20);
  await press(page, 'Pause');
  await isReady(page);
  const goal = await numberIn(page, 'step');
  const repeats = page.getByRole('region', { name: 'Several seeds', exact: true });
  await repeats.scrollIntoViewIfNeeded();
  await repeats.getByRole('button', { name: 'Repeat with 3 seeds' }).click();
  await expect(repeats.getByTestId('repeats-said')).toHaveText(
    new RegExp(`^Seeds 1, 2, 3, each at step ${goal}: mean ± standard deviation`),
  );
  const cells = repeats.getByRole('row', { name: /^Softmax/ }).getByRole('cell');
  const texts = await cells.allTextContents();
  expect(texts.filter((text) => /^[\d.]+ ± [\d.]+/.test(text)).length).toBeGreaterThan(4);
  // One of the three is the very run that is shown: it lies within what three values can spread about their mean.
  const heads = await repeats.getByRole('columnheader').allTextContents();
  const [mean = 0, deviation = 0] = (texts[heads.findIndex((head) => head.startsWith('Accuracy')) - 1] ?? '')
    .split('±')
    .map(Number.parseFloat);
  const own = await numberIn(panelOf(page, 'Softmax'), 'test-accuracy');
  expect(Math.abs(own - mean)).toBeLessThan(1.16 * deviation + 0.001);
  expect(deviation).toBeGreaterThan(0);
  await expect(page.locator('.chart').first().locator('path.band')).toHaveCount(2);
  // What was repeated is no longer what is set.
  await panelOf(page, 'Softmax').getByRole('radio', { name: 'Margin', exact: true }).check({ force: true });
  await expect(page.locator('path.band')).toHaveCount(0);
  await expect(repeats.getByRole('table')).toHaveCount(0);
});

test('repeats are cancelled, and their workers end', async ({ page }) => {
  await openLab(page, '#run=Softmax*1*0*0*0.5*8');
  await press(page, 'Train');
  await reachStep(page, 60);
  await press(page, 'Pause');
  const labs = () => page.workers().filter((worker) => /\/worker-[^/]*\.js$/.test(worker.url())).length;
  expect(labs()).toBe(1);
  const repeats = page.getByRole('region', { name: 'Several seeds', exact: true });
  await repeats.getByRole('combobox', { name: 'Seeds' }).selectOption('10');
  await repeats.getByRole('button', { name: 'Repeat with 10 seeds' }).click();
  await expect(repeats.getByRole('progressbar')).toBeVisible();
  await expect.poll(labs).toBeGreaterThan(1);
  await press(page, 'Cancel the repeats');
  await expect(repeats.getByRole('progressbar')).toHaveCount(0);
  await expect.poll(labs).toBe(1);
});
