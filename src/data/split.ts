/** Which images of a folder are learnt and which are tested: a seeded split within each class. */

import { createRandom } from './random.ts';

/** Of each class so large a share is tested, at least one image; at least one is left to be learnt. */
export const TEST_SHARE = 0.2;

/** Test images of a class of this size. */
export function testCount(size: number): number {
  return Math.max(1, Math.min(size - 1, Math.round(size * TEST_SHARE)));
}

/** So many classes at random, rising: those that a training by identity holds out. @param count at most as many as there are */
export function drawnClasses(classes: number, count: number, seed: number): readonly number[] {
  const labels = Array.from({ length: classes }, (_, label) => label);
  const drawn = createRandom(seed, 'held-out classes').shuffle(labels).slice(0, count);
  return drawn.sort((a, b) => a - b);
}

export interface Split {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/**
 * @param labels [count], each class at least twice
 * @param heldOut classes that are never learnt: all of their images are tested, by identity
 * @returns rising indices; which ones depends on the seed and on each class alone
 */
export function splitWithin(
  labels: Uint8Array,
  classes: number,
  seed: number,
  heldOut: readonly number[] = [],
): Split {
  const tested = new Uint8Array(labels.length);
  for (let label = 0; label < classes; label++) {
    const own = Uint32Array.from(labels.keys()).filter((i) => labels[i] === label);
    const drawn = createRandom(seed, `split of class ${label}`).shuffle(own);
    const count = heldOut.includes(label) ? own.length : testCount(own.length);
    for (const i of drawn.subarray(0, count)) tested[i] = 1;
  }
  const all = Uint32Array.from(labels.keys());
  return { train: all.filter((i) => tested[i] === 0), test: all.filter((i) => tested[i] === 1) };
}
