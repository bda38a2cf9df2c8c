/** Pages that never start: there are words in place of a blank page, and a page that starts takes them away. */

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page, test } from 'playwright/test';
import { isReady } from '../lab.ts';
import { asPlainText, Host, missing } from './host.ts';

/** The page's main script. */
const MAIN = /^\/assets\/index-.*\.js$/;

const notStarted = (page: Page) => page.getByText('The lab has not started yet.');

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page says that it needs it', async ({ page }) => {
    await page.goto('./');
    // Playwright finds no text in a noscript.
    await expect(page.locator('noscript p')).toBeVisible();
    await expect(page.locator('noscript p')).toContainText('JavaScript, which is switched off');
    await expect(page.getByRole('heading', { name: 'Margin Loss Lab' })).toBeVisible();
    await expect(notStarted(page)).toBeHidden();
  });
});

test('opened as a file, it says what serves it', async ({ page }) => {
  await page.goto(pathToFileURL(path.resolve('dist/index.html')).href);
  await expect(notStarted(page)).toBeVisible();
  await expect(page.getByText('In the project’s folder, npm start is one.')).toBeVisible();
});

for (const [name, spoil] of Object.entries({ missing, asPlainText })) {
  test(`a main script that comes ${name} leaves words`, async ({ page }) => {
    const host = new Host();
    host.spoil = (file) => (MAIN.test(file) ? spoil : undefined);
    await host.open();
    await page.goto(host.url);
    await expect(notStarted(page)).toBeVisible();
    await expect(page.getByText('must be sent as text/javascript')).toBeVisible();
    await host.close();
  });
}

test('a main script that throws as it starts leaves words', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'matchMedia'));
  await page.goto('./');
  await expect(notStarted(page)).toBeVisible();
});

test('a script in a language newer than the browser’s leaves words', async ({ page }) => {
  // A stand-in: no browser knows this syntax.
  const body = 'match (location) { when Tomorrow: start() }';
  await page.route(/assets\/index-.*\.js/, (route) =>
    route.fulfill({ contentType: 'text/javascript', body }),
  );
  await page.goto('./');
  await expect(notStarted(page)).toBeVisible();
  await expect(page.getByText('Use a newer browser')).toBeVisible();
});

test('a main script that comes late starts the page all the same, which takes the words away', async ({
  page,
}) => {
  let arrive = () => {};
  const arrival = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route(/assets\/index-.*\.js/, async (route) => {
    await arrival;
    await route.continue();
  });
  await page.goto('./', { waitUntil: 'commit' });
  // Not before it is late.
  await expect(notStarted(page)).toBeAttached();
  await expect(notStarted(page)).toBeHidden();
  await expect(notStarted(page)).toBeVisible();
  arrive();
  await isReady(page);
  await expect(page.locator('.before-start')).toHaveCount(0);
});
