import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { largestError, smallBatch } from '../gradcheck.ts';
import { loss } from './loss.ts';

beforeAll(() => tf.setBackend('cpu'));

it('moves no sample outwards or inwards', () => {
  const { features, ...batch } = smallBatch();
  const gradient = tf.grad((x) => loss({ ...batch, features: x as tf.Tensor2D }, { s: 10 }))(features);
  const radial = tf.sum(tf.mul(features, gradient), 1);
  expect(largestError(radial.dataSync(), [0, 0])).toBeLessThan(1e-5);
  expect(tf.max(tf.abs(gradient)).dataSync()[0]).toBeGreaterThan(0.1);
});

it('does not change with the length of features and agents', () => {
  const { features, agents, ...batch } = smallBatch();
  const value = (scale: number) =>
    loss(
      { ...batch, features: tf.mul(features, scale), agents: tf.mul(agents, 1 / scale) },
      { s: 10 },
    ).dataSync();
  expect(largestError(value(8), value(1))).toBeLessThan(1e-6);
});

/** Agents evenly on the circle, a sample on each. */
function even(classes: number) {
  const angles = Array.from({ length: classes }, (_, j) => (2 * Math.PI * j) / classes);
  const features = tf.tensor2d(angles.map((angle) => [3 * Math.cos(angle), 3 * Math.sin(angle)]));
  const oneHot = tf.oneHot(tf.range(0, classes, 1, 'int32'), classes, 1, 0, 'float32') as tf.Tensor2D;
  const agents = tf.transpose(features) as tf.Tensor2D;
  return { features, oneHot, agents, centres: features };
}

it.each([
  [4, 0.727629],
  [10, 0.260987],
  [30, 0.006476],
])('cannot go below its floor on a circle: s = %d', (s, floor) => {
  expect(loss(even(10), { s }).dataSync()[0]).toBeCloseTo(floor, 5);
});
