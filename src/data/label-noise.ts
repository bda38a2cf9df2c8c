/** Wrong labels on purpose: a seeded share of the training set says another class than it shows (symmetric noise). */

import { createRandom } from './random.ts';

export interface LabelNoise {
  /** 1 to 2³² − 1. */
  readonly seed: number;
  /** Share of the samples whose label is wrong, 0 to 1. */
  readonly share: number;
  /** Labels that a wrong label may say; of other samples the labels stay. */
  readonly classes: readonly number[];
}

/**
 * Each sample of these classes gets, with a probability of `share`, one of the other classes, all alike (Patrini et al.
 * 2017, symmetric noise). Which ones depends on seed and place alone.
 *
 * @param labels [count]
 * @returns [count]; the identical array without noise
 */
export function withWrongLabels(labels: Uint8Array, { seed, share, classes }: LabelNoise): Uint8Array {
  if (share === 0 || classes.length < 2) return labels;
  const random = createRandom(seed, 'label noise');
  const placeOf = new Map(classes.map((label, place) => [label, place]));
  return labels.map((label) => {
    // Drawn for every sample, so that what is held out does not change the others.
    const [isWrong, draw] = [random.uniform() < share, random.uniform()];
    const place = placeOf.get(label);
    if (!isWrong || place === undefined) return label;
    const shift = 1 + Math.floor(draw * (classes.length - 1));
    return classes[(place + shift) % classes.length] as number;
  });
}
