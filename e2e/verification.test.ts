/** Beside the panels: pairs and their threshold, confusions, all measures, and digits held out of training. */

import { expect, type Page, test } from 'playwright/test';
import { ALONE, isReady, numberIn, openLab, panelOf, plotPixels, press, reachStep, TITLES } from './lab.ts';

const section = (page: Page) => page.getByRole('region', { name: 'Verification' });

async function openVerification(page: Page, hash = '') {
  await openLab(page, hash);
  // Nothing is computed before it is near the screen, and nothing looks as if it were.
  await expect(section(page).getByRole('button', { name: '4 taken for 4: not computed yet' })).toBeAttached();
  await expect(page.getByRole('slider', { name: 'Threshold' })).toHaveAttribute(
    'aria-valuetext',
    'not computed yet',
  );
  await section(page).scrollIntoViewIfNeeded();
  await expect(section(page).getByTestId('eer')).toHaveText(/^0\.\d/);
}

test('decides pairs by a threshold, and shows those that it decides wrongly', async ({ page }) => {
  await openVerification(page);
  const verification = section(page);
  const eer = await numberIn(verification, 'eer');
  expect(await numberIn(verification, 'FAR')).toBeCloseTo(eer, 2);
  expect(await numberIn(verification, 'FRR')).toBeCloseTo(eer, 2);
  await page.getByRole('slider', { name: 'Threshold' }).fill('10');
  // A low threshold refuses many genuine pairs and accepts few impostors.
  await expect.poll(() => numberIn(verification, 'FAR')).toBeLessThan(eer);
  expect(await numberIn(verification, 'FRR')).toBeGreaterThan(eer);
  const wrong = panelOf(page, 'Softmax').locator('path.links');
  await expect(wrong).toHaveCount(2);
  await expect(wrong.first()).toHaveAttribute('d', /^M.*L/);
  await expect(page.getByRole('list', { name: 'Chosen' })).toHaveText('Wrongly decided pairs of Softmax');
  await page.getByRole('slider', { name: 'Threshold' }).blur();
  await expect(wrong).toHaveCount(0);
  // The letter's claim, on the recorded softmax run: by angle it does better.
  await verification.getByRole('radio', { name: 'Cosine' }).check({ force: true });
  await expect.poll(() => numberIn(verification, 'eer')).toBeLessThan(eer);
  const byAngle = await numberIn(verification, 'eer');
  const aboutMean = verification.getByRole('checkbox', { name: 'About the mean' });
  await aboutMean.check();
  await expect.poll(() => numberIn(verification, 'eer')).not.toBe(byAngle);
  await aboutMean.uncheck();
  await expect.poll(() => numberIn(verification, 'eer')).toBe(byAngle);
});

test('lights a cell of the confusion matrix in all panels, by keyboard too', async ({ page }) => {
  await openVerification(page);
  const cell = (name: string) => section(page).getByRole('button', { name: new RegExp(`^${name}: `) });
  const before = await Promise.all(TITLES.map((title) => plotPixels(panelOf(page, title))));
  await cell('4 taken for 4').click();
  for (const [index, title] of TITLES.entries()) {
    await expect.poll(() => plotPixels(panelOf(page, title))).not.toBe(before[index]);
  }
  // What is chosen is said where it was pressed, and above the plots, far from there.
  const chips = page.getByRole('list', { name: 'Chosen' }).getByRole('listitem');
  await expect(cell('4 taken for 4')).toHaveAttribute('aria-pressed', 'true');
  await expect(section(page)).toContainText('Its samples stand out in all plots.');
  const count = await cell('4 taken for 4').textContent();
  await expect(chips).toHaveText([`4 taken for 4: ${count} samples`]);
  expect(Number(count)).toBeGreaterThan(50);
  await page.keyboard.press('2');
  await expect(chips).toHaveText([/^4 taken/, 'Digit 2']);
  await page.getByRole('button', { name: 'Let go of Digit 2' }).click();
  await expect(chips).toHaveText([/^4 taken/]);
  await page.getByRole('button', { name: 'Let go of 4 taken for 4' }).click();
  await expect(chips).toHaveCount(0);
  await expect(cell('4 taken for 4')).toHaveAttribute('aria-pressed', 'false');
  await cell('4 taken for 4').click();
  await page.keyboard.press('ArrowRight');
  await expect(cell('4 taken for 5')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(chips).toHaveCount(0);
  for (const [index, title] of TITLES.entries()) {
    await expect.poll(() => plotPixels(panelOf(page, title))).toBe(before[index]);
  }
});

test('says of every measure what it is, and follows the timeline', async ({ page }) => {
  await openVerification(page);
  // The table leads with what compares runs, and calls nothing best whose scale is arbitrary.
  const table = page.getByRole('region', { name: 'Measures', exact: true });
  const heads = await table.getByRole('columnheader').allTextContents();
  expect(heads.map((text) => text.replace(/ .*/, ''))).toEqual([
    'Run',
    'D2/D1',
    'EER',
    'Silhouette',
    'Accuracy',
    'D1',
    'D2',
    'D3',
  ]);
  for (const [index, run] of TITLES.entries()) {
    const cells = await table
      .getByRole('row')
      .nth(index + 1)
      .getByRole('cell')
      .allTextContents();
    expect(cells, run).toHaveLength(7);
    for (const text of cells) expect(text).toMatch(/^\d/);
    expect(cells.slice(4).join(), run).not.toContain('best');
  }
  await expect(table.locator('.best')).toHaveCount(4);
  await page.getByText('All measures, with their formulas').click();
  const row = page.getByRole('row', { name: /^Silhouette/ });
  const atEnd = Number(
    await row
      .getByRole('cell')
      .nth(3)
      .textContent()
      .then((text) => text?.match(/[\d.]+/)?.[0]),
  );
  expect(atEnd).toBeGreaterThan(0.5);
  await page.getByRole('button', { name: /^Silhouette/ }).click();
  await expect(page.getByRole('cell', { name: /nearer a sample is to its own class/ })).toBeVisible();
  await expect(page.locator('.measure-text')).toHaveCount(1);
  await expect(page.locator('.measure-formula math').first()).toBeVisible();
  await page.getByRole('slider', { name: 'Timeline' }).fill('0');
  // What was computed at the other step is pale, until it is computed anew.
  await expect(table.locator('.is-earlier')).toHaveCount(6);
  await row.scrollIntoViewIfNeeded();
  await expect
    .poll(async () => Number((await row.getByRole('cell').nth(3).textContent())?.match(/-?[\d.]+/)?.[0]))
    .toBeLessThan(0.2);
});

test('holds digits out of training, and measures them as unknown', async ({ page }) => {
  const panel = await openLab(page, ALONE);
  await page.getByRole('checkbox', { name: 'Leave out 8' }).check({ force: true });
  await page.getByRole('checkbox', { name: 'Leave out 9' }).check({ force: true });
  expect(decodeURIComponent(page.url())).toContain('out=8,9');
  await isReady(page);
  await press(page, 'Train');
  await reachStep(page, 12);
  await press(page, 'Pause');
  // Eight centres are learnt; all ten digits are shown.
  await expect(panel.locator('path.centre')).toHaveCount(8);
  await expect(panel.locator('text.digit')).toHaveCount(10);
  await section(page).scrollIntoViewIfNeeded();
  await page.getByText('All measures, with their formulas').click();
  await expect(page.getByRole('row', { name: /^Open-set AUROC/ })).toContainText(/0\.\d/);
});
