/**
 * Git loss: center loss and a soft push away from the centres of the other samples' classes (Calefati et al. 2018). Here
 * over pairs of samples of different classes; the authors' code pushes samples from their own centres as well.
 *
 *     J_I = g·J_C + mean_{(i,j): y_i≠y_j} 1 / (1 + ‖x_i − c_{y_j}‖²)
 *
 * As many pairs lead to a centre as its class has samples in the batch. Centres are constants.
 */

import * as tf from '@tensorflow/tfjs-core';
import { loss as centerLoss } from '../center/loss.ts';
import { squaredDistances } from '../distances.ts';
import { rivalsOf } from '../rivals.ts';
import type { BatchOutputs, KnobsOf } from '../term.ts';
import type { git } from './record.ts';

/** J_I, a scalar, from features [batch, dim], one-hot labels [batch, classes] and centres [classes, dim]. */
export function loss(batch: BatchOutputs, { pull }: KnobsOf<typeof git>): tf.Scalar {
  const { features, oneHot, centres, present } = batch;
  return tf.tidy(() => {
    // A row a sample: how many others of each class it has a pair with.
    const pairs = tf.mul(rivalsOf(oneHot, present), tf.sum(oneHot, 0));
    const push = tf.div(1, tf.add(squaredDistances(features, centres), 1));
    const mean = tf.div(tf.sum(tf.mul(pairs, push)), tf.maximum(tf.sum(pairs), 1));
    const pulled = tf.mul(centerLoss(batch, { rho: 0 }), pull);
    return tf.add(pulled, mean) as tf.Scalar;
  });
}
