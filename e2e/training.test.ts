/** The main job, on the built page and real MNIST: train, switch the loss live, pause, step, reset. */

import { expect, test } from 'playwright/test';
import { ALONE, choose, numberIn, openLab, plotPixels, press, reachStep } from './lab.ts';

test('trains real digits, and switches the loss while it runs', async ({ page }) => {
  const panel = await openLab(page, ALONE);
  await press(page, 'Go live');
  await expect.poll(() => numberIn(panel, 'test-accuracy')).toBeLessThan(0.3);
  const untrained = await plotPixels(panel);
  expect(await numberIn(page, 'step')).toBe(0);

  await press(page, 'Step');
  await expect(page.getByTestId('step')).toHaveText('1');
  const firstLoss = await panel.getByTestId('loss').textContent();

  await press(page, 'Train');
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeDisabled();
  await reachStep(page, 60);
  const atSwitch = await numberIn(page, 'step');
  await choose(panel, 'Margin');
  await expect(panel.getByTestId('phase')).toHaveText('margin');
  await reachStep(page, atSwitch + 10);
  await choose(panel, 'Softmax');
  await expect(panel.getByTestId('phase')).toHaveText('softmax');
  // A mark on the timeline for each of the two switches.
  await expect(page.getByTestId('timeline-mark')).toHaveCount(2);
  for (const step of await page
    .getByTestId('timeline-mark')
    .evaluateAll((marks) => marks.map((mark) => mark.getAttribute('data-step')))) {
    expect(Number(step)).toBeGreaterThanOrEqual(atSwitch);
  }

  await reachStep(page, 300);
  await press(page, 'Pause');
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeDisabled();
  await expect.poll(() => numberIn(panel, 'test-accuracy')).toBeGreaterThan(0.6);
  expect(await plotPixels(panel)).not.toBe(untrained);

  const held = await numberIn(page, 'step');
  await press(page, 'Step');
  await expect(page.getByTestId('step')).toHaveText(String(held + 1));

  await press(page, 'Reset');
  await expect(page.getByTestId('step')).toHaveText('0');
  await expect.poll(() => numberIn(panel, 'test-accuracy')).toBeLessThan(0.3);
  await press(page, 'Step');
  await expect(page.getByTestId('step')).toHaveText('1');
  await expect(panel.getByTestId('loss')).toHaveText(firstLoss ?? '');
});

test('says its warm-up, and ends it at its step', async ({ page }) => {
  const panel = await openLab(page, '#warmup=20&run=Embedding*0*0*1*0.5*8');
  await expect(panel.getByRole('radio', { name: 'Margin', exact: true })).toBeChecked();
  await press(page, 'Go live');
  await expect(panel.getByTestId('phase')).toHaveText('warm-up');
  await press(page, 'Train');
  await expect(panel.getByTestId('phase')).toHaveText('margin');
  await press(page, 'Pause');
  await expect(page.getByTestId('timeline-mark').first()).toHaveAttribute('data-step', '20');
});

test('takes sliders and typed numbers, and puts them into the link', async ({ page }) => {
  const panel = await openLab(page, ALONE);
  await press(page, 'Go live');
  await page.getByRole('slider', { name: 'λ₁ center' }).fill('0.25');
  for (const radio of await panel.getByRole('radio').all()) await expect(radio).not.toBeChecked();
  await page.getByRole('spinbutton', { name: 'α₋ outside, typed' }).fill('5');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('slider', { name: 'α₋ outside' })).toHaveValue('5');
  await expect(panel.getByTestId('phase')).toHaveText('custom');
  expect(decodeURIComponent(page.url())).toContain('run=Embedding*1*0.25*0*0.5*5');
});

test('a typed number belongs to the panel it was typed for, wherever one clicks next', async ({ page }) => {
  await openLab(page, '#run=First*1*0*0*0.5*8&run=Second*1*0.1*0*0.5*8');
  await page.getByRole('spinbutton', { name: 'λ₁ center, typed' }).fill('0.5');
  await page.getByRole('region', { name: 'Second', exact: true }).getByRole('img').click();
  await expect.poll(() => decodeURIComponent(page.url())).toContain('run=First*1*0.5*0*0.5*8');
  expect(decodeURIComponent(page.url())).toContain('run=Second*1*0.1*0*0.5*8');
});

test('lights a sample under the pointer and by keyboard, with its image', async ({ page }) => {
  const panel = await openLab(page);
  await panel.getByRole('img').focus();
  await page.keyboard.press('ArrowRight');
  await expect(panel).toHaveAttribute('data-highlight', /^\d+$/);
  await expect(panel.getByText('Predicted')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toHaveAttribute('data-highlight', '');
});

test('reports a link that it can’t read, and works all the same', async ({ page }) => {
  await openLab(page, '#seed=-4&colour=red');
  await expect(page.getByRole('alert')).toContainText('“-4” is no value for seed');
  await expect(page.getByRole('alert')).toContainText('“colour” is unknown');
  await expect(page.getByRole('spinbutton', { name: 'Seed' })).toHaveValue('1');
});
