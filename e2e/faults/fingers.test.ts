/** A choice and a drawing under fingers: many small touches. */

import { expect, test } from 'playwright/test';
import { panelOf, press } from '../lab.ts';
import { eachPanel, linesOf, openRecorded, pinnedClass, TRACED } from '../why.ts';

test.describe('under fingers', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('a drawing by touch is taken for what it is on paper that stays, and Select draws round samples', async ({
    page,
  }) => {
    await openRecorded(page, `#pin=${TRACED}`);
    const panel = panelOf(page, 'Softmax');
    await expect(panel).toHaveAttribute('data-pinned', `${TRACED}`);
    const label = await pinnedClass(page);
    const client = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
      client.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
    await press(page, 'Draw a digit');
    const pad = page.getByLabel('Drawing');
    const before = await pad.boundingBox();
    const pixel = (before?.width ?? 0) / 28;
    for (const [from, to, y] of await linesOf(page)) {
      // A finger that moves less than Chromium's slop has not moved: dots, each beside the last.
      for (let x = from; x <= to; x += pixel) {
        await touch('touchStart', x, y);
        await touch('touchEnd');
      }
    }
    await eachPanel(page, (each) => expect(each).toHaveAttribute('data-own-digit', label));
    expect(await pad.boundingBox()).toEqual(before);
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
