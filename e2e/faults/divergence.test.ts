/** Runs that diverge or collapse: they wait in their last good state with a way out, the others go on. */

import { readFile, writeFile } from 'node:fs/promises';
import { expect, type Page, test } from 'playwright/test';
import { decodeSession, encodeSession } from '../../src/app/sessions/session-file.ts';
import { isReady, numberIn, openLab, panelOf, press, reachStep } from '../lab.ts';
import { isKept, offer } from './saved-sessions.ts';
import { notice, pause } from './worker.ts';

/** Two runs at step 10, then opened again with the first one's weights far out of any scale. */
async function openDiverging(page: Page, folder: (name: string) => string): Promise<void> {
  await openLab(page, '#backend=wasm&run=Wild*1*0*0*0.5*8&run=Tame*1*0.1*0*0.5*8');
  await press(page, 'Train');
  await reachStep(page, 10);
  await pause(page);
  const download = page.waitForEvent('download');
  await press(page, 'Save session');
  const session = await decodeSession(await readFile(await (await download).path()), 'The session');
  const [wild, tame] = session.checkpoint.runs;
  if (wild === undefined || tame === undefined) throw new Error('The session has two runs.');
  const parameters = wild.parameters.map((value) => value * 1e15);
  const runs = [{ ...wild, parameters }, tame];
  const file = folder('diverging.mll');
  await writeFile(file, await encodeSession({ ...session, checkpoint: { ...session.checkpoint, runs } }));
  await page.locator('input[type=file]').setInputFiles(file);
  await expect(notice(page)).toContainText('Opening a session ended the training');
  await isReady(page);
}

test('a run that is no longer a number waits, the other goes on, and no NaN gets anywhere', async ({
  page,
}, info) => {
  await openDiverging(page, (name) => info.outputPath(name));
  const start = await numberIn(page, 'step');
  await press(page, 'Train');
  const alert = panelOf(page, 'Wild').getByRole('alert');
  await expect(alert).toContainText(`This run diverged:`);
  await expect(alert).toContainText(`It waits as it was at step ${start}`);
  await reachStep(page, start + 60);
  await expect(panelOf(page, 'Tame').getByRole('alert')).toHaveCount(0);
  expect(await numberIn(panelOf(page, 'Tame'), 'loss')).toBeGreaterThan(0);
  await pause(page);
  expect(await page.locator('body').innerText()).not.toMatch(/NaN|Infinity/);
  const drawn = await page
    .locator('svg [d], svg [x], svg [cx], svg [transform]')
    .evaluateAll((all) =>
      all.map((each) =>
        ['d', 'x', 'y', 'cx', 'cy', 'transform'].map((name) => each.getAttribute(name)).join(),
      ),
    );
  expect(drawn.filter((text) => /NaN|Infinity/.test(text))).toEqual([]);
  expect(page.url()).not.toContain('NaN');
  const menuOf = (name: string) => page.getByRole('button', { name: `Menu of ${name}`, exact: true });
  const asCsv = page.getByRole('menuitem', { name: 'Save features as CSV', exact: true });
  // There is nothing of it to be saved.
  await menuOf('Wild').click();
  await expect(asCsv).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Escape');
  await menuOf('Tame').click();
  const download = page.waitForEvent('download');
  await asCsv.click();
  expect(await readFile(await (await download).path(), 'utf8')).not.toMatch(/NaN|Infinity/);
});

test('a run that waits is kept with its session, and the next visit has the way back', async ({
  page,
  context,
}, info) => {
  await openDiverging(page, (name) => info.outputPath(name));
  const start = await numberIn(page, 'step');
  await press(page, 'Train');
  await expect(panelOf(page, 'Wild').getByRole('alert')).toContainText('This run diverged');
  await reachStep(page, start + 40);
  await pause(page);
  const step = await numberIn(page, 'step');
  await isKept(page, step);
  await page.close();

  const next = await context.newPage();
  await openLab(next);
  // Newest first: what the opened session took the place of is kept as well.
  const newest = offer(next).getByRole('listitem').first();
  await expect(newest).toContainText(`Stopped at step ${step} Wild, Tame`);
  await newest.getByRole('button', { name: 'Go on there', exact: true }).click();
  await expect(next.getByTestId('step')).toHaveText(String(step));
  const alert = panelOf(next, 'Wild').getByRole('alert');
  await expect(alert).toContainText(`It waits as it was at step ${start}`);
  await isReady(next);
  // The other is gone: what it learnt must not come back with the way back.
  await next.getByRole('button', { name: 'Menu of Tame', exact: true }).click();
  await next.getByRole('menuitem', { name: 'Remove panel', exact: true }).click();
  await alert.getByRole('button', { name: `Go back to step ${start}`, exact: true }).click();
  await expect(next.getByTestId('step')).toHaveText(String(start));
  await expect(alert).toHaveCount(0);
  await expect(next.locator('section.panel')).toHaveCount(1);
});

test('features that collapse are found, and going back brings all runs back', async ({ page }) => {
  // Center loss alone is at its smallest where all features are one point.
  await openLab(page, '#backend=wasm&lr=0.003&warmup=0&run=Wild*0*2*0*0*12&run=Tame*1*0*0*0.5*8');
  await press(page, 'Train');
  const alert = panelOf(page, 'Wild').getByRole('alert');
  await expect(alert).toContainText('all its features fell into one point');
  await reachStep(page, (await numberIn(page, 'step')) + 20);
  const rate = page.getByRole('slider', { name: 'Learning rate' });
  await expect(rate).toHaveAttribute('aria-valuetext', '0.003');
  await alert.getByRole('button', { name: /^Halve the learning rate/ }).click();
  await expect(rate).toHaveAttribute('aria-valuetext', '0.0015');
  await expect(alert).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeEnabled();
  const at = await numberIn(page, 'step');
  await reachStep(page, at + 10);
});

test('without a way out the run alone stops training, and says so', async ({ page }, info) => {
  await openDiverging(page, (name) => info.outputPath(name));
  const start = await numberIn(page, 'step');
  await page.getByRole('button', { name: 'Menu of Tame', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Remove panel', exact: true }).click();
  await press(page, 'Train');
  await expect(panelOf(page, 'Wild').getByRole('alert')).toContainText('This run diverged');
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeDisabled();
  await page.getByRole('button', { name: `Go back to step ${start}`, exact: true }).click();
  await expect(page.getByTestId('step')).toHaveText(String(start));
});

test('a collapse that is in the nature of a loss is said in its words, with the setting that helps', async ({
  page,
}) => {
  const hard = 'run=Hard*0*0*1*0.5*8*metric:triplet;variant:batch-hard';
  await openLab(page, `#backend=wasm&lr=0.01&${hard}&run=Tame*1*0*0*0.5*8`);
  await press(page, 'Train');
  const alert = panelOf(page, 'Hard').getByRole('alert');
  await expect(alert).toContainText('This run collapsed into one point: the hardest triplets of a batch', {
    timeout: 120_000,
  });
  const way = alert.getByRole('button', { name: /^Mine semi-hard triplets and go on from step \d+$/ });
  await way.click();
  await expect(alert).toHaveCount(0);
  await expect(page.getByRole('combobox', { name: 'Mining', exact: true })).toHaveValue('semi-hard');
  await reachStep(page, (await numberIn(page, 'step')) + 100);
  await expect(alert).toHaveCount(0);
});
