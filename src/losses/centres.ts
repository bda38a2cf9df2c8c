/**
 * Class centres: persistent, moved after every step by the letter's mini-batch rule, outside the
 * optimiser and without gradient (Gao et al. 2018, Eq. 5; Wen et al. 2016, with rate 0.5).
 *
 *     Δc_j = Σ_i s(y_i = j)(c_j − x_i) / (1 + n_j) ,   c_j ← c_j − η_c Δc_j
 *
 * They can push each other apart as well, by the gradient of island loss's Σ_j Σ_{k≠j} (ĉ_j·ĉ_k + 1) (Cai et al. 2018), which
 * moves nothing as a loss, since centres are constants there:
 *
 *     c_j ← c_j − η_c (Δc_j + s/(K − 1) · Σ_{k≠j} (ĉ_k − (ĉ_j·ĉ_k) ĉ_j) / ‖c_j‖)
 */

import * as tf from '@tensorflow/tfjs-core';

export const CENTRE_RATE = 0.5;
/** A centre that is nearer to the origin has no direction. */
const SMALLEST_LENGTH = 1e-6;

export interface CentreUpdate {
  /** η_c, in [0, 1]. */
  readonly rate?: number;
  /** s, 0 or more: how strongly they push each other apart. */
  readonly spread?: number;
  /** [classes], 1 or 0: those that take no part push nothing. */
  readonly present?: tf.Tensor1D | undefined;
}

/**
 * The centres after one batch. A class that is absent from the batch keeps its centre.
 *
 * @param centres C, [classes, dim]
 * @param features x of the step's forward pass, [batch, dim]
 * @param oneHot Y, [batch, classes]
 * @returns new centres, [classes, dim]
 */
export function updatedCentres(
  centres: tf.Tensor2D,
  features: tf.Tensor2D,
  oneHot: tf.Tensor2D,
  { rate = CENTRE_RATE, spread = 0, present }: CentreUpdate = {},
): tf.Tensor2D {
  return tf.tidy(() => {
    const counts = tf.expandDims(tf.sum(oneHot, 0), 1);
    const featureSums = tf.matMul(oneHot, features, true);
    const delta = tf.div(tf.sub(tf.mul(counts, centres), featureSums), tf.add(counts, 1));
    const change = spread === 0 ? delta : tf.add(delta, tf.mul(nearness(centres, present), spread));
    return tf.sub(centres, tf.mul(change, rate)) as tf.Tensor2D;
  });
}

/** ∂/∂c_j of Σ_{k≠j} ĉ_j·ĉ_k / (K − 1) over the K classes that take part, [classes, dim]; 0 for the others. */
function nearness(centres: tf.Tensor2D, present?: tf.Tensor1D): tf.Tensor2D {
  const length = tf.norm(centres, 2, 1, true);
  const takesPart = tf.mul(
    tf.cast(tf.greater(length, SMALLEST_LENGTH), 'float32'),
    tf.expandDims(present ?? tf.ones([centres.shape[0]]), 1),
  );
  const inverse = tf.div(takesPart, tf.maximum(length, SMALLEST_LENGTH));
  const directions = tf.mul(centres, inverse);
  const sum = tf.sum(directions, 0, true);
  // Σ over all k, the own one too: ĉ_j − (ĉ_j·ĉ_j) ĉ_j is 0.
  const across = tf.sub(sum, tf.mul(tf.sum(tf.mul(directions, sum), 1, true), directions));
  const others = tf.maximum(tf.sub(tf.sum(takesPart), 1), 1);
  return tf.div(tf.mul(across, inverse), others) as tf.Tensor2D;
}
