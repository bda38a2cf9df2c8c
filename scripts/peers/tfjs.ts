/**
 * The compact network in stock TensorFlow.js, as its users write it: layers' variables and
 * `optimizer.minimize`, stock kernels. Its WASM backend can't train a convolution, so this is its CPU
 * backend. Prints images a second. Usage: STEPS.
 */

import * as tf from '@tensorflow/tfjs';

const BATCH = 128;

async function measure(steps: number): Promise<void> {
  await tf.setBackend('cpu');
  const variable = (...shape: number[]) => tf.variable(tf.randomNormal(shape, 0, 0.1));
  const [conv1, bias1, slope1] = [variable(5, 5, 1, 8), variable(8), variable(8)];
  const [conv2, bias2, slope2] = [variable(5, 5, 8, 16), variable(16), variable(16)];
  const [dense, bias3, slope3] = [variable(784, 64), variable(64), variable(64)];
  const [head, bias4, classifier] = [variable(64, 2), variable(2), variable(2, 10)];
  const logits = (images: tf.Tensor4D) => {
    const first = tf.prelu(tf.add(tf.conv2d(images, conv1 as tf.Tensor4D, 2, 'same'), bias1), slope1);
    const second = tf.prelu(
      tf.add(tf.conv2d(first as tf.Tensor4D, conv2 as tf.Tensor4D, 2, 'same'), bias2),
      slope2,
    );
    const hidden = tf.prelu(tf.add(tf.matMul(tf.reshape(second, [BATCH, 784]), dense), bias3), slope3);
    return tf.matMul(tf.add(tf.matMul(hidden, head), bias4), classifier) as tf.Tensor2D;
  };
  const pixels = Uint8Array.from({ length: 6000 * 784 }, (_, i) => (i * 7919) % 256);
  const optimizer = tf.train.adam(1e-3);
  const train = (count: number) => {
    for (let step = 0; step < count; step++) {
      tf.tidy(() => {
        const start = ((step * BATCH) % 5800) * 784;
        const bytes = tf.tensor4d(Float32Array.from(pixels.subarray(start, start + BATCH * 784)), [
          BATCH,
          28,
          28,
          1,
        ]);
        const images = tf.div(tf.sub(bytes, 127.5), 128) as tf.Tensor4D;
        const labels = tf.oneHot(
          tf.tensor1d(
            Array.from({ length: BATCH }, (_, i) => i % 10),
            'int32',
          ),
          10,
        );
        optimizer.minimize(() => tf.losses.softmaxCrossEntropy(labels, logits(images)));
      });
    }
  };
  train(1);
  const started = performance.now();
  train(steps);
  console.log((steps * BATCH * 1000) / (performance.now() - started));
}

export default ([steps]: readonly string[]) => measure(Number(steps));
