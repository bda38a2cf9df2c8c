/** What the end-to-end tests share: opening the lab, reading its numbers, waiting for steps. */

import { expect, type Locator, type Page } from 'playwright/test';

/** Opens the page and waits for the first picture. */
export async function openLab(page: Page, hash = ''): Promise<Locator> {
  await page.goto(`./${hash}`);
  const panel = page.getByRole('region', { name: 'Embedding' });
  await expect(panel.getByTestId('D1')).toHaveText(/^\d/);
  return panel;
}

export async function numberIn(scope: Page | Locator, testId: string): Promise<number> {
  return Number(await scope.getByTestId(testId).textContent());
}

/** Waits until that many steps are done. */
export async function reachStep(page: Page, step: number): Promise<void> {
  await expect.poll(() => numberIn(page, 'step'), { timeout: 120_000 }).toBeGreaterThanOrEqual(step);
}

export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
export const choose = (panel: Locator, loss: string) =>
  panel.getByRole('radio', { name: loss, exact: true }).check({ force: true });

/** A digest of the plot's pixels. */
export function plotPixels(panel: Locator): Promise<number> {
  return panel
    .locator('canvas')
    .first()
    .evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const context = (canvas as HTMLCanvasElement).getContext('2d', { willReadFrequently: true });
      const data = context?.getImageData(0, 0, width, height).data ?? [];
      let hash = 0;
      for (const value of data) hash = (Math.imul(hash, 31) + value) | 0;
      return hash;
    });
}
