import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { testsOfAngles } from '../angular-in-tests.ts';
import { loss } from './loss.ts';

beforeAll(() => tf.setBackend('cpu'));

testsOfAngles((batch) => loss(batch, { s: 10 }));

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
