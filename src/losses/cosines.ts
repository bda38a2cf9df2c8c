/** Cosines between features and agents, directions and lengths, with gradients that are finite at the origin. */

import * as tf from '@tensorflow/tfjs-core';

/** Of a squared norm: far below any that matters. */
const TINY = 1e-12;

/**
 * cosθ_ij = x̂_i·ŵ_j with x̂ = x / √(‖x‖² + 1e-12): 0 where a vector is zero.
 *
 * @param features x, [batch, dim]
 * @param agents W, [dim, classes], a column an agent
 * @returns [batch, classes]
 */
export function cosines(features: tf.Tensor2D, agents: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(directions(features, 1), directions(agents, 0));
}

/** The same vectors with length 1 along an axis; 0 where one is zero. */
export function directions(vectors: tf.Tensor2D, axis: 0 | 1): tf.Tensor2D {
  return tf.div<tf.Tensor2D>(vectors, rooted(tf.sum(tf.square(vectors), axis, true)));
}

/** Lengths of vectors along an axis, with gradient 0 at the origin. */
export function lengths(vectors: tf.Tensor2D, axis: 0 | 1): tf.Tensor1D {
  return rooted(tf.sum(tf.square(vectors), axis)) as tf.Tensor1D;
}

function rooted(squared: tf.Tensor): tf.Tensor {
  return tf.sqrt(tf.add(squared, TINY));
}
