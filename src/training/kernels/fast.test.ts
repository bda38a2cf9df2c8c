import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { imageBytes } from '../../data/set.ts';
import { MNIST } from '../../data/sets/mnist.ts';
import { largestError, randomMatrix } from '../../losses/gradcheck.ts';
import { adamUpdate } from '../lab/adam.ts';
import { imageTensor } from '../lab/batch.ts';
import { openFastKernels } from './fast.ts';

beforeAll(async () => {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths(`${path.resolve('node_modules/@tensorflow/tfjs-backend-wasm/dist')}/`);
});

/** What `compute` gives on a backend, as plain arrays. */
async function on(backend: string, compute: () => tf.Tensor[]): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  expect(tf.getBackend()).toBe(backend);
  const tensors = tf.tidy(compute);
  const values = tensors.map((tensor) => Float32Array.from(tensor.dataSync()));
  tf.dispose(tensors);
  return values;
}

/** Equal up to the order of summation: to single precision of the largest value. */
async function expectEqualOnBoth(compute: () => tf.Tensor[], tolerance = 3e-6): Promise<void> {
  const expected = await on('cpu', compute);
  const actual = await on('wasm', compute);
  for (const [index, values] of expected.entries()) {
    const size = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
    expect(largestError(actual[index] ?? [], values)).toBeLessThanOrEqual(tolerance * size);
  }
}

const random = (seed: number, shape: number[]) =>
  tf.reshape(
    randomMatrix(
      seed,
      1,
      shape.reduce((a, b) => a * b),
    ),
    shape,
  );

const convolution = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 5, max: 12 }),
    width: fc.integer({ min: 5, max: 12 }),
    input: fc.integer({ min: 1, max: 9 }),
    output: fc.integer({ min: 1, max: 20 }),
    filter: fc.integer({ min: 1, max: 5 }),
    stride: fc.integer({ min: 1, max: 3 }),
    pad: fc.constantFrom<Array<'valid' | 'same' | number>>('valid', 'same', 0, 1, 2),
  })
  // The stock forward kernel answers zeros for 'same' where the stride is larger than the filter.
  .filter(({ pad, filter, stride }) => pad !== 'same' || filter >= stride);

// Node 20 has relaxed SIMD behind a flag, later ones without.
if (process.versions.node.startsWith('20.')) setFlagsFromString('--experimental-wasm-relaxed-simd');

