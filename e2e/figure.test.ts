/** An exported picture looks like the panel: the same marks draw both. */

import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page, test } from 'playwright/test';
import { isReady, openLab, press, reachStep } from './lab.ts';

/** One run that has margin circles from the start, and a digit that it never sees. */
const HASH = '#warmup=0&out=9&run=Embedding*1*0.02*0.01*1*4';
/** Above a figure's plot stands its title. */
const HEAD = 28;
/** Of what is drawn, so much may look different: none does here, and a missing mark is at least twice as much. */
const LIMIT = 0.0015;

async function exportedSvg(page: Page, title: string): Promise<string> {
  await press(page, `Menu of ${title}`);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Save as SVG', exact: true }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}

/**
 * Of each figure, the share of what is drawn in it or in the panel (what is not the ground) that looks
 * different, all a little blurred: edges are smoothed in different ways. Figures are rendered at the panel's
 * size, their title cut off.
 */
function differences(page: Page, screenshot: Buffer, figures: readonly string[]): Promise<number[]> {
  return page.evaluate(
    async ({ screenshot, figures, head }) => {
      const bytes = Uint8Array.from(atob(screenshot), (character) => character.charCodeAt(0));
      const panel = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const { width, height } = panel;
      const pixelsOf = (image: CanvasImageSource, top: number) => {
        const context = new OffscreenCanvas(width, height).getContext('2d');
        if (context === null) throw new Error('No canvas here.');
        context.filter = 'blur(1px)';
        context.drawImage(image, 0, -top);
        return context.getImageData(0, 0, width, height).data;
      };
      const apart = (a: Uint8ClampedArray, at: number, b: Uint8ClampedArray, bt: number) => {
        let most = 0;
        for (let c = 0; c < 3; c++) most = Math.max(most, Math.abs((a[at + c] ?? 0) - (b[bt + c] ?? 0)));
        return most;
      };
      const shown = pixelsOf(panel, 0);
      const shares: number[] = [];
      for (const svg of figures) {
        const figure = new Image();
        figure.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
        await figure.decode();
        URL.revokeObjectURL(figure.src);
        const exported = pixelsOf(figure, head);
        let drawn = 0;
        let different = 0;
        for (let at = 0; at < shown.length; at += 4) {
          // Nothing stands in the upper right corner.
          const ground = 4 * (4 * width - 4);
          if (Math.max(apart(shown, at, shown, ground), apart(exported, at, shown, ground)) > 12) drawn += 1;
          if (apart(shown, at, exported, at) > 24) different += 1;
        }
        shares.push(different / drawn);
      }
      return shares;
    },
    { screenshot: screenshot.toString('base64'), figures, head: HEAD },
  );
}

/** The figure without something that the panel shows. */
const WITHOUT: Record<string, (svg: string) => string> = {
  'the links': (svg) => svg.replace(/<g class="links">[\s\S]*?<\/g>/, ''),
  'hollow points': (svg) =>
    svg.replaceAll(
      /<circle cx="([-\d.]+)" cy="([-\d.]+)" r="1.35" stroke-width="0.9"/g,
      '<path d="M$1 $2h0"',
    ),
  'faint points': (svg) =>
    svg.replaceAll(
      /(<(?:path|circle) (?:d="[^"]*h0"|cx[^>]*stroke-width="0.9")[^>]*) stroke-opacity="0.1"/g,
      '$1',
    ),
  'the names': (svg) => svg.replace(/<g class="class-names">[\s\S]*?<\/g>/, ''),
  'the circles': (svg) => svg.replace(/<g class="circles">[\s\S]*?<\/g>/, ''),
};

/** The cell of the confusion matrix that holds most of a digit's samples. */
async function mostConfused(verification: Locator, digit: number): Promise<Locator> {
  const cells = verification.getByRole('button', { name: new RegExp(`^${digit} taken for `) });
  const counts = await cells.evaluateAll((buttons) => buttons.map((button) => Number(button.textContent)));
  return cells.nth(counts.indexOf(Math.max(...counts)));
}

/** Exports the panel and compares; what is left out of the figure must be noticed. */
async function expectSame(page: Page, panel: Locator): Promise<void> {
  const svg = await exportedSvg(page, 'Embedding');
  // The pointer lights no sample.
  await page.mouse.move(1, 1);
  await expect(panel.locator('path.links')).toHaveCount(2);
  const screenshot = await panel.locator('.plot-surface').screenshot();
  const less = Object.entries(WITHOUT).map(([what, without]) => ({ what, figure: without(svg) }));
  const [whole, ...lacking] = await differences(page, screenshot, [svg, ...less.map(({ figure }) => figure)]);
  expect(whole).toBeLessThan(LIMIT);
  for (const [k, { what }] of less.entries()) expect(lacking[k], `without ${what}`).toBeGreaterThan(LIMIT);
}

test('an exported figure looks like the panel: held-out digits, a chosen confusion, wrong pairs, both themes', async ({
  page,
}) => {
  const panel = await openLab(page, HASH);
  // Their tint is everywhere: nothing would be ground. They are compared in src/plots/regions.test.ts.
  await page.getByRole('checkbox', { name: 'Decision regions' }).uncheck();
  await page.getByRole('checkbox', { name: 'Margin circles' }).check();
  await press(page, 'Train');
  await reachStep(page, 60);
  await press(page, 'Pause');
  await isReady(page);
  const verification = page.getByRole('region', { name: 'Verification' });
  await verification.scrollIntoViewIfNeeded();
  await expect(verification.getByTestId('eer')).toHaveText(/^0\.\d/);
  await (await mostConfused(verification, 9)).click();
  const threshold = page.getByRole('slider', { name: 'Threshold' });
  await threshold.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(panel.locator('path.links')).toHaveCount(2);
  await expectSame(page, panel);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expectSame(page, panel);
  await page.keyboard.press('Escape');
  await expect(panel.locator('path.links')).toHaveCount(0);
});
