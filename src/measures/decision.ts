/** How features become classes: by logits, by cosines, or by the nearest centre; and how often that is right. */

import { distanceBetween } from './euclidean.ts';

/**
 * The class with the largest logit z = xW for each sample.
 *
 * @param features [count × dim]
 * @param weights W, [dim × classes]
 */
export function largestLogit(features: Float32Array, weights: Float32Array, dim: number): Uint8Array {
  const classes = weights.length / dim;
  return bestClass(features, dim, classes, (i, j) => {
    let logit = 0;
    for (let k = 0; k < dim; k++) {
      logit += (features[i * dim + k] as number) * (weights[k * classes + j] as number);
    }
    return logit;
  });
}

/**
 * The class whose agent has the largest cosine with each sample, ŵ_j·x̂: what heads on normalised features
 * decide by. The sample's own length changes no order, so x̂ is left as x.
 *
 * @param features [count × dim]
 * @param weights W, [dim × classes]
 */
export function largestCosine(features: Float32Array, weights: Float32Array, dim: number): Uint8Array {
  const classes = weights.length / dim;
  const norms = Float64Array.from({ length: classes }, (_, j) =>
    Math.hypot(...Array.from({ length: dim }, (_, k) => weights[k * classes + j] as number)),
  );
  // An agent of length 0 has no direction: its cosine with any sample is taken as 0.
  const directions = weights.map((weight, i) => weight / (norms[i % classes] || 1));
  return largestLogit(features, directions, dim);
}

/**
 * The class whose centre is nearest to each sample; what classifies where no softmax is trained.
 *
 * @param features [count × dim]
 * @param centres [classes × dim]
 */
export function nearestCentre(features: Float32Array, centres: Float32Array, dim: number): Uint8Array {
  return bestClass(
    features,
    dim,
    centres.length / dim,
    (i, j) => -distanceBetween(features, i, centres, j, dim),
  );
}

/** Share of predictions that equal their labels, 0 to 1; NaN without samples. */
export function accuracy(predictions: Uint8Array, labels: Uint8Array): number {
  let right = 0;
  for (let i = 0; i < labels.length; i++) if (predictions[i] === labels[i]) right++;
  return right / labels.length;
}

/** The class of the highest score a sample; the first of equals. */
function bestClass(
  features: Float32Array,
  dim: number,
  classes: number,
  score: (sample: number, label: number) => number,
): Uint8Array {
  const predictions = new Uint8Array(features.length / dim);
  for (let i = 0; i < predictions.length; i++) {
    let best = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < classes; j++) {
      const candidate = score(i, j);
      if (candidate > best) {
        best = candidate;
        predictions[i] = j;
      }
    }
  }
  return predictions;
}
