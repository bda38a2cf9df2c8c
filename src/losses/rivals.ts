/** Rivals of a sample: the classes that take part and are not its own. */

import * as tf from '@tensorflow/tfjs-core';

/**
 * 1 for every rival, else 0.
 *
 * @param oneHot Y, [batch, classes]
 * @param present [classes], 1 or 0; all take part where it is left out
 * @returns [batch, classes]
 */
export function rivalsOf(oneHot: tf.Tensor2D, present?: tf.Tensor1D): tf.Tensor2D {
  const others = tf.sub<tf.Tensor2D>(1, oneHot);
  return present === undefined ? others : tf.mul(others, present);
}

/** Below every score, and finite. */
const NOBODY = -1e30;

/**
 * 1 at the rival with the largest score of each sample, of equals at the first; all 0 where a sample has no rival. A choice:
 * no gradient goes through it.
 *
 * @param scores [batch, classes]
 * @param rivals as `rivalsOf` gives them
 * @returns [batch, classes]
 */
export function firstLargest(scores: tf.Tensor2D, rivals: tf.Tensor2D): tf.Tensor2D {
  // One class has no rivals, and a one-hot row of one column can't be made.
  if (scores.shape[1] < 2) return rivals;
  const choose = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [given] = args as [tf.Tensor2D];
    const open = tf.add(tf.mul(given, rivals), tf.mul(tf.sub(1, rivals), NOBODY));
    // In whole numbers: of others TensorFlow.js's WebAssembly kernel makes bits that are none.
    const chosen = tf.cast(tf.oneHot(tf.argMax(open, 1), given.shape[1]), 'float32');
    return { value: tf.mul(chosen, rivals), gradFunc: (dy: tf.Tensor) => [tf.zerosLike(dy)] };
  });
  return choose(scores) as tf.Tensor2D;
}
