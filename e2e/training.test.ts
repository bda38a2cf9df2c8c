/** The main job, on the built page and real MNIST: train, switch the loss live, pause, step, reset. */

import { expect, test } from 'playwright/test';
import { ALONE, choose, numberIn, openLab, panelOf, plotPixels, press, reachStep } from './lab.ts';

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

  await reachStep(page, 450);
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

test('what is shown of the past is in the controls too, and what is set there says at which step it acts', async ({
  page,
}) => {
  await openLab(page, '#run=Softmax*1*0*0*0.5*8');
  const panel = page.locator('section.panel').first();
  const checked = (name: string) => expect(panel.getByRole('radio', { name, exact: true })).toBeChecked();
  const step = async (to: number) => {
    await press(page, 'Step');
    await expect(page.getByTestId('step')).toHaveText(String(to));
  };
  for (const to of [1, 2]) await step(to);
  await choose(panel, 'Margin');
  await expect(panelOf(page, 'Softmax → Margin')).toBeVisible();
  await step(3);
  const group = panel.getByRole('radiogroup', { name: 'Loss', exact: true });
  await expect(group).not.toHaveAccessibleDescription(/./);
  await page.getByRole('slider', { name: 'Timeline' }).fill('1');
  // A live switch from softmax is no warm-up.
  await expect(panel.getByTestId('phase')).toHaveText('softmax');
  await checked('Softmax');
  await expect(page.getByRole('slider', { name: 'λ₀ softmax', exact: true })).toHaveValue('1');
  await expect(group).toHaveAccessibleDescription('As at step 1. A change acts at step 3.');
  await expect(panel.getByText('As at step 1. A change acts at step 3.')).toBeVisible();
  await expect(page.getByRole('group', { name: /objective, earlier$/ })).toHaveAccessibleDescription(
    /acts at step 3/,
  );
  await page.getByRole('slider', { name: 'λ₁ center', exact: true }).fill('0.1');
  await checked('Softmax + center');
  await expect(group).toHaveAccessibleDescription('Acts at step 3. The plot stays at step 1.');
  await expect(panelOf(page, 'Softmax → … → Softmax + center')).toBeVisible();
  await page.getByRole('slider', { name: 'Timeline' }).fill('0');
  await checked('Softmax');
  await press(page, 'Go live');
  await checked('Softmax + center');
  await step(4);
  const marks = page.getByTestId('timeline-mark');
  await expect(marks).toHaveCount(2);
  for (const [index, at] of ['2', '3'].entries())
    await expect(marks.nth(index)).toHaveAttribute('data-step', at);
});

test('takes sliders and typed numbers, and puts them into the link', async ({ page }) => {
  const panel = await openLab(page, ALONE);
  await press(page, 'Go live');
  await page.getByRole('slider', { name: 'λ₁ center' }).fill('0.25');
  for (const radio of await panel.getByRole('radio').all()) await expect(radio).not.toBeChecked();
  await page.getByRole('textbox', { name: 'α₋ outside, typed' }).fill('5');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('slider', { name: 'α₋ outside' })).toHaveValue('5');
  await expect(panel.getByTestId('phase')).toHaveText('custom');
  expect(decodeURIComponent(page.url())).toContain('run=Embedding*1*0.25*0*0.5*5');

  // With a comma as well; what is no number of its range is said, changes nothing, and can be mended or let go.
  const weight = page.getByRole('textbox', { name: 'λ₁ center, typed', exact: true });
  const refusal = page.getByRole('alert');
  await weight.fill('0,1');
  await page.keyboard.press('Enter');
  await expect(weight).toHaveValue('0.1');
  await expect(page.getByRole('slider', { name: 'λ₁ center' })).toHaveValue('0.1');
  for (const text of ['5', '0.1.2', '1.234,5']) {
    await weight.selectText();
    await page.keyboard.insertText(text);
    await expect(weight).toHaveAttribute('aria-invalid', 'true');
    await page.keyboard.press('Enter');
    await expect(refusal).toHaveText('λ₁ center is a number from 0 to 2. It stays 0.1.');
    await expect(weight).toHaveAccessibleDescription(/from 0 to 2/);
    await expect(weight).toHaveValue(text);
    await page.keyboard.press('Escape');
    await expect(weight).toHaveValue('0.1');
    await expect(refusal).toHaveCount(0);
  }
  await weight.fill('7');
  await weight.blur();
  await expect(weight).toHaveValue('0.1');
  await expect(weight).toHaveAttribute('aria-invalid', 'false');
  await expect(refusal).toBeVisible();
  expect(decodeURIComponent(page.url())).toContain('run=Embedding*1*0.1*0*0.5*5');

  // Arrows step by the record's step, on the logarithmic track as well; a wheel changes nothing.
  const rate = page.getByRole('textbox', { name: 'Learning rate, typed', exact: true });
  await rate.hover();
  await rate.focus();
  await page.mouse.wheel(0, 100);
  await expect(rate).toHaveValue('0.001');
  for (const [key, value] of [
    ['ArrowUp', '0.0011'],
    ['Alt+ArrowDown', '0.00109'],
    ['Shift+ArrowUp', '0.00209'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(rate).toHaveValue(value);
  }
  await page.getByRole('slider', { name: 'Learning rate' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(rate).toHaveValue('0.00199');
});

test('a seed starts training again only when a whole one is entered', async ({ page }) => {
  await openLab(page, ALONE);
  await press(page, 'Step');
  await expect(page.getByTestId('step')).toHaveText('1');
  const seed = page.getByRole('textbox', { name: 'Seed', exact: true });
  await seed.hover();
  await seed.focus();
  await page.mouse.wheel(0, 100);
  for (const text of ['2.5', '2,5', '1e99']) {
    await seed.fill(text);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toHaveText(
      'Seed is a whole number from 1 to 4294967295. It stays 1.',
    );
  }
  // Arrows only write; leaving with the same number changes nothing.
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowUp');
  await expect(seed).toHaveValue('2');
  await page.keyboard.press('ArrowDown');
  await seed.blur();
  await press(page, 'Step');
  await expect(page.getByTestId('step')).toHaveText('2');
  await seed.fill('7');
  await expect(page.getByTestId('step')).toHaveText('2');
  await seed.blur();
  await expect(page.getByTestId('step')).toHaveText('0');
  expect(page.url()).toContain('seed=7');
});

test('a typed number belongs to the panel it was typed for, wherever one clicks next', async ({ page }) => {
  await openLab(page, '#run=First*1*0*0*0.5*8&run=Second*1*0.1*0*0.5*8');
  await page.getByRole('textbox', { name: 'λ₁ center, typed' }).fill('0.5');
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
  await expect(page.getByRole('textbox', { name: 'Seed' })).toHaveValue('1');
});
