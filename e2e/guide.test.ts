/** "Show me": by keys through all chapters, by link into one, and back to the page as it was. */

import { expect, type Page, test } from 'playwright/test';
import { choose, isReady, openLab, panelOf, plotPixels, press } from './lab.ts';

const guideOf = (page: Page) => page.getByRole('region', { name: 'Guide', exact: true });
const CHAPTERS = 9;

test('goes through all chapters by keys, each with its picture, and leaves the page as it was', async ({
  page,
}) => {
  await openLab(page);
  await page.getByRole('checkbox', { name: 'Forces', exact: true }).check();
  const pictureOf = async () =>
    Promise.all(['Softmax', 'Softmax + center', 'Margin'].map((title) => plotPixels(panelOf(page, title))));
  await press(page, 'Show me');
  const guide = guideOf(page);
  await expect(guide).toContainText(`1 of ${CHAPTERS}`);
  await expect(guide.getByRole('button', { name: 'Next' })).toBeFocused();
  await expect(page.getByRole('checkbox', { name: 'Forces', exact: true })).toBeHidden();
  const seen = new Set<string>();
  let before = '';
  for (let chapter = 1; chapter <= CHAPTERS; chapter++) {
    await expect(guide).toContainText(`${chapter} of ${CHAPTERS}`);
    expect(await guide.innerText()).not.toMatch(/NaN|undefined/);
    // Marks as well as points: lines, paths and circles are not in the raster.
    const pictureNow = async () =>
      `${await pictureOf()} ${await page.locator('section.panel .plot-surface path').count()} ${await page.getByTestId('timeline-source').innerText()}`;
    await expect.poll(pictureNow).not.toBe(before);
    before = await pictureNow();
    seen.add(before);
    if (chapter < CHAPTERS) await page.keyboard.press(chapter % 2 === 0 ? 'n' : 'Enter');
  }
  // The last one begins with the points that the first ends with, without their images.
  expect(seen.size).toBe(CHAPTERS);
  expect(page.url()).toContain(`guide=${CHAPTERS}`);
  await page.keyboard.press('b');
  await expect(guide).toContainText(`${CHAPTERS - 1} of ${CHAPTERS}`);
  await page.keyboard.press('n');
  // The last one asks for something, and says when it is done.
  await expect(guide).not.toContainText('Done');
  await choose(page.locator('section.panel').first(), 'Margin');
  await expect(guide).toContainText('Done');
  await page.keyboard.press('Escape');
  await expect(guide).toHaveCount(0);
  await expect(page.getByRole('checkbox', { name: 'Forces', exact: true })).toBeChecked();
  expect(page.url()).not.toContain('guide=');
});

test('opens at the chapter of its link, and says where there is no such chapter', async ({ page }) => {
  await page.goto('./#guide=5');
  await isReady(page);
  await expect(guideOf(page)).toContainText('Margins are circles');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await guideOf(page).getByRole('button', { name: 'Leave', exact: true }).click();
  await page.goto('about:blank');
  await page.goto('./#guide=12');
  await isReady(page);
  await expect(page.getByRole('alert').first()).toContainText(
    '“12” is no chapter of the guide, which has 9.',
  );
  await expect(guideOf(page)).toHaveCount(0);
});

test('of other runs it says that it speaks of the three, and opens them', async ({ page }) => {
  await openLab(page, '#run=Alone*1*0*0*0.5*8');
  await press(page, 'Show me');
  const guide = guideOf(page);
  await expect(guide).toContainText('They are not all there now.');
  await guide.getByRole('button', { name: 'Open the three', exact: true }).click();
  await expect(guide).toContainText('it turns each image into two numbers');
  await expect(panelOf(page, 'Margin')).toBeVisible();
});

test('a card of an experiment opens it at once, and the link does', async ({ page }) => {
  await openLab(page);
  const cards = page.getByRole('region', { name: 'Experiments worth loading', exact: true });
  const map = cards.getByRole('table', { name: /^Accuracy by nearest centre from the start/ });
  await expect(map.getByRole('row')).toHaveCount(5);
  await cards.getByRole('link', { name: 'Margin loss by itself', exact: true }).click();
  await expect(panelOf(page, 'Margin by itself')).toBeVisible();
  await expect(page).toHaveURL(/[#&]lr=0\.003&/);
  const late = cards.getByRole('link', { name: 'A late switch', exact: true });
  const hash = (await late.getAttribute('href')) ?? '';
  await late.click();
  await expect(panelOf(page, 'Margin from step 1500')).toBeVisible();
  await expect(page).toHaveURL((url) => url.hash === hash);
  await page.goto('about:blank');
  await page.goto(`./${hash}`);
  await isReady(page);
  await expect(panelOf(page, 'Margin from step 1500')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});
