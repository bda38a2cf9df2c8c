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
