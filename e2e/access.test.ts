/** The page for hands and ears: keyboard alone, no violation found by axe-core, a small screen. */

import { expect, type Locator, test } from 'playwright/test';
import { PNG } from 'pngjs';
import { violations } from './axe.ts';
import { numberIn, openLab, panelOf, press, reachStep, TITLES } from './lab.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`has no violations opened, training and scrubbed, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openLab(page);
    expect(await violations(page)).toEqual([]);
    await press(page, 'Train');
    await reachStep(page, 10);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('slider', { name: 'Timeline' }).fill('0');
    await press(page, 'Pause');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('region', { name: 'Verification' }).scrollIntoViewIfNeeded();
    await expect(page.getByTestId('eer')).toHaveText(/^0/);
    await page.getByText('All measures, with their formulas').click();
    await page.getByRole('button', { name: /^4 taken for 4/ }).click();
    await expect(page.getByRole('list', { name: 'Chosen' })).toContainText('4 taken for 4');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}

/** The colour of a pixel of an element's screenshot. */
async function pixelOf(element: Locator, x: number, y: number): Promise<string> {
  const { data, width } = PNG.sync.read(await element.screenshot());
  return `rgb(${[...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)].join(', ')})`;
}

test('shows where the focus is, and says what is there', async ({ page }) => {
  await openLab(page);
  const panel = panelOf(page, 'Softmax');
  const plot = panel.locator('.plot-surface');
  const heard = page.getByTestId('walked-sample');
  await plot.focus();
  await page.keyboard.press('ArrowRight');
  // The ring is over the canvas.
  const accent = await page
    .getByRole('button', { name: 'Train', exact: true })
    .evaluate((button) => getComputedStyle(button).backgroundColor);
  expect(await pixelOf(plot, 1, 100)).toBe(accent);
  await expect(heard).toHaveText(/^Digit \d, predicted \d, at −?\d+\.\d\d, −?\d+\.\d\d\. Sample \d+\.$/);
  const first = await heard.textContent();
  await page.keyboard.press('ArrowRight');
  await expect(heard).not.toHaveText(first ?? '');
  await page.keyboard.press('Tab');
  await expect(heard).toHaveText('');
  expect(await pixelOf(plot, 1, 100)).not.toBe(accent);
  // Next comes the panel's numbers, one stop for all of them; each shows its help.
  await expect(page.locator('.hint[data-open]')).toHaveText(/^Share of test samples classified rightly/);
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.hint[data-open]')).toContainText('whatever the run itself decides by');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.hint[data-open]')).toContainText(
    'Mean distance of a sample to the mean of its own class',
  );
  const stops = panel.getByRole('group', { name: 'Readings' }).locator('[tabindex="0"]');
  await expect(stops).toHaveCount(1);
  await expect(stops).toContainText('D1');
  // A control's help lets Escape through to what is lit.
  await page.keyboard.press('3');
  await page.getByRole('slider', { name: 'Learning rate' }).focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('list', { name: 'Chosen' })).toBeEmpty();
});

test('says by shape what forced colours take away', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  await page.goto('./');
  const styles = (selector: string, name: string) =>
    page
      .locator(selector)
      .evaluateAll((all, name) => all.map((each) => getComputedStyle(each).getPropertyValue(name)), name);
  await expect(page.locator('.chart').first().locator('path.curve')).toHaveCount(3);
  const dashes = await styles('.chart:first-of-type path.curve', 'stroke-dasharray');
  expect(new Set(dashes.slice(0, 3)).size).toBe(3);
  const keys = await styles('.panel .run-key', 'background-image');
  expect(new Set(keys).size).toBe(3);
  // Forced, the keys would have no picture of their own.
  for (const key of keys) expect(key).toContain('repeating-linear-gradient');
  const [chosen] = await styles('.loss-choice input:checked + span', 'outline-style');
  expect(chosen).toBe('solid');
  // Without them, a dark theme's chosen radio has a line round it: there a shadow can't be seen.
  await page.emulateMedia({ forcedColors: 'none', colorScheme: 'dark' });
  expect((await styles('.loss-choice input:checked + span', 'box-shadow'))[0]).toContain('inset');
});

