/**
 * How well classes hold together and stand apart, by the field's standard numbers, all on the class
 * means μ_j of the samples themselves. Classes without samples take no part. Every number is NaN where
 * it is not defined: with fewer than two classes, or where nothing spreads.
 */

import { createRandom } from '../data/random.ts';
import { classCounts, classMeans, type LabelledFeatures, rowsOf } from './classes.ts';
import { distanceBetween } from './euclidean.ts';
import { type Measure, type MeasureContext, seenSamples } from './measure.ts';

export interface Separability {
  /** S_w = (1/N) Σ‖x_i − μ_{y_i}‖². */
  readonly intraVariance: number;
  /** Trace ratio Σ n_j‖μ_j − μ‖² / Σ‖x_i − μ_{y_i}‖². */
  readonly fisherRatio: number;
  /** The same with both sums divided by their degrees of freedom, K − 1 and N − K (Caliński & Harabasz 1974). */
  readonly calinskiHarabasz: number;
  /** Mean over classes of the worst (σ_j + σ_k)/‖μ_j − μ_k‖; smaller is better (Davies & Bouldin 1979). */
  readonly daviesBouldin: number;
  /** Mean (b − a)/max(a, b) over a sample of the samples (Rousseeuw 1987). */
  readonly silhouette: number;
  /** min ‖μ_j − μ_k‖. */
  readonly smallestMeanDistance: number;
  /** Standard deviation of the means' distances to their centroid, divided by their mean: 0 for a ring. */
  readonly radiusSpread: number;
}

export function separability(labelled: LabelledFeatures): Separability {
  const means = classMeans(labelled);
  const present = presentClasses(labelled);
  const { within, between } = scatter(labelled, means, present);
  const samples = labelled.labels.length;
  const classes = present.length;
  return {
    intraVariance: within / samples,
    fisherRatio: classes < 2 ? Number.NaN : ratio(between, within),
    calinskiHarabasz: classes < 2 ? Number.NaN : ratio(between / (classes - 1), within / (samples - classes)),
    daviesBouldin: daviesBouldin(labelled, means, present),
    silhouette: silhouette(labelled),
    smallestMeanDistance: smallestDistance(means, present, labelled.dim),
    radiusSpread: radiusSpread(means, present, labelled.dim),
  };
}

/** Silhouettes cost the square of the samples: so many, drawn with a seed, say enough. */
const SILHOUETTE_SAMPLES = 1000;

/** The mean silhouette; a sample alone in its class, and one that is as near to both, counts 0. */
export function silhouette(labelled: LabelledFeatures, most = SILHOUETTE_SAMPLES, seed = 1): number {
  const chosen = drawn(labelled, most, seed);
  const { features, labels, dim, classes } = chosen;
  const counts = classCounts(chosen);
  const present = presentClasses(chosen);
  if (present.length < 2) return Number.NaN;
  let sum = 0;
  const distances = new Float64Array(classes);
  for (let i = 0; i < labels.length; i++) {
    distances.fill(0);
    for (let j = 0; j < labels.length; j++) {
      const label = labels[j] as number;
      distances[label] = (distances[label] as number) + distanceBetween(features, i, features, j, dim);
    }
    const own = labels[i] as number;
    const others = (counts[own] as number) - 1;
    if (others === 0) continue;
    const a = (distances[own] as number) / others;
    let b = Number.POSITIVE_INFINITY;
    for (const label of present) {
      if (label !== own) b = Math.min(b, (distances[label] as number) / (counts[label] as number));
    }
    const larger = Math.max(a, b);
    sum += larger === 0 ? 0 : (b - a) / larger;
  }
  return sum / labels.length;
}

function presentClasses(labelled: LabelledFeatures): number[] {
  return [...classCounts(labelled)].flatMap((count, label) => (count > 0 ? [label] : []));
}

/** Sums of squares: of samples to their means, and of means to the mean of all, a sample each. */
function scatter(
  { features, labels, dim, classes }: LabelledFeatures,
  means: Float32Array,
  present: readonly number[],
) {
  const counts = classCounts({ labels, classes });
  let within = 0;
  for (let i = 0; i < labels.length; i++) {
    within += distanceBetween(features, i, means, labels[i] as number, dim) ** 2;
  }
  const overall = new Float32Array(dim);
  for (const j of present) {
    for (let k = 0; k < dim; k++) {
      const share = (counts[j] as number) / labels.length;
      overall[k] = (overall[k] as number) + share * (means[j * dim + k] as number);
    }
  }
  let between = 0;
  for (const j of present) {
    between += (counts[j] as number) * distanceBetween(means, j, overall, 0, dim) ** 2;
  }
  return { within, between };
}

function daviesBouldin(
  { features, labels, dim, classes }: LabelledFeatures,
  means: Float32Array,
  present: readonly number[],
): number {
  if (present.length < 2) return Number.NaN;
  const spread = new Float64Array(classes);
  const counts = classCounts({ labels, classes });
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    const distance = distanceBetween(features, i, means, label, dim);
    spread[label] = (spread[label] as number) + distance / (counts[label] as number);
  }
  let sum = 0;
  for (const j of present) {
    const ratios = present
      .filter((k) => k !== j)
      .map((k) => ((spread[j] as number) + (spread[k] as number)) / distanceBetween(means, j, means, k, dim));
    sum += Math.max(...ratios);
  }
  return sum / present.length;
}

