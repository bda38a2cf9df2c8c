/** Other screens than the one on which the page was opened: a denser one, and paper. */

import { expect, type Page, test } from 'playwright/test';
import { openLab, panelOf } from './lab.ts';

const canvas = (page: Page) => panelOf(page, 'Softmax').locator('canvas').first();

/** Size and corner of the plot's canvas: the corner has the ground's colour. */
function stateOf(page: Page): Promise<{ width: number; corner: string; ink: number }> {
  return canvas(page).evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const { data = [] } =
      (element as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height) ?? {};
    let ink = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i] !== data[0] || data[i + 1] !== data[1]) ink++;
    return { width, corner: [data[0], data[1], data[2]].join(), ink };
  });
}

test('plots are drawn again on a denser screen, and on paper all is light, whole and without controls', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  // So high that the plots have their greatest height: that a pixel more leaves as it is.
  await page.setViewportSize({ width: 1440, height: 1300 });
  await openLab(page);
  // The ground is to be seen in the corner.
  await page.getByRole('checkbox', { name: 'Decision regions' }).uncheck();
  await page.getByRole('region', { name: 'Verification' }).scrollIntoViewIfNeeded();
  await expect(page.getByTestId('eer')).toHaveText(/^0/);
  const before = await stateOf(page);
  const screen = await page.context().newCDPSession(page);
  // An emulated screen tells the page of its density only together with another size.
  const move = (height: number, deviceScaleFactor: number) =>
    screen.send('Emulation.setDeviceMetricsOverride', {
      width: 1440,
      height,
      mobile: false,
      deviceScaleFactor,
    });
  await move(1301, 2);
  await expect.poll(() => stateOf(page).then(({ width }) => width)).toBe(2 * before.width);
  expect((await stateOf(page)).ink).toBeGreaterThan(2 * before.ink);
  await move(1300, 1);
  await expect.poll(() => stateOf(page)).toEqual(before);

  // Printed for real: what is there when the browser lays the page out for paper.
  await page.evaluate(() => {
    window.addEventListener('beforeprint', () => {
      const plot = document.querySelector('canvas');
      const corner = plot?.getContext('2d')?.getImageData(0, 0, 1, 1).data ?? [];
      document.body.dataset.printed = `${document.documentElement.dataset.theme} ${[...corner].join()}`;
    });
  });
  const pdf = await page.pdf({ format: 'A4' });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  await expect(page.locator('body')).toHaveAttribute('data-printed', 'light 255,255,255,255');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect.poll(() => stateOf(page)).toEqual(before);

  // The same on the screen, as wide as a sheet.
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.setViewportSize({ width: 718, height: 1000 });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  for (const role of ['radio', 'slider', 'combobox', 'checkbox', 'textbox', 'complementary'] as const) {
    await expect(page.getByRole(role)).toHaveCount(0);
  }
  for (const name of ['Train', 'Reset', 'Play', 'Copy link', 'Add panel', 'CSV']) {
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0);
  }
  const boxes = await page
    .locator('section.panel')
    .evaluateAll((panels) => panels.map((panel) => panel.getBoundingClientRect().toJSON()));
  expect(boxes).toHaveLength(3);
  for (const { left, right } of boxes) {
    expect(left).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(718);
  }
  // Nothing is cut off by a frame that would have to be scrolled.
  const hidden = await page
    .locator('.panels, .table-frame')
    .evaluateAll(
      (frames) => frames.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1).length,
    );
  expect(hidden).toBe(0);
});
