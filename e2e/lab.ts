/** What the end-to-end tests share: opening the lab, reading its numbers, waiting for steps. */

import { expect, type Locator, type Page } from 'playwright/test';

/** One run alone, for tests of what does not need company. */
export const ALONE = '#run=Embedding*1*0*0*0.5*8';
/** The panels of the page as it opens. */
export const TITLES = ['Softmax', 'Softmax + center', 'Margin'] as const;

export const panelOf = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });

/** Opens the page and waits until it can train; returns the first panel. */
export async function openLab(page: Page, hash = ''): Promise<Locator> {
  await page.goto(`./${hash}`);
  await isReady(page);
  await expect(page.getByTestId('backend')).not.toHaveText('–');
  const panel = page.locator('section.panel').first();
  await expect(panel).toBeVisible();
  return panel;
}

export async function numberIn(scope: Page | Locator, testId: string): Promise<number> {
  return Number(await scope.getByTestId(testId).textContent());
}

/** An assertion that waits looks once a second after a while; these are what tests wait for most. */
export const OFTEN = { intervals: [100] };

/** Waits until the lab is at rest and can train. */
export async function isReady(page: Page): Promise<void> {
  await expect.poll(() => page.getByRole('status').textContent(), OFTEN).toBe('Ready.');
}

/** Waits until that many steps are done. */
export async function reachStep(page: Page, step: number): Promise<void> {
  const atStep = () => numberIn(page, 'step');
  await expect.poll(atStep, { ...OFTEN, timeout: 120_000 }).toBeGreaterThanOrEqual(step);
}

export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
export const choose = (panel: Locator, loss: string) =>
  panel.getByRole('radio', { name: loss, exact: true }).check({ force: true });
/** A loss that is none of the three radios'. */
export async function chooseMore(panel: Locator, loss: string): Promise<void> {
  await panel.getByRole('button', { name: 'More losses', exact: true }).click();
  await panel.page().getByRole('menuitemradio', { name: loss, exact: true }).click();
}

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
