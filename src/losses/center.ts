/**
 * Center loss: half the squared distance of each sample to the centre of its class, averaged over
 * the batch (Wen et al. 2016; Gao et al. 2018, Eq. 2, in the form to which the published weights
 * belong: LETTER.md 1.1, loose end 3).
 *
 *     J_C = (1/2B) Σ_i ‖x_i − c_{y_i}‖²
 *
 * Centres are constants here: no gradient reaches them.
 */

import * as tf from '@tensorflow/tfjs-core';

/**
 * @param features x, [batch, dim]
 * @param oneHot Y, [batch, classes]
 * @param centres C, [classes, dim]
 * @returns a scalar, in squared feature units
 */
export function centerLoss(features: tf.Tensor2D, oneHot: tf.Tensor2D, centres: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => {
    const ownCentre = tf.matMul(oneHot, centres);
    const squaredDistance = tf.sum(tf.square(tf.sub(features, ownCentre)), 1);
    return tf.mul(tf.mean(squaredDistance), 0.5) as tf.Scalar;
  });
}
