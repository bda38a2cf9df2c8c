/** The policy of the page's own server, on every way to compute: WebGL by the processor makes it long. */

import { expect, test } from 'playwright/test';
import { openLab, press, reachStep } from '../lab.ts';

test('asks nobody but its own host, and its policy refuses nothing that it needs', async ({
  page,
  baseURL,
}) => {
  const origins = new Set<string>();
  const violations: string[] = [];
  page.on('request', (request) => {
    if (/^https?:/.test(request.url())) origins.add(new URL(request.url()).origin);
  });
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) violations.push(message.text());
  });
  await openLab(page);
  await press(page, 'Train');
  await reachStep(page, 5);
  for (const backend of ['webgl', 'cpu']) {
    await page.getByRole('combobox', { name: 'Backend' }).selectOption(backend);
    await expect(page.getByTestId('backend')).toHaveText(backend);
  }
  await page.getByRole('button', { name: 'Menu of Margin', exact: true }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: 'The losses' }).scrollIntoViewIfNeeded();
  await expect(page.locator('math').first()).toBeVisible();
  expect([...origins]).toEqual([new URL(baseURL ?? '').origin]);
  expect(violations).toEqual([]);
});