describe.each(['simd', 'relaxed'])(
  'with %s kernels, gradients on WebAssembly equal those of the CPU',
  (kind) => {
    beforeAll(async () => {
      await tf.setBackend('wasm');
      await openFastKernels(readFileSync(`src/training/kernels/${kind}.wasm`));
    });

    it('for convolutions of any size, stride and padding', async () => {
      await fc.assert(
        fc.asyncProperty(
          convolution,
          async ({ batch, height, width, input, output, filter, stride, pad }) => {
            await expectEqualOnBoth(() => {
              const x = random(3, [batch, height, width, input]) as tf.Tensor4D;
              const w = random(5, [filter, filter, input, output]) as tf.Tensor4D;
              const rounding = typeof pad === 'number' ? 'floor' : undefined;
              const loss = (images: tf.Tensor, weights: tf.Tensor) =>
                tf.sum(
                  tf.square(
                    tf.conv2d(
                      images as tf.Tensor4D,
                      weights as tf.Tensor4D,
                      stride,
                      pad,
                      'NHWC',
                      1,
                      rounding,
                    ),
                  ),
                ) as tf.Scalar;
              return tf.grads(loss)([x, w]);
            });
          },
        ),
        { numRuns: 60 },
      );
    });

    it.each([
      [2, 2, 'valid'],
      [3, 2, 'same'],
      [2, 1, 'valid'],
      [3, 3, 1],
    ] as const)('for max pooling %i/%i %s over values without a positive one', async (size, stride, pad) => {
      await expectEqualOnBoth(() => {
        const x = tf.sub(tf.neg(tf.abs(random(7, [2, 7, 9, 3]))), 0.1) as tf.Tensor4D;
        const weights = random(9, [2, 9, 9, 3]);
        const loss = (images: tf.Tensor) => {
          const pooled = tf.maxPool(
            images as tf.Tensor4D,
            size,
            stride,
            pad,
            typeof pad === 'number' ? 'floor' : undefined,
          );
          return tf.sum(tf.mul(pooled, tf.slice(weights, [0, 0, 0, 0], pooled.shape))) as tf.Scalar;
        };
        return [tf.grad(loss)(x)];
      });
    });

    it.each([
      [false, false],
      [false, true],
      [true, false],
      [true, true],
    ])('for products with transposed operands (%s, %s)', async (transposeA, transposeB) => {
      const size = fc.integer({ min: 1, max: 21 });
      await fc.assert(
        fc.asyncProperty(size, size, size, async (m, k, n) => {
          await expectEqualOnBoth(() => {
            const a = random(11, transposeA ? [k, m] : [m, k]);
            const b = random(13, transposeB ? [n, k] : [k, n]);
            const product = (x: tf.Tensor, y: tf.Tensor) => tf.matMul(x, y, transposeA, transposeB);
            const loss = (x: tf.Tensor, y: tf.Tensor) => tf.sum(tf.square(product(x, y))) as tf.Scalar;
            return [product(a, b), ...tf.grads(loss)([a, b])];
          });
        }),
        { numRuns: 30 },
      );
    });

    it('for pads and crops of images', async () => {
      const size = fc.integer({ min: 1, max: 6 });
      const pad = fc.integer({ min: 0, max: 3 });
      await fc.assert(
        fc.asyncProperty(
          size,
          size,
          size,
          size,
          pad,
          pad,
          async (batch, height, width, channels, before, after) => {
            await expectEqualOnBoth(() => {
              const x = random(23, [batch, height, width, channels]) as tf.Tensor4D;
              const larger = tf.pad4d(x, [
                [0, 0],
                [before, after],
                [after, before],
                [0, 0],
              ]);
              const middle = tf.slice4d(larger, [0, before, 0, 0], [batch, height, width, channels]);
              return [larger, middle, tf.slice(larger, [0, 0, after, 0])];
            });
          },
        ),
        { numRuns: 40 },
      );
    });

    it('for batches of products', async () => {
      await expectEqualOnBoth(() => {
        const [a, b] = [random(11, [3, 5, 9]), random(13, [3, 9, 4])];
        const loss = (x: tf.Tensor, y: tf.Tensor) => tf.sum(tf.square(tf.matMul(x, y))) as tf.Scalar;
        return tf.grads(loss)([a, b]);
      });
    });

    it.each([
      [[3, 4, 4, 5], [5]],
      [[6, 13], [13]],
      [[7, 1], [1]],
      [[2, 3, 4], [1]],
      [
        [2, 3, 4],
        [3, 4],
      ],
    ])('for PReLU of %j with slopes %j', async (shape, slopes) => {
      await expectEqualOnBoth(() => {
        const x = random(17, shape);
        const slope = random(19, slopes);
        const loss = (values: tf.Tensor, alpha: tf.Tensor) =>
          tf.sum(tf.square(tf.prelu(values, alpha))) as tf.Scalar;
        return tf.grads(loss)([x, slope]);
      });
    });

    it('for updates by Adam', async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 300 }), fc.nat(2000), async (count, step) => {
          await expectEqualOnBoth(() => {
            const [parameters, firstMoments, secondMoments, gradient] = [2, 3, 5, 7].map((seed) =>
              tf.reshape(random(seed, [count]), [count]),
            ) as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
            const state = {
              parameters,
              firstMoments,
              secondMoments: tf.square(secondMoments) as tf.Tensor1D,
            };
            const updated = adamUpdate(state, gradient, { step, learningRate: 1e-3 });
            return [updated.parameters, updated.firstMoments, updated.secondMoments];
          });
        }),
        { numRuns: 40 },
      );
    });

    it('for images of bytes, chosen and scaled', async () => {
      const bytes = Uint8Array.from({ length: 5 * imageBytes(MNIST) }, (_, i) => (i * 31) % 256);
      await expectEqualOnBoth(
        () => [imageTensor({ set: MNIST, images: bytes }, Uint32Array.of(4, 0, 2, 2))],
        0,
      );
    });
  },
);
