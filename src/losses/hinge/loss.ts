/**
 * Multi-class hinge: the own logit must be above every other by a margin.
 *
 *     sum:  J_H = (1/B) Σ_i Σ_{j≠y} [ a + z_j − z_y ]₊          (Weston, Watkins 1999)
 *     max:  J_H = (1/B) Σ_i [ a + max_{j≠y} z_j − z_y ]₊        (Crammer, Singer 2001) ,   z = xW
 *
 * A hinge is inactive at equality. Of equal rivals the first is the largest.
 */

import * as tf from '@tensorflow/tfjs-core';
import { firstLargest, rivalsOf } from '../rivals.ts';
import type { BatchOutputs, KnobsOf } from '../term.ts';
import type { hinge } from './record.ts';

/** J_H, a scalar, from features [batch, dim], one-hot labels [batch, classes] and agents [dim, classes]. */
export function loss(
  { features, oneHot, agents, present }: BatchOutputs,
  { variant, a }: KnobsOf<typeof hinge>,
): tf.Scalar {
  return tf.tidy(() => {
    const z = tf.matMul<tf.Tensor2D>(features, agents);
    const own = tf.sum(tf.mul(oneHot, z), 1, true);
    const rivals = rivalsOf(oneHot, present);
    const counted = variant === 'sum' ? rivals : firstLargest(z, rivals);
    const H = tf.relu(tf.add(tf.sub(z, own), a));
    return tf.mean(tf.sum(tf.mul(counted, H), 1)) as tf.Scalar;
  });
}
