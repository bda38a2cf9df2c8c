/** The page under fingers: taps light and let go, names open their help, fields do not zoom the page. */

import { devices, expect, type Locator, type Page, test } from 'playwright/test';
import { openLab, panelOf, plotPixels } from './lab.ts';

const { defaultBrowserType: _, ...phone } = devices['iPhone 13'];
test.use({ ...phone, contextOptions: { reducedMotion: 'reduce' } });

/** A place in the plot, in pixels of the screen, where a sample is, found by walking there by keys. */
async function placeOfSample(page: Page, panel: Locator): Promise<{ x: number; y: number }> {
  const plot = panel.locator('.plot-surface');
  await plot.focus();
  await page.keyboard.press('ArrowRight');
  const ring = await panel.locator('circle.lit').boundingBox();
  if (ring === null) throw new Error('No sample is lit.');
  await page.keyboard.press('Escape');
  return { x: ring.x + ring.width / 2, y: ring.y + ring.height / 2 };
}

/** Fingers that go from place to place, as the browser's own events: a scroll, or a pinch. */
async function drag(
  page: Page,
  ...places: readonly (readonly { readonly x: number; readonly y: number }[])[]
) {
  const fingers = await page.context().newCDPSession(page);
  for (const [index, place] of places.entries()) {
    const type = index === 0 ? 'touchStart' : 'touchMove';
    const touchPoints = place.map(({ x, y }, id) => ({ x, y, id }));
    await fingers.send('Input.dispatchTouchEvent', { type, touchPoints });
  }
  await fingers.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await fingers.detach();
}

test('a tap lights a sample until a tap elsewhere; a name opens its help; a pinch zooms', async ({
  page,
}) => {
  await openLab(page);
  const panel = panelOf(page, 'Softmax');
  const plot = panel.locator('.plot-surface');
  await plot.scrollIntoViewIfNeeded();
  const { x, y } = await placeOfSample(page, panel);
  await expect(panel).toHaveAttribute('data-highlight', '');
  await page.touchscreen.tap(x, y);
  await expect(panel).toHaveAttribute('data-highlight', /^\d+$/);
  const lit = await panel.getAttribute('data-highlight');
  await expect(panelOf(page, 'Margin')).toHaveAttribute('data-highlight', lit ?? '');
  await expect(page.getByRole('list', { name: 'Chosen' })).toHaveText(`Sample ${lit}Pinned: sample ${lit}`);
  await expect(panel.locator('.sample-card')).toBeVisible();
  // Its card is a sheet over the foot of the page.
  const close = page.getByRole('button', { name: /^Let go of pinned sample/ });
  await close.tap();
  await expect(panel).toHaveAttribute('data-pinned', '');
  await expect(panel).toHaveAttribute('data-highlight', lit ?? '');
  // A finger that scrolls the page lets go of nothing.
  const before = await page.evaluate(() => window.scrollY);
  await drag(page, ...[0, 20, 50, 90, 120].map((up) => [{ x: 200, y: 500 - up }]));
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(before);
  await expect(panel).toHaveAttribute('data-highlight', lit ?? '');
  await page.getByRole('heading', { name: 'Softmax', exact: true }).first().tap();
  await expect(panel).toHaveAttribute('data-highlight', '');
  // Where there is no sample, it lets go, too.
  const place = await placeOfSample(page, panel);
  await page.touchscreen.tap(place.x, place.y);
  await expect(panel).toHaveAttribute('data-highlight', /^\d+$/);
  await close.tap();
  const box = await plot.boundingBox();
  if (box === null) throw new Error('The plot is not on the screen.');
  await page.touchscreen.tap(box.x + box.width - 12, box.y + 12);
  await expect(panel).toHaveAttribute('data-highlight', '');

  await panel.getByText('D1', { exact: true }).tap();
  const hint = page.locator('.hint');
  await expect(hint).toHaveCount(1);
  await expect(hint).toBeVisible();
  await page.getByRole('heading', { name: 'Margin Loss Lab' }).tap();
  await expect(hint).toHaveCount(0);
  // A button is worked by a tap, and says what it is while it is held.
  const reset = await page.getByRole('button', { name: 'Reset' }).boundingBox();
  if (reset === null) throw new Error('The button is not on the screen.');
  const touch = await page.context().newCDPSession(page);
  const finger = [{ x: reset.x + 20, y: reset.y + 20 }];
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: finger });
  await expect(hint).toContainText('Back to step 0');
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });

  await page.getByRole('button', { name: 'Controls' }).tap();
  await page.getByText('Network', { exact: true }).tap();
  await expect(hint).toContainText('LeNets++ is the letter’s network');
  // It may lie over the next name: a tap on it takes it away.
  await hint.tap();
  await expect(hint).toHaveCount(0);
  // Smaller text, and iOS zooms the page to the field.
  const fields = page.locator('select, input:not([type=range], [type=radio], [type=checkbox], [type=file])');
  const sizes = await fields.evaluateAll((all) =>
    all.map((field) => Number.parseFloat(getComputedStyle(field).fontSize)),
  );
  expect(sizes.length).toBeGreaterThan(10);
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(16);
  await page.getByRole('button', { name: 'Controls' }).tap();

  const picture = await plotPixels(panel);
  await plot.scrollIntoViewIfNeeded();
  const now = await plot.boundingBox();
  if (now === null) throw new Error('The plot is not on the screen.');
  const [x0, y0] = [now.x + now.width / 2, now.y + now.height / 2];
  const apart = (reach: number) => [x0 - reach, x0 + reach].map((each) => ({ x: each, y: y0 }));
  await drag(page, apart(20), apart(30), apart(45), apart(60));
  await expect.poll(() => plotPixels(panel)).not.toBe(picture);
  await panel.getByRole('button', { name: 'Fit' }).tap();
  await expect.poll(() => plotPixels(panel)).toBe(picture);
});

test('any file may be chosen, and one that is no session gets a sentence', async ({ page }) => {
  await openLab(page);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open session' }).tap(),
  ]);
  await expect(page.locator('input[type=file]')).not.toHaveAttribute('accept');
  await chooser.setFiles({ name: 'holiday.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no session') });
  await expect(page.getByRole('alert')).toContainText('holiday.jpg is not a file of the Margin Loss Lab');
});
