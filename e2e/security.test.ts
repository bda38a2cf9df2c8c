/** What strangers may try: links, files, and code from elsewhere. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'playwright/test';
import { ALONE, openLab } from './lab.ts';

test('runs no code but its own', async ({ page }) => {
  await openLab(page, ALONE);
  const ran = await page.evaluate(async () => {
    const refused = new Set<string>();
    const isRefused = new Promise<void>((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        refused.add(effectiveDirective);
        if (refused.size === 3) resolve();
      });
    });
    const inline = document.createElement('script');
    inline.textContent = 'window.stranger = "inline"';
    document.head.append(inline);
    const image = document.createElement('img');
    image.setAttribute('onerror', 'window.stranger = "handler"');
    image.src = 'data:image/png;base64,broken';
    document.body.append(image);
    const elsewhere = await fetch('https://example.org/').then(
      () => 'fetched',
      () => 'refused',
    );
    await isRefused;
    return { refused: [...refused], elsewhere, stranger: 'stranger' in window };
  });
  expect(ran.stranger).toBe(false);
  expect(ran.elsewhere).toBe('refused');
  expect(ran.refused.sort()).toEqual(['connect-src', 'script-src-attr', 'script-src-elem']);
  const [worker] = page.workers();
  const inWorker = await worker?.evaluate(() =>
    fetch('https://example.org/').then(
      () => 'fetched',
      () => 'refused',
    ),
  );
  expect(inWorker).toBe('refused');
});

test('shows what a link says as text, whatever it says', async ({ page }) => {
  const title = '<img src=x onerror=alert(1)>';
  await openLab(page, `#run=${encodeURIComponent(title)}*1*0*0*0.5*8&seed=<script>alert(1)</script>`);
  await expect(page.getByRole('region', { name: title, exact: true })).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('“<script>alert(1)</script>” is no value for seed');
  // The small pictures of the cards are the page's own.
  const foreign = 'main img:not(.loss-picture), main [onerror], .activity img, .activity script';
  expect(await page.locator(foreign).count()).toBe(0);
});

test('lets pages of its own host embed it, and no others', async ({ page, baseURL }) => {
  const lesson = `<!doctype html><iframe src="${baseURL}" title="lab"></iframe>`;
  const train = page.frameLocator('iframe').getByRole('button', { name: 'Train', exact: true });
  // A stand-in for a page beside the lab.
  await page.route('**/lesson', (route) => route.fulfill({ contentType: 'text/html', body: lesson }));
  await page.goto('./lesson');
  await expect(train).toBeVisible();
  const elsewhere = createServer((_, response) =>
    response.setHeader('Content-Type', 'text/html').end(lesson),
  );
  await new Promise<void>((resolve) => elsewhere.listen(0, resolve));
  await page.goto(`http://localhost:${(elsewhere.address() as AddressInfo).port}/`);
  await expect(page.frameLocator('iframe').locator('body')).toContainText('refused to connect');
  await expect(train).toHaveCount(0);
  elsewhere.close();
});
