/** Every preset, live in a real browser: three at a time beside softmax, switched away from and back to while they train. */

import { expect, test } from 'playwright/test';
import { formatHash } from '../../src/app/state/url.ts';
import { FURTHER_PRESETS, runOf } from '../../src/losses/presets.ts';
import { experimentOf } from '../../src/training/in-tests.ts';
import { choose, chooseMore, numberIn, openLab, panelOf, press, reachStep } from '../lab.ts';
import { pause } from './worker.ts';

const BESIDE = 3;
const groups = Array.from({ length: Math.ceil(FURTHER_PRESETS.length / BESIDE) }, (_, i) =>
  FURTHER_PRESETS.slice(i * BESIDE, (i + 1) * BESIDE),
);

for (const group of groups) {
  test(`${group.map(({ title }) => title).join(', ')} train beside softmax, rest, and go on`, async ({
    page,
  }) => {
    const runs = ['S', ...group.map(({ name }) => name)].map(runOf);
    const hash = formatHash(experimentOf(runs, { backend: 'wasm', warmUpSteps: 30 }));
    await openLab(page, hash.startsWith('#') ? hash : `#${hash}`);
    await expect(page.getByRole('alert')).toHaveCount(0);
    await press(page, 'Train');
    await reachStep(page, 60);
    for (const { title } of group) await choose(panelOf(page, title), 'Softmax');
    await reachStep(page, (await numberIn(page, 'step')) + 20);
    for (const { title } of group) {
      // Its name says by now what it has been.
      const panel = page.locator('section.panel').nth(1 + group.findIndex((each) => each.title === title));
      await chooseMore(panel, title);
    }
    await reachStep(page, (await numberIn(page, 'step')) + 60);
    await pause(page);
    for (const [index, panel] of (await page.locator('section.panel').all()).entries()) {
      const alert = panel.getByRole('alert');
      // Batch-hard triplets pull everything into one point: by the step at which this looks, or later.
      const collapses = group[index - 1]?.name === 'triplet-batch-hard';
      if (collapses && (await alert.count()) > 0) {
        await expect(alert).toContainText('This run collapsed into one point');
        continue;
      }
      await expect(alert).toHaveCount(0);
      expect(await numberIn(panel, 'loss')).toBeGreaterThanOrEqual(0);
      expect(await numberIn(panel, 'test-accuracy')).toBeGreaterThan(collapses ? 0.05 : 0.1);
    }
    expect(await page.locator('body').innerText()).not.toMatch(/NaN|Infinity/);
  });
}
