/**
 * Range loss: of each class the k largest distances between its samples, in their harmonic mean; of all classes the two whose
 * means are nearest (Zhang et al. 2017).
 *
 *     J_W = α Σ_c k / Σ_{r≤k} (1 / D_r) + β [ M − min_{Q≠R} ‖x̄_Q − x̄_R‖² ]₊ ,   D_r squared distances, x̄ means in the batch
 *
 * A class with one sample adds nothing; one with fewer than k pairs takes what there is. mining.ts picks; no gradient goes
 * through the choice.
 */

import * as tf from '@tensorflow/tfjs-core';
import { pairDistances } from '../pairs.ts';
import type { BatchOutputs, KnobsOf } from '../term.ts';
import { farthestPairs, nearestRows } from './mining.ts';
import type { range } from './record.ts';

/** Of a squared distance: its inverse must be a number. */
const LEAST = 1e-8;

/** J_W, a scalar, from features [batch, dim] and one-hot labels [batch, classes]. */
export function loss(
  { features, oneHot }: BatchOutputs,
  { alpha, beta, M, k }: KnobsOf<typeof range>,
): tf.Scalar {
  return tf.tidy(() => {
    const labels = tf.argMax(oneHot, 1).dataSync();
    const within = tf.mul(harmonicRange(features, labels, k), alpha);
    return tf.add(within, tf.mul(between(features, labels, M), beta)) as tf.Scalar;
  });
}

/** Σ_c k / Σ_{r≤k} (1 / D_r). */
function harmonicRange(features: tf.Tensor2D, labels: ArrayLike<number>, k: number): tf.Tensor {
  const classes = farthestPairs(pairDistances(features).dataSync<'float32'>(), labels, k);
  const pairs = classes.flatMap((each) => each.pairs);
  if (pairs.length === 0) return tf.mul(tf.sum(features), 0);
  const D = tf.maximum(squaredLengths(tf.matMul(differences(pairs, labels.length), features)), LEAST);
  // A row a class, 1 at its pairs.
  const members = tf.tensor2d(
    classes.map((own) => classes.flatMap((each) => each.pairs.map(() => (each === own ? 1 : 0)))),
  );
  const inverses = tf.matMul(members, tf.expandDims(tf.div(1, D), 1));
  const counts = tf.tensor2d(classes.map((each) => [each.pairs.length]));
  return tf.sum(tf.div(counts, inverses));
}

/** [ M − min ‖x̄_Q − x̄_R‖² ]₊ over the classes of the batch; 0 where there is one. */
function between(features: tf.Tensor2D, labels: ArrayLike<number>, M: number): tf.Tensor {
  const known = [...new Set(Array.from(labels))];
  // A row a class: the share of each sample in its mean.
  const shares = tf.tensor2d(
    known.map((label) => {
      const own = Array.from(labels, (each) => (each === label ? 1 : 0));
      const size = own.reduce<number>((sum, each) => sum + each, 0);
      return own.map((each) => each / size);
    }),
  );
  const means = tf.matMul(shares, features);
  const nearest = nearestRows(means.dataSync<'float32'>(), features.shape[1]);
  if (nearest === undefined) return tf.mul(tf.sum(features), 0);
  const D = squaredLengths(tf.matMul(differences([nearest], known.length), means));
  return tf.relu(tf.sub(M, tf.sum(D)));
}

/** A row a pair, 1 at its first and −1 at its second: times x it is the difference of the two. */
function differences(pairs: readonly (readonly [number, number])[], count: number): tf.Tensor2D {
  const rows = new Float32Array(pairs.length * count);
  for (const [row, [first, second]] of pairs.entries()) {
    rows[row * count + first] = 1;
    rows[row * count + second] = -1;
  }
  return tf.tensor2d(rows, [pairs.length, count]);
}

function squaredLengths(vectors: tf.Tensor): tf.Tensor1D {
  return tf.sum(tf.square(vectors), 1);
}
