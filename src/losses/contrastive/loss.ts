/**
 * Contrastive loss: samples of one class attract each other, those of different classes repel each other up to a distance
 * (Hadsell et al. 2006; Sun et al. 2014). Each kind of pair has its own mean, so that the few genuine ones count as much.
 *
 *     J_P = mean_{y_i=y_j} ½ D_ij² + mean_{y_i≠y_j} ½ [ m − D_ij ]₊² ,   D_ij = ‖x_i − x_j‖
 *
 * Over pairs of the batch. A kind without a pair adds nothing.
 */

import * as tf from '@tensorflow/tfjs-core';
import { pairDistances, pairsOf } from '../pairs.ts';
import type { BatchOutputs, KnobsOf } from '../term.ts';
import type { contrastive } from './record.ts';

/** J_P, a scalar, from features [batch, dim] and one-hot labels [batch, classes]. */
export function loss({ features, oneHot }: BatchOutputs, { m }: KnobsOf<typeof contrastive>): tf.Scalar {
  return tf.tidy(() => {
    const D = pairDistances(features);
    const { genuine, impostor } = pairsOf(oneHot);
    const meanOver = (pairs: tf.Tensor2D, values: tf.Tensor) =>
      tf.div(tf.sum(tf.mul(pairs, values)), tf.maximum(tf.sum(pairs), 1));
    const attract = meanOver(genuine, tf.square(D));
    const repel = meanOver(impostor, tf.square(tf.relu(tf.sub(m, D))));
    return tf.mul(tf.add(attract, repel), 0.5) as tf.Scalar;
  });
}
