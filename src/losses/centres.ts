/**
 * Class centres: persistent, moved after every step by the letter's mini-batch rule, outside the
 * optimiser and without gradient (Gao et al. 2018, Eq. 5; Wen et al. 2016, with rate 0.5).
 *
 *     Δc_j = Σ_i s(y_i = j)(c_j − x_i) / (1 + n_j) ,   c_j ← c_j − η_c Δc_j
 */

import * as tf from '@tensorflow/tfjs-core';

export const CENTRE_RATE = 0.5;

/**
 * The centres after one batch. A class that is absent from the batch keeps its centre.
 *
 * @param centres C, [classes, dim]
 * @param features x of the step's forward pass, [batch, dim]
 * @param oneHot Y, [batch, classes]
 * @param rate η_c, in [0, 1]
 * @returns new centres, [classes, dim]
 */
export function updatedCentres(
  centres: tf.Tensor2D,
  features: tf.Tensor2D,
  oneHot: tf.Tensor2D,
  rate = CENTRE_RATE,
): tf.Tensor2D {
  return tf.tidy(() => {
    const counts = tf.expandDims(tf.sum(oneHot, 0), 1);
    const featureSums = tf.matMul(oneHot, features, true);
    const delta = tf.div(tf.sub(tf.mul(counts, centres), featureSums), tf.add(counts, 1));
    return tf.sub(centres, tf.mul(delta, rate)) as tf.Tensor2D;
  });
}
