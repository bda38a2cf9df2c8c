/** How much arithmetic a step is, and how much the backend that is set can do in a second. */

import * as tf from '@tensorflow/tfjs-core';

const SIZE = 512;
const PRODUCTS = 4;
const REPETITIONS = 5;

/** Floating-point operations a second, in 10⁹, of a product of two 512 × 512 matrices: the best of a few. */
export async function matrixProductSpeed(): Promise<number> {
  const a = tf.randomUniform([SIZE, SIZE]);
  const b = tf.randomUniform([SIZE, SIZE]);
  let best = 0;
  for (let repetition = 0; repetition <= REPETITIONS; repetition++) {
    const started = performance.now();
    for (let i = 1; i < PRODUCTS; i++) tf.matMul(a, b).dispose();
    const last = tf.matMul(a, b);
    await last.data();
    last.dispose();
    const speed = (PRODUCTS * 2 * SIZE ** 3) / (performance.now() - started) / 1e6;
    // The first time compiles.
    if (repetition > 0) best = Math.max(best, speed);
  }
  tf.dispose([a, b]);
  return best;
}

/** Floating-point operations of the convolutions and products that `work` asks for; the rest is small beside them. */
export async function operationsOf(work: () => void): Promise<number> {
  const { kernels } = await tf.profile(() => {
    work();
    return tf.scalar(0);
  });
  let operations = 0;
  for (const { name, inputShapes, outputShapes } of kernels) {
    const size = (shape: readonly number[] | undefined) => tf.util.sizeFromShape([...(shape ?? [])]);
    const [first, second] = inputShapes;
    if (/Conv2D$|Conv2DBackpropInput$/.test(name)) {
      // Each value of the wider side takes filter height × width × channels of the other.
      const [height = 0, width = 0, channels = 0] = second ?? [];
      const images = /BackpropInput/.test(name) ? first : outputShapes[0];
      operations += 2 * size(images) * height * width * channels;
    } else if (/Conv2DBackpropFilter$/.test(name)) {
      const [height = 0, width = 0, channels = 0] = outputShapes[0] ?? [];
      operations += 2 * size(second) * height * width * channels;
    } else if (/MatMul$/.test(name)) {
      const output = size(outputShapes[0]);
      operations += 2 * Math.sqrt(size(first) * size(second) * output);
    }
  }
  return operations;
}