function smallestDistance(means: Float32Array, present: readonly number[], dim: number): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (const [position, j] of present.entries()) {
    for (const k of present.slice(position + 1)) {
      smallest = Math.min(smallest, distanceBetween(means, j, means, k, dim));
    }
  }
  return Number.isFinite(smallest) ? smallest : Number.NaN;
}

function radiusSpread(means: Float32Array, present: readonly number[], dim: number): number {
  if (present.length < 2) return Number.NaN;
  const centroid = new Float32Array(dim);
  for (const j of present) {
    for (let k = 0; k < dim; k++) {
      centroid[k] = (centroid[k] as number) + (means[j * dim + k] as number) / present.length;
    }
  }
  const radii = present.map((j) => distanceBetween(means, j, centroid, 0, dim));
  const mean = radii.reduce((sum, radius) => sum + radius, 0) / radii.length;
  const variance = radii.reduce((sum, radius) => sum + (radius - mean) ** 2, 0) / radii.length;
  return ratio(Math.sqrt(variance), mean);
}

/** At most so many samples, each as likely as the others. */
function drawn(labelled: LabelledFeatures, most: number, seed: number): LabelledFeatures {
  const count = labelled.labels.length;
  if (count <= most) return labelled;
  const rows = createRandom(seed, 'silhouette').shuffle(Uint32Array.from({ length: count }, (_, i) => i));
  return rowsOf(labelled, rows.subarray(0, most));
}

function ratio(a: number, b: number): number {
  return b > 0 ? a / b : Number.NaN;
}

const found = (context: MeasureContext) => separability(context.once(seenSamples));

export const SEPARABILITY: readonly Measure[] = [
  {
    name: 'intraVariance',
    title: 'Intra-class variance',
    sentence: 'Mean squared distance to the own class mean.',
    tex: String.raw`S_w=\tfrac1N\sum_i \lVert x_i-\mu_{y_i}\rVert^2`,
    better: 'lower',
    scale: 'arbitrary',
    digits: 2,
    when: 'evaluation',
    compute: (context) => context.once(found).intraVariance,
  },
  {
    name: 'fisherRatio',
    title: 'Fisher ratio',
    sentence: 'Variance between classes divided by variance within, as traces.',
    tex: String.raw`\frac{\sum_j n_j\lVert\mu_j-\mu\rVert^2}{\sum_i\lVert x_i-\mu_{y_i}\rVert^2}`,
    better: 'higher',
    digits: 2,
    when: 'evaluation',
    compute: (context) => context.once(found).fisherRatio,
  },
  {
    name: 'calinskiHarabasz',
    title: 'Caliński–Harabasz',
    sentence: 'The Fisher ratio with both sums divided by their degrees of freedom.',
    tex: String.raw`\frac{\sum_j n_j\lVert\mu_j-\mu\rVert^2/(K-1)}{\sum_i\lVert x_i-\mu_{y_i}\rVert^2/(N-K)}`,
    better: 'higher',
    digits: 0,
    when: 'evaluation',
    compute: (context) => context.once(found).calinskiHarabasz,
  },
  {
    name: 'daviesBouldin',
    title: 'Davies–Bouldin',
    sentence:
      'For each class its worst neighbour: the sum of both spreads over the distance of the means; then the mean over classes.',
    tex: String.raw`\tfrac1K\sum_j\max_{k\neq j}\frac{\sigma_j+\sigma_k}{\lVert\mu_j-\mu_k\rVert}`,
    better: 'lower',
    digits: 3,
    when: 'evaluation',
    compute: (context) => context.once(found).daviesBouldin,
  },
  {
    name: 'silhouette',
    title: 'Silhouette',
    heading: 'silhouette',
    sentence: `How much nearer a sample is to its own class (a) than to the next one (b), from −1 to 1; over ${SILHOUETTE_SAMPLES.toLocaleString('en')} samples.`,
    tex: String.raw`\operatorname{mean}_i\frac{b_i-a_i}{\max(a_i,b_i)}`,
    better: 'higher',
    digits: 3,
    when: 'evaluation',
    shown: { column: { order: 3 } },
    compute: (context) => context.once(found).silhouette,
  },
  {
    name: 'smallestMeanDistance',
    title: 'Nearest two means',
    heading: 'nearest two means',
    sentence: 'The smallest distance between two class means: where confusion begins.',
    tex: String.raw`\min_{j\neq k}\lVert\mu_j-\mu_k\rVert`,
    better: 'higher',
    scale: 'arbitrary',
    digits: 2,
    when: 'evaluation',
    compute: (context) => context.once(found).smallestMeanDistance,
  },
  {
    name: 'radiusSpread',
    title: 'Spread of radii',
    heading: 'spread of radii',
    sentence:
      'How unequal the means’ distances to their centroid are: 0 for a ring, more where they fill the plane.',
    tex: String.raw`\frac{\operatorname{sd}_j\lVert\mu_j-\bar\mu\rVert}{\operatorname{mean}_j\lVert\mu_j-\bar\mu\rVert}`,
    digits: 3,
    when: 'evaluation',
    compute: (context) => context.once(found).radiusSpread,
  },
];
