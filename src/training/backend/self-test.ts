/**
 * Is this backend's arithmetic fit for training? Small sums whose answers are known: drivers with
 * 16-bit floats, wrong gathers or broken gradients exist, and they fail silently.
 */

import * as tf from '@tensorflow/tfjs-core';

/** Throws an Error that names the first wrong answer of the current backend. */
export async function selfTest(): Promise<void> {
  await expectValues('a square', [10.89], () => tf.square(tf.tensor1d([3.3])), 1e-5);
  await expectValues('a small number', [1], () => tf.mul(tf.tensor1d([1e-8]), 1e8), 1e-5);
  await expectValues('a large sum', [70_000], () => tf.sum(tf.ones([70_000])), 1e-5);
  await expectValues(
    'a gather',
    [5000, 7],
    () => tf.gather(tf.range(0, 6000), tf.tensor1d([5000, 7], 'int32')),
    0,
  );

  const a = ramp(6 * 9);
  const b = ramp(9 * 4);
  const product = Array.from({ length: 24 }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < 9; k++) sum += at(a, Math.floor(i / 4) * 9 + k) * at(b, k * 4 + (i % 4));
    return sum;
  });
  await expectValues('a matrix product', product, () =>
    tf.matMul(tf.tensor2d(a, [6, 9]), tf.tensor2d(b, [9, 4])),
  );

  await expectValues('a convolution gradient', filterGradient(), () => {
    const image = tf.tensor4d(IMAGE, [1, SIZE, SIZE, 1]);
    const loss = (filter: tf.Tensor) =>
      tf.sum(tf.conv2d(image, filter as tf.Tensor4D, 2, 1, 'NHWC', 1, 'floor')) as tf.Scalar;
    return tf.reshape(tf.grad(loss)(tf.ones([3, 3, 1, 1])), [-1]);
  });
}

const SIZE = 7;
const IMAGE = ramp(SIZE * SIZE);

/** ∂Σ(image ∗ filter)/∂filter at stride 2 and pad 1, in plain loops: the sum of the pixels each weight meets. */
function filterGradient(): number[] {
  const gradient: number[] = [];
  const outputs = Math.floor((SIZE + 2 - 3) / 2) + 1;
  for (let weight = 0; weight < 9; weight++) {
    let sum = 0;
    for (let output = 0; output < outputs * outputs; output++) {
      const y = Math.floor(output / outputs) * 2 + Math.floor(weight / 3) - 1;
      const x = (output % outputs) * 2 + (weight % 3) - 1;
      if (y >= 0 && y < SIZE && x >= 0 && x < SIZE) sum += at(IMAGE, y * SIZE + x);
    }
    gradient.push(sum);
  }
  return gradient;
}

function ramp(length: number): number[] {
  return Array.from({ length }, (_, i) => ((i * 7) % 11) / 5 - 1);
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? Number.NaN;
}

async function expectValues(
  what: string,
  expected: readonly number[],
  compute: () => tf.Tensor,
  tolerance = 1e-4,
): Promise<void> {
  const result = tf.tidy(compute);
  const values = await result.data();
  result.dispose();
  const right =
    values.length === expected.length &&
    expected.every(
      (value, i) => Math.abs(value - (values[i] ?? Number.NaN)) <= tolerance * Math.max(1, Math.abs(value)),
    );
  if (!right) throw new Error(`${what} came out wrong in its self-test`);
}
