/** Training without a page, on a stand-in that computes nothing. */

import { expect, it } from 'vitest';
import { trainTo } from './node-lab.ts';

it('timers, and with them signals, have their turn while a lab trains: Ctrl-C ends it in the middle', async () => {
  const lab = { step: 0, trainStep: async () => void lab.step++ };
  let heardAt: number | undefined;
  setTimeout(() => {
    heardAt = lab.step;
  });
  await trainTo(lab, 10_000);
  expect(heardAt).toBeLessThan(10_000);
});
