/**
 * Euclidean distances between features and centres. A plain one has the gradient that the margin loss needs: a unit vector
 * away from the centre, and the zero vector where the distance is zero.
 */

import * as tf from '@tensorflow/tfjs-core';

/** Far below any distance that matters, far above the smallest float32. */
const TINY = 1e-12;

/**
 * d_ij = ‖x_i − c_j‖, from the differences themselves: ‖x‖² + ‖c‖² − 2x·c would cancel.
 * Differentiable in the features only; the centres are constants.
 *
 * @param features [batch, dim]
 * @param centres [classes, dim]
 * @returns [batch, classes]
 */
export function distancesToCentres(features: tf.Tensor2D, centres: tf.Tensor2D): tf.Tensor2D {
  const distances = tf.customGrad((...args: Array<tf.Tensor | tf.GradSaveFunc>) => {
    const [x, save] = args as [tf.Tensor2D, tf.GradSaveFunc];
    const difference = tf.sub(tf.expandDims(x, 1), tf.expandDims(centres, 0));
    const distance = tf.sqrt(tf.sum(tf.square(difference), 2));
    save([difference, distance]);
    return {
      value: distance,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [savedDifference, savedDistance] = saved as [tf.Tensor, tf.Tensor];
        const scale = tf.div(dy, tf.maximum(savedDistance, TINY));
        return [tf.sum(tf.mul(savedDifference, tf.expandDims(scale, 2)), 1)];
      },
    };
  });
  return distances(features) as tf.Tensor2D;
}

/** The same, differentiable in the centres as well: for those that are trained. */
export function distancesToTrained(features: tf.Tensor2D, centres: tf.Tensor2D): tf.Tensor2D {
  const distances = tf.customGrad((...args: Array<tf.Tensor | tf.GradSaveFunc>) => {
    const [x, c, save] = args as [tf.Tensor2D, tf.Tensor2D, tf.GradSaveFunc];
    const difference = tf.sub(tf.expandDims(x, 1), tf.expandDims(c, 0));
    const distance = tf.sqrt(tf.sum(tf.square(difference), 2));
    save([difference, distance]);
    return {
      value: distance,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [savedDifference, savedDistance] = saved as [tf.Tensor, tf.Tensor];
        const scale = tf.div(dy, tf.maximum(savedDistance, TINY));
        const forces = tf.mul(savedDifference, tf.expandDims(scale, 2));
        return [tf.sum(forces, 1), tf.neg(tf.sum(forces, 0))];
      },
    };
  });
  return distances(features, centres) as tf.Tensor2D;
}

/**
 * ‖x_i − c_j‖², differentiable in both.
 *
 * @param features [batch, dim]
 * @param centres [classes, dim]
 * @returns [batch, classes]
 */
export function squaredDistances(features: tf.Tensor2D, centres: tf.Tensor2D): tf.Tensor2D {
  const difference = tf.sub(tf.expandDims(features, 1), tf.expandDims(centres, 0));
  return tf.sum(tf.square(difference), 2);
}
