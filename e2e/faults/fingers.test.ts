/** Pins, choices and a drawing under fingers: many small touches. */

import { expect, test } from 'playwright/test';
import { panelOf, press } from '../lab.ts';
import { eachPanel, linesOf, openRecorded, pinnedClass } from '../why.ts';

test.describe('under fingers', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('a tap pins, Select draws round samples, and a drawing by touch is taken for what it is', async ({
    page,
  }) => {
    await openRecorded(page);
    const panel = panelOf(page, 'Softmax');
    const digit = await panel.locator('.digit').first().boundingBox();
    if (digit === null) throw new Error('No class has a name.');
    await page.touchscreen.tap(digit.x + digit.width / 2, digit.y + digit.height / 2);
    await expect(panel).toHaveAttribute('data-pinned', /^\d+$/);
    const label = await pinnedClass(page);
    const client = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
      client.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
    await press(page, 'Draw a digit');
    const pixel = ((await page.getByLabel('Drawing').boundingBox())?.width ?? 0) / 28;
    for (const [from, to, y] of await linesOf(page)) {
      // A finger that moves less than Chromium's slop has not moved: dots, each beside the last.
      for (let x = from; x <= to; x += pixel) {
        await touch('touchStart', x, y);
        await touch('touchEnd');
      }
    }
    await eachPanel(page, (each) => expect(each).toHaveAttribute('data-own-digit', label));
    await page.keyboard.press('Escape');
    await press(page, 'Select');
    await page.locator('.panels').scrollIntoViewIfNeeded();
    const box = await panel.locator('.scatter-overlay').boundingBox();
    if (box === null) throw new Error('The plot has no place.');
    const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
    await touch('touchStart', ...at(0.3, 0.3));
    for (const place of [at(0.7, 0.3), at(0.7, 0.7), at(0.3, 0.7)]) await touch('touchMove', ...place);
    await touch('touchEnd');
    await expect(page.getByRole('list', { name: 'Chosen' })).toContainText(/Selected: \d+ samples/);
  });
});
