/**
 * L-GM: features as a Gaussian mixture with a mean a class and unit covariance; the own distance counts 1 + α times, and a
 * likelihood holds samples at their means (Wan et al. 2018).
 *
 *     z_j = −½ (1 + α·[j = y]) ‖x − μ_j‖² ,   J_G = (1/B) Σ_i ( −log softmax(z_i)_{y_i} + ½ λ ‖x_i − μ_{y_i}‖² )
 *
 * The means are trained. α = 0 and λ = 0 is softmax with a bias −½‖μ_j‖².
 */

import * as tf from '@tensorflow/tfjs-core';
import { squaredDistances } from '../distances.ts';
import { crossEntropy } from '../softmax/loss.ts';
import type { BatchOutputs, KnobsOf } from '../term.ts';
import type { lgm } from './record.ts';

/** J_G in nats, a scalar, from features [batch, dim], one-hot labels [batch, classes] and means μ [classes, dim]. */
export function loss(
  { features, oneHot, centres, present }: BatchOutputs,
  { alpha, lambda }: KnobsOf<typeof lgm>,
): tf.Scalar {
  return tf.tidy(() => {
    const Q = squaredDistances(features, centres);
    const z = tf.mul(Q, tf.mul(tf.add(tf.mul(oneHot, alpha), 1), -0.5)) as tf.Tensor2D;
    const likelihood = tf.mul(tf.mean(tf.sum(tf.mul(oneHot, Q), 1)), 0.5 * lambda);
    return tf.add(crossEntropy(z, oneHot, present), likelihood) as tf.Scalar;
  });
}
