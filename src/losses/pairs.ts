/** Pairs of samples of one batch, in both orders: what contrastive, triplet and their like compare. */

import * as tf from '@tensorflow/tfjs-core';

/** Far below any distance that matters, far above the smallest float32. */
const TINY = 1e-12;

/**
 * D_ij = ‖x_i − x_j‖ from the differences themselves, [batch, batch]. Its gradient at distance 0 is the zero vector.
 *
 * @param features x, [batch, dim]
 */
export function pairDistances(features: tf.Tensor2D): tf.Tensor2D {
  const distances = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [x, save] = args as [tf.Tensor2D, tf.GradSaveFunc];
    const difference = tf.sub(tf.expandDims(x, 1), tf.expandDims(x, 0));
    const distance = tf.sqrt(tf.sum(tf.square(difference), 2));
    save([difference, distance]);
    return {
      value: distance,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [savedDifference, savedDistance] = saved as [tf.Tensor, tf.Tensor];
        // x_i stands in row i and in column i.
        const both = tf.add(dy, tf.transpose(dy));
        const scale = tf.div(both, tf.maximum(savedDistance, TINY));
        return [tf.sum(tf.mul(savedDifference, tf.expandDims(scale, 2)), 1)];
      },
    };
  });
  return distances(features) as tf.Tensor2D;
}

export interface Pairs {
  /** [batch, batch], 1 for two samples of one class. */
  readonly genuine: tf.Tensor2D;
  /** [batch, batch], 1 for two samples of different classes. */
  readonly impostor: tf.Tensor2D;
}

/** @param oneHot Y, [batch, classes] */
export function pairsOf(oneHot: tf.Tensor2D): Pairs {
  const same = tf.matMul<tf.Tensor2D>(oneHot, oneHot, false, true);
  return { genuine: tf.sub(same, tf.eye(oneHot.shape[0])), impostor: tf.sub(1, same) };
}
