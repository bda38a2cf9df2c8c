/** Other data than MNIST, where the host has them. */

import { existsSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { isReady, openLab, panelOf, press, reachStep } from './lab.ts';

const PREPARED = existsSync('dist/data/fashion-mnist/manifest.json');

test('a host that has MNIST alone offers MNIST alone', async ({ page }) => {
  await page.route('**/data/sets.json', (route) => route.fulfill({ json: ['mnist'] }));
  await openLab(page);
  await expect(page.getByRole('combobox', { name: 'Data', exact: true }).locator('option')).toHaveText([
    'MNIST',
  ]);
});

test('a list that is none, or names what is unknown, offers MNIST alone', async ({ page }) => {
  await page.route('**/data/sets.json', (route) => route.fulfill({ body: '["letters", 3, {}]' }));
  await openLab(page);
  await expect(page.getByRole('combobox', { name: 'Data', exact: true }).locator('option')).toHaveText([
    'MNIST',
  ]);
});

test('Fashion-MNIST is learnt under the names of its classes, and is in the link', async ({ page }) => {
  test.skip(!PREPARED, 'npm run data -- fashion-mnist prepares it');
  await openLab(page, '#run=Embedding*1*0.1*0*0.5*8');
  await page.getByRole('combobox', { name: 'Data', exact: true }).selectOption('Fashion-MNIST');
  await expect(page).toHaveURL(/data=fashion-mnist/);
  await expect(panelOf(page, 'Embedding')).toContainText('MNIST');
  await press(page, 'Train');
  await reachStep(page, 20);
  await press(page, 'Pause');
  await isReady(page);
  await expect(page.getByRole('button', { name: 'Light piece Sneaker' })).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Leave out Bag' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Data', exact: true }).selectOption('MNIST');
  await expect(page).not.toHaveURL(/data=/);
  await expect(page.getByTestId('step')).toHaveText('0');
});
