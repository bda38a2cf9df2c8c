/**
 * NormFace: softmax on scaled cosines (Wang et al. 2017).
 *
 *     z_j = s·cosθ_j ,   J_N = −(1/B) Σ_i log softmax(z_i)_{y_i}
 */

import * as tf from '@tensorflow/tfjs-core';
import { cosines } from '../cosines.ts';
import { crossEntropy } from '../softmax/loss.ts';
import type { BatchOutputs, KnobsOf } from '../term.ts';
import type { normface } from './record.ts';

/** J_N in nats, a scalar, from features [batch, dim], one-hot labels [batch, classes] and agents [dim, classes]. */
export function loss(
  { features, oneHot, agents, present }: BatchOutputs,
  { s }: KnobsOf<typeof normface>,
): tf.Scalar {
  return tf.tidy(() => crossEntropy(tf.mul(cosines(features, agents), s), oneHot, present));
}
