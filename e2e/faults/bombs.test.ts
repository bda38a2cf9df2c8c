/** Files that are small and inflate to hundreds of megabytes: the page goes on meanwhile. */

import { gzipSync } from 'node:zlib';
import { expect, test } from 'playwright/test';
import { ALONE, numberIn, openLab, press, reachStep } from '../lab.ts';
import { notice } from './worker.ts';

const MEGABYTES = 250;

/** A file of the lab with one long array, as its header says. */
function bomb(): Buffer {
  const count = MEGABYTES * 2 ** 20;
  const header = JSON.stringify({ content: { kind: 'session' }, arrays: [['labels', 'u8', count]] });
  const start = Buffer.alloc(Math.ceil((12 + header.length) / 8) * 8);
  start.write('MLLAB 1\n');
  start.writeUInt32LE(header.length, 8);
  start.write(header, 12);
  return gzipSync(Buffer.concat([start, Buffer.alloc(Math.ceil(count / 8) * 8)]));
}

test('five gzip bombs in a row are refused off the page’s thread, and training goes on', async ({ page }) => {
  await openLab(page, ALONE);
  await press(page, 'Train');
  await reachStep(page, 5);
  await page.evaluate(() => {
    window.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
    }).observe({ type: 'longtask' });
  });
  const buffer = bomb();
  const input = page.locator('input[type=file]');
  for (const name of ['1.mll', '2.mll', '3.mll', '4.mll', '5.mll']) {
    await input.setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  }
  await expect(notice(page)).toContainText('The file 5.mll is damaged');
  // One for files, one for what is kept.
  expect(page.workers().filter((worker) => /session-worker/.test(worker.url()))).toHaveLength(2);
  await reachStep(page, (await numberIn(page, 'step')) + 20);
  const longest = await page.evaluate(() => window.longest);
  test.info().annotations.push({ type: 'longest task of the page, in ms', description: String(longest) });
});

declare global {
  interface Window {
    longest: number;
  }
}
