/**
 * L-Softmax: softmax whose own angle counts m times (Liu et al. 2016).
 *
 *     z_y = ‖w_y‖‖x‖ (λ cosθ_y + ψ(θ_y)) / (1 + λ) ,   z_j = w_j·x ,   ψ(θ) = (−1)^k cos mθ − 2k
 */

import * as tf from '@tensorflow/tfjs-core';
import { lambdaIn } from '../annealing.ts';
import { lengths } from '../cosines.ts';
import { withOwnAngleMultiplied } from '../multiplied-angle.ts';
import { crossEntropy } from '../softmax/loss.ts';
import type { BatchOutputs, KnobsOf } from '../term.ts';
import type { lSoftmax } from './record.ts';

/** Cross-entropy of z in nats, a scalar: features [batch, dim], one-hot labels [batch, classes], agents [dim, classes]. */
export function loss(
  batch: BatchOutputs,
  knobs: KnobsOf<typeof lSoftmax> & { readonly lambda?: number },
): tf.Scalar {
  const { features, oneHot, agents, present } = batch;
  return tf.tidy(() => {
    const ownAgentLength = tf.sum(tf.mul(oneHot, tf.expandDims(lengths(agents, 0), 0)), 1);
    const scale = tf.mul<tf.Tensor1D>(lengths(features, 1), ownAgentLength);
    const z = withOwnAngleMultiplied(tf.matMul(features, agents), scale, batch, {
      m: knobs.m,
      lambda: lambdaIn(knobs),
    });
    return crossEntropy(z, oneHot, present);
  });
}
