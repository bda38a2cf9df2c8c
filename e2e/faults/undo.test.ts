/** Training that the reader ends by mistake: Undo brings it back, to the same bits. */

import { expect, test } from 'playwright/test';
import { ALONE, choose, isReady, numberIn, openLab, panelOf, press, reachStep } from '../lab.ts';
import { keptIn } from './saved-sessions.ts';
import { keepWorkers, notice, pause, stateOf } from './worker.ts';

test('a reset, another seed and a link are undone: weights, past and settings are back', async ({ page }) => {
  await keepWorkers(page);
  await openLab(page, ALONE);
  const timeline = page.getByRole('slider', { name: 'Timeline' });
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  await press(page, 'Reset');
  await expect(undo, 'there is nothing to bring back').toHaveCount(0);
  await press(page, 'Train');
  await reachStep(page, 40);
  await choose(panelOf(page, 'Embedding'), 'Margin');
  await reachStep(page, 60);
  await pause(page);
  const step = await numberIn(page, 'step');
  const before = await stateOf(page);
  const loss = await page.getByTestId('loss').textContent();

  const ways = [
    { end: () => press(page, 'Reset'), sentence: 'Reset ended the training' },
    {
      end: async () => {
        const seed = page
          .getByRole('complementary', { name: 'Controls' })
          .getByLabel('Seed', { exact: true });
        await seed.fill('9');
        await seed.press('Enter');
      },
      sentence: 'The other seed ended the training',
    },
    {
      end: () => page.evaluate(() => location.assign('#run=Other*1*0*0*0.5*8')),
      sentence: 'The link ended the training',
    },
  ];
  for (const { end, sentence } of ways) {
    await end();
    await expect(notice(page)).toContainText(`${sentence} at step ${step}.`);
    await expect(page.getByTestId('step')).toHaveText('0');
    await isReady(page);
    await undo.click();
    await expect(page.getByTestId('step')).toHaveText(String(step));
    await expect(undo).toHaveCount(0);
    await isReady(page);
    expect(await stateOf(page)).toEqual(before);
    await expect(timeline).toHaveAttribute('max', String(step));
    await expect(page.getByTestId('timeline-mark')).toHaveCount(1);
    await expect(page.getByTestId('loss')).toHaveText(loss ?? '');
    await expect(page.getByRole('radio', { name: 'Margin', exact: true })).toBeChecked();
  }

  // What was training trains on; by key as well.
  await press(page, 'Train');
  await reachStep(page, step + 5);
  await press(page, 'Reset');
  await expect(undo).toBeVisible();
  await page.keyboard.press('u');
  await reachStep(page, step + 10);
  await pause(page);

  // What a reset ends stays among the kept sessions, beside what comes after it.
  const end = await numberIn(page, 'step');
  await press(page, 'Reset');
  await press(page, 'Step');
  await expect(page.getByTestId('step')).toHaveText('1');
  await expect.poll(async () => (await keptIn(page)).map((kept) => kept.step).sort()).toEqual([1, end]);

  // Nor does Undo end for good what was trained since.
  await page.keyboard.press('u');
  await expect(page.getByTestId('step')).toHaveText(String(end));
  await isReady(page);
  await expect(notice(page)).toContainText('Undo ended the training at step 1.');
  await undo.click();
  await expect(page.getByTestId('step')).toHaveText('1');
  await expect(notice(page)).toContainText(`Undo ended the training at step ${end}.`);
});
