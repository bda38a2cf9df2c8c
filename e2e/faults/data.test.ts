/** Data that is damaged on its way: a sentence, a button, and nothing lost. */

import { expect, test } from 'playwright/test';
import { ALONE, press, reachStep } from '../lab.ts';

test('an altered shard is said, and fetched again on request', async ({ page }) => {
  let isAltered = true;
  await page.route('**/data/train-images-01.bin', async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    // The first deflated byte that the digest can tell.
    if (isAltered) body[body.length >> 1] = (body[body.length >> 1] ?? 0) ^ 0xff;
    await route.fulfill({ response, body });
  });
  await page.goto(`./${ALONE}`);
  await expect(page.getByRole('status')).toContainText('train-images-01.bin');
  // The first shard has arrived: training works meanwhile.
  await press(page, 'Train');
  await reachStep(page, 5);
  // Training asked for it once more, in vain.
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  isAltered = false;
  await press(page, 'Try again');
  await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  // Beyond the 39 batches of the first shard.
  await reachStep(page, 45);
});
