/** Every kernel that the lab adds to or replaces in the WebGL backend, against the CPU backend over random shapes. */

import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { randomMatrix } from '../../src/losses/gradcheck.ts';
import { adamUpdate } from '../../src/training/lab/adam.ts';
import type { Compared } from './compared.ts';

/** To single precision of the largest value, with a longer sum in another order. */
const TOLERANCE = 2e-5;

const size = fc.integer({ min: 1, max: 7 });
const random = (seed: number, shape: number[]) =>
  tf.reshape(randomMatrix(seed, 1, tf.util.sizeFromShape(shape)), shape);

/** What is compared, as a function of random sizes that gives tensors. */
const COMPUTATIONS: Record<Compared, fc.Arbitrary<() => tf.Tensor[]>> = {
  'a convolution and its gradients': fc
    .record({
      batch: fc.integer({ min: 1, max: 40 }),
      height: fc.integer({ min: 5, max: 11 }),
      width: fc.integer({ min: 5, max: 11 }),
      input: fc.integer({ min: 1, max: 5 }),
      output: fc.integer({ min: 1, max: 9 }),
      filter: fc.integer({ min: 1, max: 5 }),
      stride: fc.integer({ min: 1, max: 3 }),
      pad: fc.constantFrom(0, 1, 2),
    })
    .map(({ batch, height, width, input, output, filter, stride, pad }) => () => {
      const x = random(3, [batch, height, width, input]) as tf.Tensor4D;
      const w = random(5, [filter, filter, input, output]) as tf.Tensor4D;
      const loss = (images: tf.Tensor, weights: tf.Tensor) => {
        const y = tf.conv2d(images as tf.Tensor4D, weights as tf.Tensor4D, stride, pad, 'NHWC', 1, 'floor');
        return tf.sum(tf.square(y)) as tf.Scalar;
      };
      return tf.grads(loss)([x, w]);
    }),
  'a product and its gradients': fc
    .tuple(size, fc.integer({ min: 1, max: 70 }), size, fc.boolean(), fc.boolean())
    .map(([m, k, n, transposeA, transposeB]) => () => {
      const a = random(11, transposeA ? [k, m] : [m, k]);
      const b = random(13, transposeB ? [n, k] : [k, n]);
      const product = (x: tf.Tensor, y: tf.Tensor) => tf.matMul(x, y, transposeA, transposeB);
      const loss = (x: tf.Tensor, y: tf.Tensor) => tf.sum(tf.square(product(x, y))) as tf.Scalar;
      return [product(a, b), ...tf.grads(loss)([a, b])];
    }),
  'sums, means and largest values over any axes': fc
    .record({
      shape: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
      first: fc.integer({ min: 1, max: 80 }),
      chosen: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      keepDims: fc.boolean(),
    })
    .map(({ shape, first, chosen, keepDims }) => () => {
      const x = random(17, [first, ...shape.slice(1)]);
      const axes = x.shape.map((_, axis) => axis).filter((axis) => chosen[axis]);
      const over = axes.length === 0 ? undefined : axes;
      // One that is computed value by value first, and one that is there already.
      const noted = tf.sub(
        tf.mul(x, 3),
        tf.slice(
          x,
          x.shape.map(() => 0),
          x.shape.map(() => 1),
        ),
      );
      return [x, noted].flatMap((values) => [
        tf.sum(values, over, keepDims),
        tf.mean(values, over, keepDims),
        tf.max(values, over, keepDims),
      ]);
    }),
  'operations value by value, broadcast': fc.tuple(size, size, size).map(([a, b, c]) => () => {
    const x = random(19, [a, b, c]);
    const [row, column, plane] = [random(21, [c]), random(23, [b, 1]), random(25, [a, 1, c])];
    const positive = tf.add(tf.square(x), 0.5);
    const chosen = tf.where(tf.greater(x, 0), tf.exp(x), tf.neg(x));
    const shared = tf.div(tf.mul(tf.add(x, row), column), positive);
    const late = tf.reshape(tf.sub(shared, plane), [a * b, c]);
    return [
      shared,
      late,
      tf.mul(late, tf.prelu(late, row)),
      tf.addN([x, tf.relu(x), chosen]),
      tf.sqrt(tf.maximum(tf.log(positive), 0)),
      tf.step(x),
      tf.add(tf.zerosLike(x), tf.onesLike(x)),
      tf.cast(tf.greater(x, 0), 'float32'),
      tf.stack([tf.sum(x), tf.mean(chosen), tf.max(x)]),
    ];
  }),
  'PReLU and its gradients': fc.tuple(size, size, size).map(([a, b, channels]) => () => {
    const [x, slope] = [random(27, [a, b, channels]), random(29, [channels])];
    const loss = (values: tf.Tensor, alpha: tf.Tensor) =>
      tf.sum(tf.square(tf.prelu(values, alpha))) as tf.Scalar;
    return tf.grads(loss)([x, slope]);
  }),
  'an update by Adam': fc.integer({ min: 1, max: 300 }).map((count) => () => {
    const [parameters, firstMoments, gradient] = [31, 33, 35].map((seed) =>
      tf.reshape(random(seed, [count]), [count]),
    ) as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
    const secondMoments = tf.square(random(37, [count])) as tf.Tensor1D;
    const state = { parameters, firstMoments, secondMoments };
    const updated = adamUpdate(state, gradient, { step: 4, learningRate: 0.01 });
    return [updated.parameters, updated.firstMoments, updated.secondMoments];
  }),
};

/**
 * @throws Error with the sizes for which the backend that is open and the CPU differ
 */
export async function compareBackends(what: Compared, runs: number): Promise<void> {
  const computation = COMPUTATIONS[what];
  const backend = tf.getBackend();
  const on = async (name: string, compute: () => tf.Tensor[]) => {
    await tf.setBackend(name);
    const tensors = tf.tidy(compute);
    const values = tensors.map((tensor) => Float32Array.from(tensor.dataSync()));
    tf.dispose(tensors);
    return values;
  };
  try {
    await fc.assert(
      fc.asyncProperty(computation, async (compute) => {
        const expected = await on('cpu', compute);
        const actual = await on(backend, compute);
        return expected.every((values, i) => isClose(actual[i], values));
      }),
      { numRuns: runs, seed: 1 },
    );
  } finally {
    await tf.setBackend(backend);
  }
}

function isClose(actual: Float32Array | undefined, expected: Float32Array): boolean {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  return (
    actual?.length === expected.length &&
    expected.every((value, i) => Math.abs(value - (actual[i] ?? Number.NaN)) <= TOLERANCE * largest)
  );
}
