/** How features become classes: by logits, by cosines with agents or centres, or by the nearest centre; and how often that is right. */

import type { DecisionRule } from '../losses/term.ts';
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

/**
 * The class whose centre has the largest cosine with each sample, ĉ_j·x̂: where centres are those of directions.
 *
 * @param features [count × dim]
 * @param centres [classes × dim]
 */
export function largestCentreCosine(features: Float32Array, centres: Float32Array, dim: number): Uint8Array {
  const classes = centres.length / dim;
  const columns = centres.map((_, i) => centres[(i % classes) * dim + Math.floor(i / classes)] as number);
  return largestCosine(features, columns, dim);
}

/**
 * What a rule decides by, as scores that are linear in a sample: score_j(x) = a_j·x + b_j. The class of the largest is
 * taken, of equals the first; so every class has a convex region. The nearest centre is linear, too:
 * −‖x − c_j‖²/2 = c_j·x − ‖c_j‖²/2 − ‖x‖²/2, of which the last part is the same for all classes.
 */
export interface LinearScores {
  /** a, [classes × dim]; not finite for a class that is never taken. */
  readonly directions: Float64Array;
  /** b, [classes]. */
  readonly offsets: Float64Array;
}

/**
 * @param agents W, [dim × classes]
 * @param centres [classes × dim], NaN for classes that are held out
 * @returns undefined where the rule needs agents and none are known
 */
export function linearScores(
  rule: DecisionRule,
  {
    agents,
    centres,
    dim,
  }: { readonly agents?: Float32Array | undefined; readonly centres: Float32Array; readonly dim: number },
): LinearScores | undefined {
  const classes = centres.length / dim;
  if (rule === 'nearest centre') {
    const directions = Float64Array.from(centres);
    const offsets = Float64Array.from(
      { length: classes },
      (_, j) => -(lengthOf(directions, j, dim) ** 2) / 2,
    );
    return { directions, offsets };
  }
  const isOfCentres = rule === 'centre cosine';
  if (agents === undefined && !isOfCentres) return undefined;
  const directions =
    agents === undefined || isOfCentres
      ? Float64Array.from(centres)
      : new Float64Array(classes * dim).map(
          (_, i) => agents[(i % dim) * classes + Math.floor(i / dim)] as number,
        );
  if (rule !== 'logits') {
    for (let j = 0; j < classes; j++) {
      // What has length 0 has no direction: its cosine with any sample is taken as 0.
      const length = lengthOf(directions, j, dim) || 1;
      for (let k = 0; k < dim; k++) directions[j * dim + k] = (directions[j * dim + k] as number) / length;
    }
  }
  return { directions, offsets: new Float64Array(classes) };
}

function lengthOf(rows: Float64Array, row: number, dim: number): number {
  return Math.hypot(...rows.subarray(row * dim, (row + 1) * dim));
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

/** The class of the largest score at a place, [dim]; the first of equals, −1 where none is a number. */
export function largestScore({ directions, offsets }: LinearScores, place: Float32Array): number {
  let best = Number.NEGATIVE_INFINITY;
  let taken = -1;
  for (const [j, offset] of offsets.entries()) {
    const score = place.reduce(
      (sum, value, k) => sum + value * (directions[j * place.length + k] as number),
      offset,
    );
    if (score > best) {
      best = score;
      taken = j;
    }
  }
  return taken;
}
