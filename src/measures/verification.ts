/**
 * Verification: are two samples of one class? A pair is accepted where its distance is below a
 * threshold. TAR is the share of genuine pairs accepted, FAR that of impostor pairs, FRR = 1 − TAR.
 * The ROC is the piecewise linear curve through (FAR, TAR) at every threshold; ties are diagonal.
 */

import type { Scores } from './pairs.ts';

export interface Verification {
  /** Area under the ROC: the chance that a genuine pair is nearer than an impostor one, ties half. */
  readonly auc: number;
  /** Where FAR = FRR. */
  readonly eer: number;
  /** The distance at which that is so. */
  readonly eerThreshold: number;
  readonly tarAtFar1e2: number;
  readonly tarAtFar1e3: number;
  /** |m_g − m_i| / √((s_g² + s_i²)/2). */
  readonly dPrime: number;
}

/** The ROC's corners, rising; `thresholds[k]` accepts everything at or below it. */
export interface Roc {
  readonly far: Float64Array;
  readonly tar: Float64Array;
  readonly thresholds: Float64Array;
}

/** @throws RangeError for a score that is not a number: a NaN has no place in an order */
export function verify(scores: Scores): Verification {
  const roc = rocOf(scores);
  const { rate: eer, threshold: eerThreshold } = equalErrorOf(roc);
  return {
    auc: areaUnder(roc),
    eer,
    eerThreshold,
    tarAtFar1e2: tarAt(roc, 1e-2),
    tarAtFar1e3: tarAt(roc, 1e-3),
    dPrime: dPrime(scores),
  };
}

/** @throws RangeError as `verify`. Without pairs of both kinds there is no curve: empty arrays. */
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

function dPrime({ genuine, impostor }: Scores): number {
  const own = momentsOf(genuine);
  const other = momentsOf(impostor);
  return Math.abs(own.mean - other.mean) / Math.sqrt((own.variance + other.variance) / 2);
}

function momentsOf(values: Float32Array): { mean: number; variance: number } {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let variance = 0;
  for (const value of values) variance += (value - mean) ** 2 / values.length;
  return values.length === 0 ? { mean: Number.NaN, variance: Number.NaN } : { mean, variance };
}

export const LFW_FOLDS = 10;
export const LFW_PAIRS = 300;

/**
 * Accuracy as on Labeled Faces in the Wild (Huang et al. 2007): ten folds of 300 genuine and 300
 * impostor pairs; the threshold that is best on nine decides the tenth.
 *
 * @param scores at least 3,000 of each kind; the first ones are taken
 * @returns mean over the folds and their standard deviation (of the ten, not of a sample); NaN where pairs are missing
 */
export function lfwAccuracy({ genuine, impostor }: Scores): {
  readonly mean: number;
  readonly deviation: number;
} {
  if (Math.min(genuine.length, impostor.length) < LFW_FOLDS * LFW_PAIRS) {
    return { mean: Number.NaN, deviation: Number.NaN };
  }
  const accuracies = Array.from({ length: LFW_FOLDS }, (_, fold) => {
    const isHeld = (i: number) => Math.floor(i / LFW_PAIRS) === fold;
    const part = (values: Float32Array, held: boolean) =>
      values.subarray(0, LFW_FOLDS * LFW_PAIRS).filter((_, i) => isHeld(i) === held);
    const threshold = bestThreshold({ genuine: part(genuine, false), impostor: part(impostor, false) });
    const right =
      part(genuine, true).filter((distance) => distance <= threshold).length +
      part(impostor, true).filter((distance) => distance > threshold).length;
    return right / (2 * LFW_PAIRS);
  });
  const mean = accuracies.reduce((sum, value) => sum + value, 0) / LFW_FOLDS;
  const variance = accuracies.reduce((sum, value) => sum + (value - mean) ** 2, 0) / LFW_FOLDS;
  return { mean, deviation: Math.sqrt(variance) };
}

/** The threshold at which most pairs are decided rightly: halfway to the next distance, the lowest of equals. */
function bestThreshold(scores: Scores): number {
  const { far, tar, thresholds } = rocOf(scores);
  const weight = scores.genuine.length / scores.impostor.length;
  let best = 0;
  for (let k = 1; k < far.length; k++) {
    const gain = (tar[k] as number) * weight - (far[k] as number);
    if (gain > (tar[best] as number) * weight - (far[best] as number)) best = k;
  }
  const next = thresholds[best + 1] ?? (thresholds[best] as number);
  return best === 0 ? Number.NEGATIVE_INFINITY : ((thresholds[best] as number) + next) / 2;
}
