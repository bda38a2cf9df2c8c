/** For tests of tensor code in any room: random values, closeness, finite differences. */

import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '../data/random.ts';
import type { BatchOutputs } from './term.ts';

/** [rows, columns] of standard normal numbers times `scale`. */
export function randomMatrix(seed: number, rows: number, columns: number, scale = 1): tf.Tensor2D {
  const random = createRandom(seed, 'test');
  const values = Float32Array.from({ length: rows * columns }, () => random.normal() * scale);
  return tf.tensor2d(values, [rows, columns]);
}

/** The largest |a − b| / max(1, |b|) over all elements. Throws where the lengths differ. */
export function largestError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`Lengths differ: ${a.length} and ${b.length}.`);
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const expected = b[i] as number;
    const error = Math.abs((a[i] as number) - expected) / Math.max(1, Math.abs(expected));
    // NaN must not pass as a small error.
    if (Number.isNaN(error)) return Number.NaN;
    largest = Math.max(largest, error);
  }
  return largest;
}

/** ∂f/∂x by central differences in float32: h must be large enough to stand above its rounding. */
export function finiteDifferences(f: (x: tf.Tensor2D) => tf.Scalar, x: tf.Tensor2D, h = 1e-2): Float32Array {
  const values = x.dataSync<'float32'>();
  const evaluate = (index: number, step: number) =>
    tf.tidy(() => {
      const moved = values.slice();
      moved[index] = (moved[index] as number) + step;
      return f(tf.tensor2d(moved, x.shape)).dataSync()[0] as number;
    });
  return Float32Array.from(values, (_, i) => (evaluate(i, h) - evaluate(i, -h)) / (2 * h));
}

/** Two samples of classes 0 and 1 among three classes; class 2 is absent. */
export function smallBatch(): BatchOutputs {
  return {
    features: tf.tensor2d([
      [3, 4],
      [1, 0],
    ]),
    oneHot: tf.tensor2d([
      [1, 0, 0],
      [0, 1, 0],
    ]),
    agents: tf.tensor2d([
      [2, 1, 0],
      [0, 1, -1],
    ]),
    centres: tf.tensor2d([
      [0, 0],
      [1, 1],
      [3, 2],
    ]),
  };
}
