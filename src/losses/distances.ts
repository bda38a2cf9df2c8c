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
  return plainDistances((x) => differences(x as tf.Tensor2D, centres), [features]);
}

/** The same, differentiable in the centres as well: for those that are trained. */
export function distancesToTrained(features: tf.Tensor2D, centres: tf.Tensor2D): tf.Tensor2D {
  return plainDistances((x, c) => differences(x as tf.Tensor2D, c as tf.Tensor2D), [features, centres]);
}

/** ‖x_i − c_j‖², differentiable in both: [batch, dim] and [classes, dim] to [batch, classes]. */
export function squaredDistances(features: tf.Tensor2D, centres: tf.Tensor2D): tf.Tensor2D {
  return tf.sum(tf.square(differences(features, centres)), 2);
}

/** x_i − c_j, [batch, classes, dim]. */
function differences(features: tf.Tensor2D, centres: tf.Tensor2D): tf.Tensor3D {
  return tf.sub(tf.expandDims(features, 1), tf.expandDims(centres, 0));
}

/** Lengths of differences of the inputs, which are features or features and centres; differentiable in those. */
function plainDistances(
  difference: (...inputs: tf.Tensor[]) => tf.Tensor3D,
  inputs: readonly tf.Tensor2D[],
): tf.Tensor2D {
  const distances = tf.customGrad((...args: Array<tf.Tensor | tf.GradSaveFunc>) => {
    const save = args.at(-1) as tf.GradSaveFunc;
    const between = difference(...(args.slice(0, -1) as tf.Tensor[]));
    const distance = tf.sqrt(tf.sum(tf.square(between), 2));
    save([between, distance]);
    return {
      value: distance,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [savedDifference, savedDistance] = saved as [tf.Tensor, tf.Tensor];
        const scale = tf.div(dy, tf.maximum(savedDistance, TINY));
        const forces = tf.mul(savedDifference, tf.expandDims(scale, 2));
        const onFeatures = tf.sum(forces, 1);
        return inputs.length === 1 ? [onFeatures] : [onFeatures, tf.neg(tf.sum(forces, 0))];
      },
    };
  });
  return distances(...inputs) as tf.Tensor2D;
}
