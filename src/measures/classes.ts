/** Per-class statistics of labelled features: how many, and their mean. */

export const CLASS_COUNT = 10;

/** Labelled features: `features` is [count × dim] row-major, `labels` is [count] with values below 10. */
export interface LabelledFeatures {
  readonly features: Float32Array;
  readonly labels: Uint8Array;
  readonly dim: number;
}

/** Samples a class, [10]. */
export function classCounts(labels: Uint8Array): Uint32Array {
  const counts = new Uint32Array(CLASS_COUNT);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

/** Class means μ_j, [10 × dim], summed in doubles. A class without samples has mean NaN. */
export function classMeans({ features, labels, dim }: LabelledFeatures): Float32Array {
  const sums = new Float64Array(CLASS_COUNT * dim);
  for (let i = 0; i < labels.length; i++) {
    const row = (labels[i] as number) * dim;
    for (let k = 0; k < dim; k++) {
      sums[row + k] = (sums[row + k] as number) + (features[i * dim + k] as number);
    }
  }
  const counts = classCounts(labels);
  return Float32Array.from(sums, (sum, i) => sum / (counts[Math.floor(i / dim)] ?? 0));
}

/** The samples whose label is kept, copied together. */
export function ofClasses(
  { features, labels, dim }: LabelledFeatures,
  isKept: (label: number) => boolean,
): LabelledFeatures {
  const rows = Uint32Array.from(labels, (_, row) => row).filter((row) => isKept(labels[row] as number));
  return rowsOf({ features, labels, dim }, rows);
}

/** The chosen samples, copied together. */
export function rowsOf({ features, labels, dim }: LabelledFeatures, rows: Uint32Array): LabelledFeatures {
  const chosen = new Float32Array(rows.length * dim);
  for (const [target, row] of rows.entries()) {
    chosen.set(features.subarray(row * dim, (row + 1) * dim), target * dim);
  }
  return { features: chosen, labels: Uint8Array.from(rows, (row) => labels[row] as number), dim };
}
