/** LeNets++ on plain JavaScript takes minutes a step, and more to prepare: the reader is answered all the same. */

import { expect, type Page, test } from 'playwright/test';
import { ALONE, choose, isReady, openLab, press, reachStep } from '../lab.ts';
import { keepWorkers } from './worker.ts';

/** Five seconds, and the start of another worker on a busy machine. */
const ANSWERED = { timeout: 15_000 };

const status = (page: Page) => page.getByRole('status');
const backend = (page: Page) => page.getByRole('combobox', { name: 'Backend' });
const network = (page: Page) => page.getByRole('combobox', { name: 'Network' });
/** Plots of runs that are no longer wanted. */
const dimmed = (page: Page) => page.locator('.plot-surface[aria-busy=true]');

/** Waits until the worker, which is asked twice a second, has said nothing for a while. */
const isInStep = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let timer = setTimeout(resolve, 1500);
        window.kept.workers.at(-1)?.addEventListener('message', () => {
          clearTimeout(timer);
          timer = setTimeout(resolve, 1500);
        });
      }),
  );

test('every choice is answered while the worker is in a step of minutes', async ({ page }) => {
  await keepWorkers(page);
  const panel = await openLab(page, `${ALONE}&backend=wasm`);
  await network(page).selectOption('lenets++');
  await press(page, 'Train');
  await reachStep(page, 1);
  await backend(page).selectOption('cpu');
  await expect(page.getByTestId('backend')).toHaveText('cpu', ANSWERED);
  await expect(status(page)).toHaveText('Training.', ANSWERED);
  await isInStep(page);
  await press(page, 'Pause');
  await expect(status(page)).toHaveText('Ready.', ANSWERED);
  await press(page, 'Train');
  await expect(status(page)).toHaveText('Training.', ANSWERED);

  await isInStep(page);
  await choose(panel, 'Margin');
  await expect(panel.getByTestId('phase')).toHaveText(/margin/, ANSWERED);
  await expect(status(page)).toHaveText('Training.', ANSWERED);

  await isInStep(page);
  const saved = page.waitForEvent('download', ANSWERED);
  await press(page, 'Save session');
  await saved;

  await press(page, 'Add panel');
  await expect(status(page)).toHaveText('Preparing the network.', ANSWERED);

  await page.getByRole('textbox', { name: 'Seed' }).fill('7');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('step')).toHaveText('0', ANSWERED);
  await expect(dimmed(page)).toHaveCount(2);
  await expect(status(page)).toHaveText('Preparing the network.', ANSWERED);

  await press(page, 'Reset');
  await expect(status(page)).toHaveText('Preparing the network.', ANSWERED);

  // Out of the trap.
  await backend(page).selectOption('wasm');
  await expect(page.getByTestId('backend')).toHaveText('wasm', ANSWERED);
  await network(page).selectOption('compact');
  await isReady(page);
  await expect(dimmed(page)).toHaveCount(0);
  await press(page, 'Step');
  await expect(page.getByTestId('step')).toHaveText('1', ANSWERED);
});

test('another network is dimmed until it is there, and can be left while it is prepared', async ({
  page,
}) => {
  await openLab(page, `${ALONE}&backend=cpu`);
  await press(page, 'Step');
  await expect(page.getByTestId('step')).toHaveText('1');
  await network(page).selectOption('lenets++');
  await expect(status(page)).toHaveText('Preparing the network.', ANSWERED);
  await expect(dimmed(page)).toHaveCount(1);
  await network(page).selectOption('compact');
  await expect(status(page)).toHaveText('Ready.', ANSWERED);
  await expect(dimmed(page)).toHaveCount(0);
});
