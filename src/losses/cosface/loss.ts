/**
 * CosFace, also AM-Softmax: softmax on scaled cosines, the own one less by a margin (Wang et al. 2018).
 *
 *     z_y = s·(cosθ_y − m) ,   z_j = s·cosθ_j
 */

import * as tf from '@tensorflow/tfjs-core';
import { cosines } from '../cosines.ts';
import { crossEntropy } from '../softmax/loss.ts';
import type { BatchOutputs, KnobsOf } from '../term.ts';
import type { cosface } from './record.ts';

/** Cross-entropy of z in nats, a scalar: features [batch, dim], one-hot labels [batch, classes], agents [dim, classes]. */
export function loss(
  { features, oneHot, agents, present }: BatchOutputs,
  { s, m }: KnobsOf<typeof cosface>,
): tf.Scalar {
  return tf.tidy(() => {
    const lead = tf.sub(cosines(features, agents), tf.mul(oneHot, m)) as tf.Tensor2D;
    return crossEntropy(tf.mul(lead, s), oneHot, present);
  });
}
