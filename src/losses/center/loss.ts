/**
 * Center loss: half the squared distance of each sample to the centre of its class, averaged over
 * the batch (Wen et al. 2016; Gao et al. 2018, Eq. 2, in the form to which the published weights
 * belong: with ½ and as a mean).
 *
 *     J_C = (1/2B) Σ_i ‖x_i − c_{y_i}‖²
 *
 * Centres are constants here: no gradient reaches them. In squared feature units.
 */

import * as tf from '@tensorflow/tfjs-core';
import type { BatchOutputs } from '../term.ts';

export function loss({ features, oneHot, centres }: BatchOutputs): tf.Scalar {
  return tf.tidy(() => {
    const ownCentre = tf.matMul(oneHot, centres);
    const squaredDistance = tf.sum(tf.square(tf.sub(features, ownCentre)), 1);
    return tf.mul(tf.mean(squaredDistance), 0.5) as tf.Scalar;
  });
}
