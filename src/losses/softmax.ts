/**
 * Softmax loss: the cross-entropy of the true class, averaged over the batch (Gao et al. 2018, Eq. 1).
 *
 *     J_S = −(1/B) Σ_i log softmax(z_i)_{y_i}
 */

import * as tf from '@tensorflow/tfjs-core';

/**
 * @param logits z, [batch, classes]
 * @param oneHot Y, [batch, classes], 1 at the label of each row
 * @returns a scalar, in nats
 */
export function softmaxLoss(logits: tf.Tensor2D, oneHot: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => {
    const logLikelihood = tf.sum(tf.mul(oneHot, tf.logSoftmax(logits)), 1);
    return tf.neg(tf.mean(logLikelihood)) as tf.Scalar;
  });
}
