/** What the tests of pins, mistakes and drawings share. */

import { expect, type Locator, type Page } from 'playwright/test';
import { panelOf, TITLES } from './lab.ts';

/** A test image whose drawing is far from every edge: neither fonts nor sizes decide which. */
export const TRACED = 4;

/** Opens the page and waits for the recorded run. */
export async function openRecorded(page: Page, hash = ''): Promise<void> {
  await page.goto(`./${hash}`);
  await expect(page.locator('.scatter-overlay .digit').first()).toBeVisible();
}

export const eachPanel = async (page: Page, look: (panel: Locator) => Promise<void>) => {
  for (const title of TITLES) await look(panelOf(page, title));
};

/** The dark pixels of the pinned sample's image, row by row, as lines on the pad: from x to x at y, on the page. */
export async function linesOf(
  page: Page,
): Promise<readonly (readonly [from: number, to: number, y: number])[]> {
  const rows = await page.locator('.pinned-image').evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement;
    const data = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
    const isInk = (x: number, y: number) => x < width && (data[4 * (y * width + x)] ?? 255) < 128;
    const runs: [number, number, number][] = [];
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        if (!isInk(x, y)) continue;
        const from = x;
        while (isInk(x + 1, y)) x++;
        runs.push([(from + 0.5) / width, (x + 0.5) / width, (y + 0.5) / height]);
      }
    return runs;
  });
  const box = await page.getByLabel('Drawing').boundingBox();
  if (box === null) throw new Error('The pad has no place.');
  return rows.map(([from, to, y]) => [
    box.x + from * box.width,
    box.x + to * box.width,
    box.y + y * box.height,
  ]);
}

/** The class of the pinned sample. */
export async function pinnedClass(page: Page): Promise<string> {
  const text = await page.getByRole('region', { name: 'Pinned samples' }).textContent();
  return /Digit (\d)/.exec(text ?? '')?.[1] ?? 'none';
}
