/** Pairs of samples, as faces are verified: genuine (of one class) and impostor (of two). */

import { createRandom, type Random } from '../data/random.ts';
import type { LabelledFeatures } from './classes.ts';

/** Rows of both samples of each pair, [count] each. */
export interface Pairs {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
}

export interface PairSet {
  readonly genuine: Pairs;
  readonly impostor: Pairs;
}

export interface PairOptions {
  /** Pairs of each kind. */
  readonly count: number;
  readonly seed: number;
  /** True where each pair of a small set is to be taken once, if there are no more of either kind than `count`. */
  readonly mayBeAll?: boolean;
}

/**
 * Pairs drawn with a seed: the first sample of any class (genuine: of any class with two samples), the
 * second among all others of the same class, or of the other classes. Pairs may repeat.
 *
 * @param labels [count]
 * @returns empty sets where no such pair exists
 */
export function drawPairs(labels: Uint8Array, { count, seed, mayBeAll = false }: PairOptions): PairSet {
  const random = createRandom(seed, 'pairs');
  const members = membersOf(labels);
  const all = Uint32Array.from(labels, (_, row) => row);
  const matched = all.filter((row) => (members[labels[row] as number]?.length ?? 0) > 1);
  const isMixed = members.filter(({ length }) => length > 0).length > 1;
  const sizes = members.map(({ length }) => length);
  const genuineCount = sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
  const impostorCount = (labels.length * (labels.length - 1)) / 2 - genuineCount;
  const isGenuine = (a: number, b: number) => labels[a] === labels[b];
  if (mayBeAll && genuineCount <= count && impostorCount <= count)
    return {
      genuine: allPairs(labels.length, isGenuine),
      impostor: allPairs(labels.length, (a, b) => !isGenuine(a, b)),
    };
  return {
    genuine: pairs(matched.length > 0 ? count : 0, (i, { first, second }) => {
      const row = pick(matched, random);
      const others = members[labels[row] as number] as Uint32Array;
      first[i] = row;
      do second[i] = pick(others, random);
      while (second[i] === row);
    }),
    impostor: pairs(isMixed ? count : 0, (i, { first, second }) => {
      const row = pick(all, random);
      first[i] = row;
      do second[i] = pick(all, random);
      while (labels[second[i] as number] === labels[row]);
    }),
  };
}

/** Each pair of rows once for which that is so. */
function allPairs(count: number, isTaken: (a: number, b: number) => boolean): Pairs {
  const [first, second]: [number[], number[]] = [[], []];
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      if (!isTaken(a, b)) continue;
      first.push(a);
      second.push(b);
    }
  }
  return { first: Uint32Array.from(first), second: Uint32Array.from(second) };
}

/** The rows of each class, up to the largest label. */
function membersOf(labels: Uint8Array): Uint32Array[] {
  const rows: number[][] = Array.from({ length: labels.reduce((a, b) => Math.max(a, b), -1) + 1 }, () => []);
  for (const [row, label] of labels.entries()) rows[label]?.push(row);
  return rows.map((own) => Uint32Array.from(own));
}

/** How alike two samples are: by their distance, or by their angle at the origin. */
export const METRICS = ['euclidean', 'cosine'] as const;
export type Metric = (typeof METRICS)[number];

/** The metrics for a reader. */
export const METRIC_TEXTS: Record<
  Metric,
  { readonly title: string; readonly adjective: string; readonly sentence: string }
> = {
  euclidean: {
    title: 'Euclidean',
    adjective: 'Euclidean',
    sentence: 'Pairs are compared by their distance.',
  },
  cosine: {
    title: 'Cosine',
    adjective: 'cosine',
    sentence: 'Pairs are compared by the angle between them, seen from the origin.',
  },
};

/** Distances of genuine and impostor pairs, smaller for samples that are more alike. */
export interface Scores {
  readonly genuine: Float32Array;
  readonly impostor: Float32Array;
}

export function scorePairs(
  labelled: LabelledFeatures,
  { genuine, impostor }: PairSet,
  metric: Metric,
): Scores {
  const distance = metric === 'euclidean' ? euclidean : cosine(labelled);
  const score = ({ first, second }: Pairs) =>
    Float32Array.from(first, (row, i) => distance(labelled, row, second[i] as number));
  return { genuine: score(genuine), impostor: score(impostor) };
}

function euclidean({ features, dim }: LabelledFeatures, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k < dim; k++) {
    sum += ((features[i * dim + k] as number) - (features[j * dim + k] as number)) ** 2;
  }
  return Math.sqrt(sum);
}

/** 1 − cosθ. A sample at the origin has no direction: its cosine with any is taken as 0. */
function cosine({ features, labels, dim }: LabelledFeatures) {
  const norms = Float64Array.from(labels, (_, i) => Math.hypot(...features.subarray(i * dim, (i + 1) * dim)));
  return (_: LabelledFeatures, i: number, j: number): number => {
    const norm = (norms[i] as number) * (norms[j] as number);
    if (!(norm > 0)) return Number.isNaN(norm) ? Number.NaN : 1;
    let dot = 0;
    for (let k = 0; k < dim; k++)
      dot += (features[i * dim + k] as number) * (features[j * dim + k] as number);
    return 1 - dot / norm;
  };
}

function pairs(count: number, draw: (i: number, pairs: Pairs) => void): Pairs {
  const result = { first: new Uint32Array(count), second: new Uint32Array(count) };
  for (let i = 0; i < count; i++) draw(i, result);
  return result;
}

function pick(rows: Uint32Array, random: Random): number {
  return rows[random.int(rows.length)] as number;
}
