/**
 * The receiver operating characteristic of two kinds of pairs: the piecewise linear curve through
 * (FAR, TAR) at every threshold; ties are diagonal. A pair is accepted where its distance is at or below
 * the threshold. TAR is the share of genuine pairs accepted, FAR that of impostor pairs, FRR = 1 − TAR.
 */

import type { Scores } from './pairs.ts';

/** The ROC's corners, rising; `thresholds[k]` accepts everything at or below it. All are [corners] long. */
export interface Roc {
  /** Pairs accepted: whole numbers, so that what is equal compares as equal. The last ones are all there are. */
  readonly genuine: Uint32Array;
  readonly impostor: Uint32Array;
  /** The same as shares of their kind. */
  readonly tar: Float64Array;
  readonly far: Float64Array;
  readonly thresholds: Float64Array;
}

const NO_CURVE: Roc = {
  genuine: new Uint32Array(0),
  impostor: new Uint32Array(0),
  tar: new Float64Array(0),
  far: new Float64Array(0),
  thresholds: new Float64Array(0),
};

/** @throws RangeError for a score that is not a number: a NaN has no place in an order. Without pairs of both kinds there is no curve: empty arrays. */
export function rocOf(scores: Scores): Roc {
  // Typed arrays sort by value, NaN last.
  const own = scores.genuine.slice().sort();
  const other = scores.impostor.slice().sort();
  if (Number.isNaN(own.at(-1)) || Number.isNaN(other.at(-1))) {
    throw new RangeError('A distance that is not a number can’t be verified.');
  }
  if (own.length === 0 || other.length === 0) return NO_CURVE;
  const most = own.length + other.length + 1;
  const genuine = new Uint32Array(most);
  const impostor = new Uint32Array(most);
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
    genuine[corners] = accepted;
    impostor[corners] = wrong;
    thresholds[corners] = threshold;
    corners++;
  }
  const found = { genuine: genuine.subarray(0, corners), impostor: impostor.subarray(0, corners) };
  return {
    ...found,
    tar: Float64Array.from(found.genuine, (count) => count / own.length),
    far: Float64Array.from(found.impostor, (count) => count / other.length),
    thresholds: thresholds.subarray(0, corners),
  };
}

/** NaN for an empty curve. */
export function areaUnder({ genuine, impostor }: Roc): number {
  // Twice the area, in pairs of pairs: whole numbers.
  let area = 0;
  for (let k = 1; k < genuine.length; k++) {
    const width = (impostor[k] as number) - (impostor[k - 1] as number);
    area += width * ((genuine[k] as number) + (genuine[k - 1] as number));
  }
  return area / (2 * (genuine.at(-1) ?? 0) * (impostor.at(-1) ?? 0));
}

/** Where the curve meets FAR = 1 − TAR; NaN for an empty one. */
export function equalErrorOf({ genuine, impostor, thresholds }: Roc): {
  readonly rate: number;
  readonly threshold: number;
} {
  const [ofGenuine, ofImpostor] = [genuine.at(-1) ?? 0, impostor.at(-1) ?? 0];
  // FAR + TAR − 1 over a common denominator: a whole number.
  const excess = (k: number) =>
    (impostor[k] as number) * ofGenuine + (genuine[k] as number) * ofImpostor - ofGenuine * ofImpostor;
  for (let k = 1; k < genuine.length; k++) {
    const after = excess(k);
    if (after < 0) continue;
    const before = excess(k - 1);
    // The corner before lies below, so the two differ.
    const t = before / (before - after);
    const wrong = (1 - t) * (impostor[k - 1] as number) + t * (impostor[k] as number);
    return { rate: wrong / ofImpostor, threshold: thresholds[k] as number };
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
