/**
 * SupCon: on directions, every other sample of the class should be likelier to be met than any of another (Khosla et al. 2020).
 *
 *     J_K = mean_i −(1/|P_i|) Σ_{p∈P_i} log ( e^{x̂_i·x̂_p/τ} / Σ_{a≠i} e^{x̂_i·x̂_a/τ} )
 *
 * P_i: the other samples of i's class in the batch. Samples without one leave the mean.
 */

import * as tf from '@tensorflow/tfjs-core';
import { directions } from '../cosines.ts';
import { pairsOf } from '../pairs.ts';
import type { BatchOutputs, KnobsOf } from '../term.ts';
import type { supcon } from './record.ts';

/** Below every similarity, and finite: a sample does not meet itself. */
const NOBODY = -1e9;

/** J_K in nats, a scalar, from features [batch, dim] and one-hot labels [batch, classes]. */
export function loss({ features, oneHot }: BatchOutputs, { tau }: KnobsOf<typeof supcon>): tf.Scalar {
  return tf.tidy(() => {
    const { genuine } = pairsOf(oneHot);
    const x = directions(features, 1);
    const similarity = tf.div(tf.matMul(x, x, false, true), tau);
    const others = tf.add(similarity, tf.mul(tf.eye(features.shape[0]), NOBODY));
    const partners = tf.sum(genuine, 1, true);
    // A row's weights add up to 1, or are all 0.
    const weights = tf.div(genuine, tf.maximum(partners, 1));
    const anchors = tf.maximum(tf.sum(tf.step(partners)), 1);
    return tf.neg(tf.div(tf.sum(tf.mul(weights, tf.logSoftmax(others))), anchors)) as tf.Scalar;
  });
}
