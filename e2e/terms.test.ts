/** A loss that is none of the letter's: chosen live, set, put into a link and a session. */

import { expect, test } from 'playwright/test';
import { ALONE, chooseMore, numberIn, openLab, panelOf, press, reachStep } from './lab.ts';

test('ArcFace is chosen live, its sliders are named, link and session go on with it', async ({
  page,
  context,
}) => {
  const panel = await openLab(page, ALONE);
  const head = page.getByRole('combobox', { name: 'Head', exact: true });
  const slider = (name: string) => page.getByRole('slider', { name, exact: true });
  await expect(head).toHaveValue('softmax');
  await press(page, 'Train');
  await reachStep(page, 40);
  await chooseMore(panel, 'ArcFace');
  // No second warm-up: it acts at the next step.
  await expect(panel.getByTestId('phase')).toHaveText('arcface');
  for (const radio of await panel.getByRole('radio').all()) await expect(radio).not.toBeChecked();
  await expect(head).toHaveValue('arcface');
  for (const name of [
    'λ₀ arcface',
    's scale',
    'm margin',
    'λ₁ center',
    'λ₂ margin',
    'α₊ inside',
    'α₋ outside',
  ]) {
    await expect(slider(name)).toBeVisible();
  }
  await expect(page.getByRole('textbox', { name: 's scale, typed' })).toHaveValue('64');
  await slider('m margin').fill('0.3');
  await expect(page.getByText('m = 17° leaves ±9.4°')).toBeVisible();
  const switched = await numberIn(page, 'step');
  await reachStep(page, switched + 10);
  await press(page, 'Pause');
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeEnabled();
  await expect(page.getByRole('img', { name: 'ArcFace term over steps, a line a run' })).toBeVisible();
  expect(await numberIn(panel, 'loss')).toBeGreaterThan(0);
  await expect(page.getByTestId('timeline-mark')).toHaveCount(2);

  const link = page.url();
  expect(decodeURIComponent(link)).toMatch(
    /run=Embedding\*1\*0\*0\*0\.5\*8\*at:\d+\*1\*0\*0\*0\.5\*8\*head:arcface\*at:\d+\*1\*0\*0\*0\.5\*8\*head:arcface;m:0\.3$/,
  );
  const step = await numberIn(page, 'step');
  const before = await panel.getByTestId('loss').textContent();
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Save session')]);
  const session = await download.path();
  await press(page, 'Step');
  await expect(page.getByTestId('step')).toHaveText(String(step + 1));
  const after = await panel.getByTestId('loss').textContent();
  await page.close();

  const other = await context.newPage();
  const again = await openLab(other, new URL(link).hash);
  await expect(other.getByRole('alert')).toHaveCount(0);
  await expect(other.getByRole('combobox', { name: 'Head', exact: true })).toHaveValue('arcface');
  await expect(other.getByRole('slider', { name: 'm margin', exact: true })).toHaveValue('0.3');
  // It begins with softmax, as here, and that is no warm-up.
  await press(other, 'Go live');
  await expect(again.getByTestId('phase')).toHaveText('softmax');

  await other.locator('input[type=file]').setInputFiles(session);
  await expect(other.getByTestId('step')).toHaveText(String(step));
  await expect(again.getByTestId('phase')).toHaveText('arcface');
  await expect(again.getByTestId('loss')).toHaveText(before ?? '');
  await expect(other.getByRole('button', { name: 'Step', exact: true })).toBeEnabled();
  await expect.poll(() => other.getByRole('status').textContent()).toBe('Ready.');
  await press(other, 'Step');
  await expect(other.getByTestId('step')).toHaveText(String(step + 1));
  await expect(again.getByTestId('loss')).toHaveText(after ?? '');
});

test('a term is chosen in its slot, and says where its setting asks for too much room', async ({ page }) => {
  const panel = await openLab(page, ALONE);
  await page.getByRole('combobox', { name: 'Head', exact: true }).selectOption({ label: 'CosFace' });
  await expect(panel.getByRole('radio', { checked: true })).toHaveCount(0);
  await expect(page.getByText('leave room for m ≤ 0.19')).toHaveCount(0);
  await page.getByRole('textbox', { name: 'm margin, typed' }).fill('0.35');
  await page.keyboard.press('Enter');
  await expect(page.getByText('leave room for m ≤ 0.19')).toBeVisible();
  expect(decodeURIComponent(page.url())).toContain('*head:cosface;m:0.35');
  // A radio leaves the head for softmax, and margin's knobs as they are.
  await page.getByRole('slider', { name: 'α₋ outside', exact: true }).fill('5');
  await panel.getByRole('radio', { name: 'Softmax', exact: true }).check({ force: true });
  await expect(page.getByRole('combobox', { name: 'Head', exact: true })).toHaveValue('softmax');
  expect(decodeURIComponent(page.url())).toContain('run=Embedding*1*0*0*0.5*5');
});

test('a loss opens in a panel of its own from the menu, and its variant says what it is', async ({
  page,
}) => {
  const panel = await openLab(page, ALONE);
  await panel.getByRole('button', { name: 'More losses', exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: 'In a new panel', exact: true }).click();
  const item = page.getByRole('menuitemradio', { name: 'Margin, nearest rival', exact: true });
  await expect(item).toHaveAccessibleDescription(/Only the nearest centre of another class pushes/);
  await item.click();
  await expect(page.locator('section.panel')).toHaveCount(2);
  const added = panelOf(page, 'Margin, nearest rival');
  await expect(added).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Form', exact: true })).toHaveValue('nearest');
  for (const radio of await added.getByRole('radio').all()) await expect(radio).not.toBeChecked();
  expect(decodeURIComponent(page.url())).toContain('metric:margin;variant:nearest');
  // The first panel is what it was.
  await expect(panel.getByRole('radio', { name: 'Softmax', exact: true })).toBeChecked();
});
