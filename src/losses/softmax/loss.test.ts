import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { largestError } from '../gradcheck.ts';
import { crossEntropy } from './loss.ts';

const scalar = (tensor: tf.Tensor) => tensor.dataSync()[0] as number;

beforeAll(() => tf.setBackend('cpu'));

describe('softmax loss', () => {
  it('is the mean negative log-likelihood', () => {
    const logits = tf.tensor2d([
      [Math.log(2), Math.log(3), Math.log(5)],
      [0, 0, 0],
    ]);
    const oneHot = tf.tensor2d([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    // −log(2/10) and −log(1/3), halved.
    expect(scalar(crossEntropy(logits, oneHot))).toBeCloseTo((Math.log(5) + Math.log(3)) / 2, 6);
  });

  it('stays finite for logits far apart', () => {
    const logits = tf.tensor2d([[500, -500, 0]]);
    const oneHot = tf.tensor2d([[0, 1, 0]]);
    expect(scalar(crossEntropy(logits, oneHot))).toBeCloseTo(1000, 3);
  });

  it('leaves a class that takes no part out of the sum', () => {
    const logits = tf.tensor2d([[1, 2, 30]]);
    const oneHot = tf.tensor2d([[1, 0, 0]]);
    const present = tf.tensor1d([1, 1, 0]);
    const loss = (z: tf.Tensor) => crossEntropy(z as tf.Tensor2D, oneHot, present);
    const { value, grad } = tf.valueAndGrad(loss)(logits);
    expect(scalar(value)).toBeCloseTo(Math.log(1 + Math.E), 6);
    const p = 1 / (1 + Math.E);
    expect(largestError(grad.dataSync(), [p - 1, 1 - p, 0])).toBeLessThan(1e-6);
  });
});
