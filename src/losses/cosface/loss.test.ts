import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { largestError, smallBatch } from '../gradcheck.ts';
import { loss } from './loss.ts';

beforeAll(() => tf.setBackend('cpu'));

it('moves no sample outwards or inwards', () => {
  const { features, ...batch } = smallBatch();
  const gradient = tf.grad((x) => loss({ ...batch, features: x as tf.Tensor2D }, { s: 7, m: 0.2 }))(features);
  const radial = tf.sum(tf.mul(features, gradient), 1);
  expect(largestError(radial.dataSync(), [0, 0])).toBeLessThan(1e-5);
  expect(tf.max(tf.abs(gradient)).dataSync()[0]).toBeGreaterThan(0.1);
});

it('does not change with the length of features and agents', () => {
  const { features, agents, ...batch } = smallBatch();
  const value = (scale: number) =>
    loss(
      { ...batch, features: tf.mul(features, scale), agents: tf.mul(agents, 1 / scale) },
      { s: 7, m: 0.2 },
    ).dataSync();
  expect(largestError(value(8), value(1))).toBeLessThan(1e-6);
});
