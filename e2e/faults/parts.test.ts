/** Parts of the page whose code does not come, or that fail by themselves: the rest works, and a sentence says so. */

import { expect, type Page, test } from 'playwright/test';
import { ALONE, openLab, panelOf, press, reachStep } from '../lab.ts';
import { notice } from './worker.ts';

/** As on a host where a new version has just taken the place of the files of this one. */
const withhold = (page: Page, name: string) =>
  page.route(new RegExp(`/assets/${name}-`), (route) => route.fulfill({ status: 404 }));

test('code that is loaded later may be missing: everything else trains', async ({ page }) => {
  for (const name of ['PanelMenu', 'Shortcuts', 'Evaluations', 'autosave', 'katex'])
    await withhold(page, name);
  await openLab(page, ALONE);
  await expect(notice(page)).toContainText('The menu of a panel could not be shown. Training goes on');
  await expect(notice(page)).toContainText('The list of keys could not be shown');
  await expect(notice(page)).toContainText('The verification could not be shown');
  await expect(notice(page)).toContainText('This visit is not kept for the next one');
  await press(page, 'Train');
  await reachStep(page, 5);
  await expect(panelOf(page, 'Embedding').getByTestId('loss')).toHaveText(/^\d/);
  // The equations are there as their source.
  await expect(page.getByRole('region', { name: 'The losses' }).locator('code').first()).toHaveText(
    /\\lambda/,
  );
});

test('measures are computed by the page where their worker does not come', async ({ page }) => {
  await withhold(page, 'evaluation-worker');
  await openLab(page, ALONE);
  const verification = page.getByRole('region', { name: 'Verification' });
  await verification.scrollIntoViewIfNeeded();
  await expect(verification.getByTestId('eer')).toHaveText(/^0\.\d/);
});

test('a part that fails is left out, and the others stay', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'IntersectionObserver'));
  await openLab(page, ALONE);
  await expect(notice(page)).toContainText('The verification could not be shown');
  await expect(page.getByRole('region', { name: 'Verification' })).toHaveCount(0);
  await press(page, 'Step');
  await expect(page.getByTestId('step')).toHaveText('1');
  await expect(page.getByRole('slider', { name: 'Timeline' })).toBeVisible();
});
