import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { largestError, smallBatch } from '../gradcheck.ts';
import { loss } from './loss.ts';

beforeAll(() => tf.setBackend('cpu'));

it('is half the mean squared distance to the own centre', () => {
  // ½ · (25 + 1) / 2
  expect(loss(smallBatch(), { rho: 0 }).dataSync()[0]).toBeCloseTo(6.5, 6);
});

it('pulls nothing within its slack, and beyond it by what is left', () => {
  // ½ · (5 − 1)² / 2: the second sample is at 1.
  const batch = smallBatch();
  const { value, grad } = tf.valueAndGrad((features) =>
    loss({ ...batch, features: features as tf.Tensor2D }, { rho: 1 }),
  )(batch.features);
  expect(value.dataSync()[0]).toBeCloseTo(4, 6);
  expect(largestError(grad.dataSync(), [1.2, 1.6, 0, 0])).toBeLessThan(1e-6);
});
