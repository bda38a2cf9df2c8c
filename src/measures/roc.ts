/**
 * The receiver operating characteristic of two kinds of pairs: the piecewise linear curve through
 * (FAR, TAR) at every threshold; ties are diagonal. A pair is accepted where its distance is at or below
 * the threshold. TAR is the share of genuine pairs accepted, FAR that of impostor pairs, FRR = 1 − TAR.
 */

import type { Scores } from './pairs.ts';

/** The ROC's corners, rising; `thresholds[k]` accepts everything at or below it. */
export interface Roc {
  readonly far: Float64Array;
  readonly tar: Float64Array;
  readonly thresholds: Float64Array;
}

/** @throws RangeError for a score that is not a number: a NaN has no place in an order. Without pairs of both kinds there is no curve: empty arrays. */
export function rocOf({ genuine, impostor }: Scores): Roc {
  // Typed arrays sort by value, NaN last.
  const own = genuine.slice().sort();
  const other = impostor.slice().sort();
  if (Number.isNaN(own.at(-1)) || Number.isNaN(other.at(-1))) {
    throw new RangeError('A distance that is not a number can’t be verified.');
  }
  if (own.length === 0 || other.length === 0) {
    return { far: new Float64Array(0), tar: new Float64Array(0), thresholds: new Float64Array(0) };
  }
  const most = own.length + other.length + 1;
  const far = new Float64Array(most);
  const tar = new Float64Array(most);
  const thresholds = new Float64Array(most);
  thresholds[0] = Number.NEGATIVE_INFINITY;
  let corners = 1;
  let accepted = 0;
  let wrong = 0;
  while (accepted < own.length || wrong < other.length) {
    const threshold = Math.min(
      own[accepted] ?? Number.POSITIVE_INFINITY,
      other[wrong] ?? Number.POSITIVE_INFINITY,
    );
    while (accepted < own.length && (own[accepted] as number) <= threshold) accepted++;
    while (wrong < other.length && (other[wrong] as number) <= threshold) wrong++;
    far[corners] = wrong / other.length;
    tar[corners] = accepted / own.length;
    thresholds[corners] = threshold;
    corners++;
  }
  return {
    far: far.subarray(0, corners),
    tar: tar.subarray(0, corners),
    thresholds: thresholds.subarray(0, corners),
  };
}

/** NaN for an empty curve. */
export function areaUnder({ far, tar }: Roc): number {
  if (far.length === 0) return Number.NaN;
  let area = 0;
  for (let k = 1; k < far.length; k++) {
    const width = (far[k] as number) - (far[k - 1] as number);
    area += (width * ((tar[k] as number) + (tar[k - 1] as number))) / 2;
  }
  return area;
}

/** Where the curve meets FAR = 1 − TAR; NaN for an empty one. */
export function equalErrorOf({ far, tar, thresholds }: Roc): {
  readonly rate: number;
  readonly threshold: number;
} {
  for (let k = 1; k < far.length; k++) {
    const after = (far[k] as number) + (tar[k] as number) - 1;
    if (after < 0) continue;
    const before = (far[k - 1] as number) + (tar[k - 1] as number) - 1;
    const t = after === before ? 0 : -before / (after - before);
    const rate = (far[k - 1] as number) + t * ((far[k] as number) - (far[k - 1] as number));
    return { rate, threshold: thresholds[k] as number };
  }
  return { rate: Number.NaN, threshold: Number.NaN };
}

/** The highest TAR at which FAR is no more than asked for, on the curve; NaN for an empty one. */
export function tarAt({ far, tar }: Roc, wanted: number): number {
  if (far.length === 0) return Number.NaN;
  for (let k = 1; k < far.length; k++) {
    const [x0, x1] = [far[k - 1] as number, far[k] as number];
    if (x1 <= wanted) continue;
    const t = (wanted - x0) / (x1 - x0);
    return (tar[k - 1] as number) + t * ((tar[k] as number) - (tar[k - 1] as number));
  }
  return 1;
}

/** FAR and TAR where everything at or below a distance is accepted. */
export function ratesAt({ far, tar, thresholds }: Roc, threshold: number): { far: number; tar: number } {
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((thresholds[middle] as number) <= threshold) low = middle + 1;
    else high = middle;
  }
  return { far: far[low - 1] ?? Number.NaN, tar: tar[low - 1] ?? Number.NaN };
}
