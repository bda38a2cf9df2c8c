/** A page that the browser translates: its text nodes are taken out and put into elements, again and again. */

import { expect, type Page, test } from 'playwright/test';
import { choose, isReady, numberIn, openLab, panelOf, press, reachStep } from '../lab.ts';

/**
 * A stand-in for Chrome's translator: as that one, it puts each text that may be translated into
 * `<font><font>…</font></font>`, and every text that comes later.
 */
async function translate(page: Page): Promise<void> {
  await page.evaluate(() => {
    const mayChange = (node: Node) => {
      const element = node.parentElement;
      return (
        element !== null &&
        node.nodeValue?.trim() !== '' &&
        element.closest('[translate=no], .notranslate, font, script, style, textarea') === null
      );
    };
    const wrapAll = (root: Node) => {
      const texts: Node[] = [];
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = root.nodeType === Node.TEXT_NODE ? root : walker.nextNode(); node !== null; ) {
        if (mayChange(node)) texts.push(node);
        node = walker.nextNode();
      }
      for (const text of texts) {
        const outer = document.createElement('font');
        const inner = outer.appendChild(document.createElement('font'));
        inner.textContent = text.nodeValue;
        text.parentNode?.replaceChild(outer, text);
      }
    };
    wrapAll(document.body);
    new MutationObserver((records) => {
      for (const { addedNodes, target } of records) {
        for (const node of addedNodes) if (node.isConnected) wrapAll(node);
        if (target.nodeType === Node.TEXT_NODE && target.isConnected) wrapAll(target);
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}

/** Texts beside other nodes, where what a translator does to them would come between React and its nodes. */
function mixedTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent === null || parent === document.body || parent.childNodes.length === 1) continue;
      if (parent.closest('[translate=no], .notranslate, script, style') !== null) continue;
      found.push(`${parent.tagName} ${parent.className}: ${parent.textContent}`.slice(0, 90));
    }
    return [...new Set(found)];
  });
}

test('a page under a translator goes on changing, and nothing of it breaks', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await openLab(page);
  await page.getByRole('region', { name: 'Verification' }).scrollIntoViewIfNeeded();
  await expect(page.getByTestId('eer')).toHaveText(/^0/);
  await page.getByText('All measures, with their formulas').click();
  await page.getByRole('button', { name: /^Silhouette/ }).click();
  expect(await mixedTexts(page)).toEqual([]);
  await translate(page);
  expect(await page.locator('font font').count()).toBeGreaterThan(100);

  const heading = page.getByRole('heading', { name: 'Measures at step' });
  const cell = page.getByRole('region', { name: 'Table of runs' }).getByRole('cell').first();
  const number = await cell.textContent();
  await expect(heading).toHaveText('Measures at step 2340');
  await press(page, 'Train');
  await reachStep(page, 15);
  await expect(heading).not.toHaveText('Measures at step 2340');
  await expect(cell).not.toHaveText(number ?? '');
  const [step, loss] = [await heading.textContent(), await numberIn(panelOf(page, 'Margin'), 'loss')];
  await reachStep(page, (await numberIn(page, 'step')) + 10);
  await expect(heading).not.toHaveText(step ?? '');
  expect(await numberIn(panelOf(page, 'Margin'), 'loss')).not.toBe(loss);
  await press(page, 'Pause');
  // What comes, goes and changes its name.
  await page.getByRole('slider', { name: 'Timeline' }).fill('0');
  await expect(page.getByTestId('timeline-source')).toHaveText('Step 0Earlier');
  await press(page, 'Go live');
  await choose(panelOf(page, 'Softmax'), 'Margin');
  await press(page, 'Add panel');
  await expect(page.locator('section.panel')).toHaveCount(4);
  await page.getByRole('button', { name: 'Menu of Softmax + center', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Rename…' }).click();
  await page.getByRole('textbox', { name: 'Panel title' }).fill('Mitte');
  await page.keyboard.press('Enter');
  await expect(panelOf(page, 'Mitte').getByRole('heading')).toHaveText('Mitte');
  await page.getByRole('button', { name: 'Menu of Mitte', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Remove panel' }).click();
  await expect(page.locator('section.panel')).toHaveCount(3);
  await page.getByRole('button', { name: /^4 taken for 4/ }).click();
  await page.keyboard.press('7');
  await page.getByRole('button', { name: 'Let go of Digit 7' }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.keyboard.press('?');
  await page.getByRole('button', { name: 'Silhouette' }).click();
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'x.mll', mimeType: '', buffer: Buffer.from('x') });
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await press(page, 'Reset');
  await isReady(page);
  await expect(page.getByTestId('step')).toHaveText('0');
  await press(page, 'Undo');
  await expect(page.getByTestId('step')).not.toHaveText('0');
  await expect(page.getByText('could not be shown')).toHaveCount(0);
  expect(errors).toEqual([]);
});
