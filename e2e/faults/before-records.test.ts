/**
 * A session file and a link from before losses, measures and data sets were records: the page opens them and goes
 * on as it did then. To the bit, and over more steps: scripts/before-records.test.ts.
 */

import { expect, type Page, test } from 'playwright/test';
import expected from '../before-records/expected.json' with { type: 'json' };
import inHalves from '../before-records/in-halves.json' with { type: 'json' };
import { isReady, openLab, panelOf, press } from '../lab.ts';

// A fault on purpose: kernels with relaxed SIMD round as each machine likes; where they do not come, plain SIMD computes.
test.beforeEach(({ page }) => page.route('**/relaxed*.wasm', (route) => route.fulfill({ status: 404 })));

async function step(page: Page, to: number): Promise<void> {
  await press(page, 'Step');
  await expect(page.getByTestId('step')).toHaveText(String(to));
}

/** Every panel reads its loss to four digits. */
async function expectLosses(
  page: Page,
  runs: readonly { readonly title: string }[],
  losses: readonly { readonly total: number }[],
): Promise<void> {
  expect(losses).toHaveLength(runs.length);
  for (const [index, { total }] of losses.entries()) {
    const panel = panelOf(page, runs[index]?.title ?? '');
    await expect(panel.getByTestId('loss')).toHaveText(total.toFixed(4));
  }
}

test('a session file from before the records goes on', async ({ page }) => {
  const { session } = expected;
  const { runs, seed, warmUpSteps } = session.experiment;
  await openLab(page, '#seed=5');
  await page.locator('input[type=file]').setInputFiles('e2e/before-records/session.mll');
  await expect(page.getByTestId('step')).toHaveText(String(session.step));
  await expect(page.getByRole('region').filter({ has: page.getByTestId('loss') })).toHaveCount(runs.length);
  for (const { title } of runs) await expect(panelOf(page, title)).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Seed' })).toHaveValue(String(seed));
  await expect(page.getByRole('textbox', { name: 'Warm-up' })).toHaveValue(String(warmUpSteps));
  await isReady(page);
  await step(page, session.step + 1);
  await expectLosses(page, runs, inHalves.session.losses['1']);
  await step(page, session.step + 2);
  await expectLosses(page, runs, inHalves.session.losses['2']);
});

test('a link from before the records trains as it did', async ({ page }) => {
  const { runs } = expected.fresh.experiment;
  await openLab(page, expected.link);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await step(page, 1);
  await expectLosses(page, runs, inHalves.fresh.losses['1']);
});
