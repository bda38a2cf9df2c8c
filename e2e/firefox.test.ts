/** The main path in Firefox, where one is installed: driven over WebDriver BiDi, which Playwright does not speak. */

import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'playwright/test';
import { launch, type Page } from 'puppeteer-core';

/** $FIREFOX, or the first on the PATH. */
const firefox =
  process.env.FIREFOX ??
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .flatMap((folder) => ['firefox-esr', 'firefox'].map((name) => path.join(folder, name)))
    .find((file) => existsSync(file));

const textOf = (page: Page, selector: string) => page.$eval(selector, (element) => element.textContent ?? '');
const stepOf = async (page: Page) => Number(await textOf(page, '[data-testid=step]'));
/** In the first panel. */
const readingOf = async (page: Page, testId: string) =>
  Number(await textOf(page, `section.panel [data-testid="${testId}"]`));

async function press(page: Page, name: string): Promise<void> {
  const button = await page.waitForSelector(`aria/${name}[role="button"]`);
  await button?.click();
}

async function saysReady(page: Page): Promise<void> {
  await expect.poll(() => textOf(page, '[role=status]')).toBe('Ready.');
}

test('Firefox opens the lab, trains, switches the loss, turns back time', async ({ baseURL }) => {
  test.skip(firefox === undefined, 'There is no Firefox here.');
  const browser = await launch({ browser: 'firefox', executablePath: firefox ?? '', headless: true });
  try {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.setViewport({ width: 1440, height: 900 });
    await page.goto(baseURL ?? '');
    await saysReady(page);
    expect(await textOf(page, '[data-testid=backend]')).toMatch(/^(wasm|webgl|webgpu)$/);
    await press(page, 'Train');
    await expect.poll(() => stepOf(page)).toBeGreaterThanOrEqual(30);
    await page.locator('section.panel ::-p-aria([name="Margin"][role="radio"])').click();
    const switched = await stepOf(page);
    await expect.poll(() => stepOf(page)).toBeGreaterThanOrEqual(switched + 10);
    await press(page, 'Pause');
    await saysReady(page);
    expect(page.url()).toMatch(/run=Softmax\*0\*0\*1/);
    expect(await readingOf(page, 'test-accuracy')).toBeGreaterThan(0.3);
    expect(await readingOf(page, 'D1')).toBeGreaterThan(0);
    const before = await stepOf(page);
    await press(page, 'Step');
    const newestFrame = () => page.$eval('[aria-label=Timeline]', (slider) => slider.getAttribute('max'));
    await expect.poll(newestFrame).toBe(String(before + 1));
    const accuracy = await readingOf(page, 'test-accuracy');
    await page.focus('aria/Timeline[role="slider"]');
    await page.keyboard.press('Home');
    await expect.poll(() => readingOf(page, 'test-accuracy')).not.toBe(accuracy);
    await press(page, 'Go live');
    await expect.poll(() => readingOf(page, 'test-accuracy')).toBe(accuracy);
    expect(errors).toEqual([]);
  } finally {
    await browser.close();
  }
});
