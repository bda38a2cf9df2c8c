/** Per-class statistics of labelled features: how many, and their mean. */

/** Labelled features: `features` is [count × dim] row-major, `labels` is [count] with values below `classes`. */
export interface LabelledFeatures {
  readonly features: Float32Array;
  readonly labels: Uint8Array;
  readonly dim: number;
  /** How many classes there are, those without samples among them. */
  readonly classes: number;
}

/** Samples a class, [classes]. */
export function classCounts({ labels, classes }: Pick<LabelledFeatures, 'labels' | 'classes'>): Uint32Array {
  const counts = new Uint32Array(classes);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

/** Class means μ_j, [classes × dim], summed in doubles. A class without samples has mean NaN. */
export function classMeans({ features, labels, dim, classes }: LabelledFeatures): Float32Array {
  const sums = new Float64Array(classes * dim);
  for (let i = 0; i < labels.length; i++) {
    const row = (labels[i] as number) * dim;
    for (let k = 0; k < dim; k++) {
      sums[row + k] = (sums[row + k] as number) + (features[i * dim + k] as number);
    }
  }
  const counts = classCounts({ labels, classes });
  return Float32Array.from(sums, (sum, i) => sum / (counts[Math.floor(i / dim)] ?? 0));
}

/** The samples whose label is kept, copied together. */
export function ofClasses(labelled: LabelledFeatures, isKept: (label: number) => boolean): LabelledFeatures {
  const { labels } = labelled;
  const rows = Uint32Array.from(labels, (_, row) => row).filter((row) => isKept(labels[row] as number));
  return rowsOf(labelled, rows);
}

/** The chosen samples, copied together. */
export function rowsOf(
  { features, labels, dim, classes }: LabelledFeatures,
  rows: Uint32Array,
): LabelledFeatures {
  const chosen = new Float32Array(rows.length * dim);
  for (const [target, row] of rows.entries()) {
    chosen.set(features.subarray(row * dim, (row + 1) * dim), target * dim);
  }
  return { features: chosen, labels: Uint8Array.from(rows, (row) => labels[row] as number), dim, classes };
}

/** The mean of all samples, [dim]; NaN of none. */
export function meanOf({ features, labels, dim }: LabelledFeatures): Float64Array {
  const mean = new Float64Array(dim);
  for (const [i, value] of features.entries()) (mean[i % dim] as number) += value;
  return mean.map((sum) => sum / labels.length);
}

/** The samples as they are seen from a point [dim]. */
export function seenFrom(labelled: LabelledFeatures, point: Float64Array): LabelledFeatures {
  const { features, dim } = labelled;
  return { ...labelled, features: features.map((value, i) => value - (point[i % dim] as number)) };
}

/** The centres [classes × dim] with NaN in the rows of some classes, so that these take no part. */
export function withoutClasses(centres: Float32Array, classes: readonly number[], dim: number): Float32Array {
  const kept = centres.slice();
  for (const label of classes) kept.fill(Number.NaN, label * dim, (label + 1) * dim);
  return kept;
}

/** The classes that have a centre: those whose row of [classes × dim] is finite. */
export function classesWithCentre(centres: Float32Array, dim: number): number[] {
  return Array.from({ length: centres.length / dim }, (_, label) => label).filter((label) =>
    Number.isFinite(centres[label * dim]),
  );
}
