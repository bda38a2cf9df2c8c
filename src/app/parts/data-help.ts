/** Help on numbers and controls whose text depends on the data set: shown on hover and on focus, beside help.ts. */

import type { DataSet } from '../../data/set.ts';

export function dataHelp({ word: { one, many }, counts, probe }: DataSet) {
  return {
    epoch: `Passes over the ${whole(counts.train)} training images, with fraction.`,
    wholeAccuracy: `Accuracy on all ${whole(counts.test)} test images, at the end of the last epoch.`,
    samples: `The test images that the plots show: ${whole(probe.perClass)} of each ${one}, or all. With all, snapshots come less often. The timeline begins anew.`,
    heldOut: `${capital(many)} that training never sees; the plots show them hollow. Starts again from step 0.`,
  };
}

/** Made once: `toLocaleString` would make one each time, and notes are written with every frame. */
const WHOLE = new Intl.NumberFormat('en');

/** A count as it is written: 10,000. */
export function whole(count: number): string {
  return WHOLE.format(count);
}

/** A word as a sentence begins with it. */
export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
