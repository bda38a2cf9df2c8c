/**
 * ψ(θ) = (−1)^k cos mθ − 2k with k = ⌊mθ/π⌋: cos mθ, made to fall from 0 to π (Liu et al. 2016, Eq. 6). Its value and its
 * slope have no jumps.
 */

import * as tf from '@tensorflow/tfjs-core';
import { cosines } from './cosines.ts';
import type { BatchOutputs } from './term.ts';

/** cos mθ as a polynomial of c = cosθ, and its slope: no arc cosine is differentiated (Chebyshev). */
const MULTIPLES: Readonly<
  Record<number, readonly [value: (c: tf.Tensor) => tf.Tensor, slope: (c: tf.Tensor) => tf.Tensor]>
> = {
  1: [(c) => c, (c) => tf.onesLike(c)],
  2: [(c) => tf.sub(tf.mul(tf.square(c), 2), 1), (c) => tf.mul(c, 4)],
  3: [(c) => tf.mul(c, tf.sub(tf.mul(tf.square(c), 4), 3)), (c) => tf.sub(tf.mul(tf.square(c), 12), 3)],
  4: [
    (c) => tf.add(tf.mul(tf.square(c), tf.sub(tf.mul(tf.square(c), 8), 8)), 1),
    (c) => tf.mul(c, tf.sub(tf.mul(tf.square(c), 32), 16)),
  ],
};

/**
 * ψ of cosines, of any shape.
 *
 * @param m 1, 2, 3 or 4
 * @throws RangeError for another m
 */
export function psi(c: tf.Tensor, m: number): tf.Tensor {
  const [value, slope] = MULTIPLES[m] ?? [];
  if (value === undefined || slope === undefined) throw new RangeError(`m is 1, 2, 3 or 4, not ${m}.`);
  const turns = Array.from({ length: m - 1 }, (_, j) => Math.cos(((j + 1) * Math.PI) / m));
  const ofCosines = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [cosine, save] = args as [tf.Tensor, tf.GradSaveFunc];
    // θ is beyond jπ/m where its cosine is below that angle's: so often ψ has turned.
    const k =
      m === 1
        ? tf.zerosLike(cosine)
        : tf.sum(tf.step(tf.sub(tf.tensor1d(turns), tf.expandDims(cosine, -1))), -1);
    const sign = tf.cos(tf.mul(k, Math.PI));
    save([tf.mul(sign, slope(cosine))]);
    return {
      value: tf.sub(tf.mul(sign, value(cosine)), tf.mul(k, 2)),
      gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) => [tf.mul(dy, saved as tf.Tensor)],
    };
  });
  return ofCosines(c);
}

/**
 * The own logit of each sample, (λ cosθ + ψ(θ)) / (1 + λ) times its scale, in place of the plain one.
 *
 * @param logits z, [batch, classes]
 * @param scale what cosθ of the own agent is multiplied by, [batch]
 * @returns [batch, classes]
 */
export function withOwnAngleMultiplied(
  logits: tf.Tensor2D,
  scale: tf.Tensor1D,
  { features, agents, oneHot }: Pick<BatchOutputs, 'features' | 'agents' | 'oneHot'>,
  { m, lambda }: { readonly m: number; readonly lambda: number },
): tf.Tensor2D {
  const c = tf.sum(tf.mul(oneHot, cosines(features, agents)), 1);
  const mean = tf.div(tf.add(tf.mul(c, lambda), psi(c, m)), 1 + lambda);
  const own = tf.expandDims(tf.mul(scale, mean), 1);
  return tf.add(tf.mul(tf.sub(1, oneHot), logits), tf.mul(oneHot, own));
}
