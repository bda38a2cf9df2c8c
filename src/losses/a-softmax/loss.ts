/**
 * A-Softmax (SphereFace): softmax on agents of length 1, whose own angle counts m times (Liu et al. 2017).
 *
 *     z_y = ‖x‖ (λ cosθ_y + ψ(θ_y)) / (1 + λ) ,   z_j = ‖x‖ cosθ_j ,   ψ(θ) = (−1)^k cos mθ − 2k
 *
 * The gradient is the true one through ŵ; the official layer divides parts of it by their norms and leaves the margin out of
 * that of w.
 */

import * as tf from '@tensorflow/tfjs-core';
import { lambdaIn } from '../annealing.ts';
import { cosines, lengths } from '../cosines.ts';
import { withOwnAngleMultiplied } from '../multiplied-angle.ts';
import { crossEntropy } from '../softmax/loss.ts';
import type { BatchOutputs, KnobsOf } from '../term.ts';
import type { aSoftmax } from './record.ts';

/** Cross-entropy of z in nats, a scalar: features [batch, dim], one-hot labels [batch, classes], agents [dim, classes]. */
export function loss(
  batch: BatchOutputs,
  knobs: KnobsOf<typeof aSoftmax> & { readonly lambda?: number },
): tf.Scalar {
  const { features, oneHot, agents, present } = batch;
  return tf.tidy(() => {
    const length = lengths(features, 1);
    const plain = tf.mul<tf.Tensor2D>(cosines(features, agents), tf.expandDims(length, 1));
    const z = withOwnAngleMultiplied(plain, length, batch, { m: knobs.m, lambda: lambdaIn(knobs) });
    return crossEntropy(z, oneHot, present);
  });
}
