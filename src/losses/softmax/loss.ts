/**
 * Softmax loss: the cross-entropy of the true class, averaged over the batch (Gao et al. 2018, Eq. 1).
 *
 *     J_S = −(1/B) Σ_i log softmax(z_i)_{y_i} ,   z = xW
 */

import * as tf from '@tensorflow/tfjs-core';
import type { BatchOutputs } from '../term.ts';

/** J_S in nats, a scalar, from features [batch, dim], one-hot labels [batch, classes] and agents [dim, classes]. */
export function loss({ features, oneHot, agents, present }: BatchOutputs): tf.Scalar {
  return tf.tidy(() => crossEntropy(tf.matMul(features, agents), oneHot, present));
}

/** Far below every logit that a softmax meets, and finite. */
const NOBODY = -1e9;

/**
 * The mean negative log-likelihood, in nats. A class that takes no part is no rival: it leaves the sum.
 *
 * @param logits z, [batch, classes]
 * @param oneHot Y, [batch, classes]
 * @param present [classes], 1 or 0; all take part where it is left out
 */
export function crossEntropy(logits: tf.Tensor2D, oneHot: tf.Tensor2D, present?: tf.Tensor1D): tf.Scalar {
  const rivals = present === undefined ? logits : tf.add(logits, tf.mul(tf.sub(1, present), NOBODY));
  const logLikelihood = tf.sum(tf.mul(oneHot, tf.logSoftmax(rivals)), 1);
  return tf.neg(tf.mean(logLikelihood));
}
