/**
 * Center loss: half the squared distance of each sample to the centre of its class, averaged over
 * the batch (Wen et al. 2016; Gao et al. 2018, Eq. 2, in the form to which the published weights
 * belong: with ½ and as a mean), less a slack ρ that is free of force (Wen et al. 2019).
 *
 *     J_C = (1/2B) Σ_i [ ‖x_i − c_{y_i}‖ − ρ ]₊²
 *
 * Centres are constants here: no gradient reaches them. In squared feature units.
 */

import * as tf from '@tensorflow/tfjs-core';
import { distancesToCentres } from '../distances.ts';
import type { BatchOutputs, KnobsOf } from '../term.ts';
import type { center } from './record.ts';

/** J_C, a scalar, from features [batch, dim], one-hot labels [batch, classes] and centres [classes, dim]. */
export function loss(
  { features, oneHot, centres }: BatchOutputs,
  { rho }: Pick<KnobsOf<typeof center>, 'rho'>,
): tf.Scalar {
  return tf.tidy(() => {
    return tf.mul(tf.mean(rho === 0 ? squaredDistance() : squaredBeyond(rho)), 0.5) as tf.Scalar;
  });

  /** Without slack no root is taken: so the letter's runs keep their bits. */
  function squaredDistance(): tf.Tensor {
    const ownCentre = tf.matMul(oneHot, centres);
    return tf.sum(tf.square(tf.sub(features, ownCentre)), 1);
  }

  function squaredBeyond(slack: number): tf.Tensor {
    const distance = tf.sum(tf.mul(oneHot, distancesToCentres(features, centres)), 1);
    return tf.square(tf.relu(tf.sub(distance, slack)));
  }
}