test('is worked by keys alone', async ({ page }) => {
  await openLab(page);
  const slider = page.getByRole('slider', { name: 'Timeline' });
  await page.keyboard.press('Home');
  await expect(slider).toHaveValue('0');
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => Number(await slider.inputValue())).toBeGreaterThan(0);
  await page.keyboard.press('ArrowLeft');
  await expect(slider).toHaveValue('0');
  await page.keyboard.press('3');
  await expect(page.getByRole('button', { name: 'Light digit 3' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Light digit 3' })).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('Space');
  await reachStep(page, 3);
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeEnabled();
  const train = page.getByRole('button', { name: 'Train', exact: true });
  // Held, it acts once; with a modifier it is the browser's.
  await page.keyboard.press('Shift+Space');
  for (let repeat = 0; repeat < 3; repeat++) await page.keyboard.down('Space');
  await page.keyboard.up('Space');
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeEnabled();
  await page.keyboard.press('Space');
  await expect(train).toBeEnabled();
  // Keyboards that type other letters: a step by what stands on the key.
  const held = await numberIn(page, 'step');
  const keyboard = await page.context().newCDPSession(page);
  await keyboard.send('Input.dispatchKeyEvent', { type: 'keyDown', key: 'ы', code: 'KeyS', text: 'ы' });
  await expect(page.getByTestId('step')).toHaveText(String(held + 1));
  // Home scrolls a page that is scrolled.
  await page.getByRole('heading', { name: 'Measures at step' }).scrollIntoViewIfNeeded();
  await page.keyboard.press('ArrowLeft');
  const past = await slider.inputValue();
  await page.keyboard.press('Home');
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0);
  expect(await slider.inputValue()).toBe(past);
  await page.keyboard.press('l');
  // A digit that is typed into a field is a digit.
  await page.getByRole('textbox', { name: 'Warm-up' }).fill('');
  await page.keyboard.type('35');
  await expect(page.getByRole('button', { name: 'Light digit 3' })).toHaveAttribute('aria-pressed', 'false');
  await page.getByRole('button', { name: 'Menu of Softmax', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.getByRole('menuitem', { name: 'Rename…' }).press('Enter');
  // The Enter of an input method chooses a word; the reader's own ends the entry.
  const title = page.getByRole('textbox', { name: 'Panel title' });
  await title.fill('ソフト');
  await keyboard.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    key: 'Enter',
    code: 'Enter',
    windowsVirtualKeyCode: 229,
  });
  await expect(title).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(panelOf(page, 'ソフト')).toBeVisible();
});

test('tells each panel in words once things are at rest', async ({ page }) => {
  await openLab(page);
  for (const title of TITLES) {
    await expect(panelOf(page, title).locator('[aria-live=polite]')).toHaveText(
      new RegExp(
        `^${title.replace('+', '\\+')}\\. Scatter plot .* after 2340 steps \\(recorded\\): accuracy 0\\.9`,
      ),
    );
  }
});

test('fits a phone: one panel is large, controls are a sheet', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openLab(page);
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await page.getByRole('region', { name: 'Verification' }).scrollIntoViewIfNeeded();
  await expect(page.getByTestId('eer')).toHaveText(/^0/);
  expect(await overflow()).toBeLessThanOrEqual(0);
  // Text twice as large, or the smallest phone.
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await overflow()).toBeLessThanOrEqual(0);
  // The names of losses have room, too: none runs under the button beside them.
  const room = await page
    .locator('.loss-choice')
    .first()
    .evaluate((row) => {
      const left = row.querySelector('button')?.getBoundingClientRect().left ?? 0;
      const ends = [...row.querySelectorAll('label span')].map((name) => name.getBoundingClientRect().right);
      return left - Math.max(...ends);
    });
  expect(room).toBeGreaterThanOrEqual(0);
  const table = page.getByRole('region', { name: 'Table of runs' });
  await table.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => table.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0);
  await page.setViewportSize({ width: 390, height: 844 });
  const margin = panelOf(page, 'Margin');
  await margin.scrollIntoViewIfNeeded();
  await expect(margin.locator('.plot-surface')).toBeInViewport({ ratio: 0.5 });
  const slider = page.getByRole('slider', { name: 'λ₂ margin' });
  await expect(slider).toBeHidden();
  await press(page, 'Controls');
  await expect(slider).toBeVisible();
  // A field in which iOS does not zoom in, and its sentence above the buttons.
  const seed = page.getByRole('textbox', { name: 'Seed', exact: true });
  await expect(seed).toHaveCSS('font-size', '16px');
  await seed.fill('2.5');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Escape');
  await press(page, 'Controls');
  await press(page, 'Train');
  await reachStep(page, 3);
  expect(await numberIn(margin, 'loss')).toBeGreaterThan(0);
});

test('has no violations with samples pinned and chosen, forces, and a pad to draw on', async ({ page }) => {
  await openLab(page);
  await page.locator('.plot-surface').first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox', { name: 'Forces' }).check();
  await expect(page.locator('.force').first()).toBeAttached();
  await press(page, 'Mistakes');
  await expect(page.getByRole('region', { name: 'Gallery' }).getByRole('listitem').first()).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await press(page, 'Draw a digit');
  await expect(page.getByRole('region', { name: 'Your digit' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

for (const [width, height, colorScheme] of [
  [1440, 900, 'light'],
  [1024, 768, 'dark'],
  [390, 844, 'dark'],
] as const) {
  test(`has no violations in what explains and what exports, ${width} × ${height}, ${colorScheme}`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto('./#guide=7');
    await expect(page.getByRole('table').first()).toContainText('by angle');
    for (const name of ['All 17 losses, symbol by symbol', 'Words of the field'])
      await page.getByText(name, { exact: true }).click();
    await expect(page.locator('.library-list math').first()).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await press(page, 'Leave');
    await press(page, 'Export');
    for (const tab of ['Figure', 'Film', 'Data', 'Embed']) {
      await page.getByRole('tab', { name: tab }).click();
      expect(await violations(page), tab).toEqual([]);
    }
    for (const mode of ['?present', '?embed']) {
      await page.goto(`./${mode}`);
      await expect(page.getByTestId('timeline-source')).toContainText('Recorded');
      expect(await violations(page), mode).toEqual([]);
    }
  });
}
