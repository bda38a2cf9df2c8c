/**
 * The letter's three measures (Gao et al. 2018, Table II), on any set of centres:
 * D1 is the mean distance of a sample to its own centre (intraclass, smaller is tighter), D2 the mean
 * distance over pairs of centres, D3 the mean distance of a sample to the other centres (interclass,
 * larger is wider). D2/D1 has no unit and compares runs of different scale.
 */

import { classesWithCentre, type LabelledFeatures } from './classes.ts';

export interface LetterMeasures {
  readonly D1: number;
  readonly D2: number;
  readonly D3: number;
}

/**
 * @param centres [classes × dim]; a class whose centre is not finite (it has no samples) takes no part
 * @returns NaN where nothing can be averaged: no samples, or fewer than two centres
 */
export function letterMeasures(
  { features, labels, dim }: LabelledFeatures,
  centres: Float32Array,
): LetterMeasures {
  const present = classesWithCentre(centres, dim);
  let own = 0;
  let ownCount = 0;
  let others = 0;
  let othersCount = 0;
  for (let i = 0; i < labels.length; i++) {
    for (const j of present) {
      const distance = distanceBetween(features, i, centres, j, dim);
      if (j === labels[i]) {
        own += distance;
        ownCount++;
      } else {
        others += distance;
        othersCount++;
      }
    }
  }
  let pairs = 0;
  let pairCount = 0;
  for (const [position, j] of present.entries()) {
    for (const k of present.slice(position + 1)) {
      pairs += distanceBetween(centres, j, centres, k, dim);
      pairCount++;
    }
  }
  return { D1: own / ownCount, D2: pairs / pairCount, D3: others / othersCount };
}

/** ‖a_i − b_j‖ of rows i and j of two row-major matrices with `dim` columns. */
export function distanceBetween(a: Float32Array, i: number, b: Float32Array, j: number, dim: number): number {
  let sum = 0;
  for (let k = 0; k < dim; k++) {
    const difference = (a[i * dim + k] as number) - (b[j * dim + k] as number);
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}
