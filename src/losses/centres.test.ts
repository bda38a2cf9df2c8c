import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { updatedCentres } from './centres.ts';
import { largestError } from './gradcheck.ts';

beforeAll(() => tf.setBackend('cpu'));

it('moves each centre by the letter’s rule and leaves the absent class where it is', () => {
  const centres = tf.tensor2d([
    [1, 0],
    [0, 2],
    [5, 5],
  ]);
  const features = tf.tensor2d([
    [3, 0],
    [5, 2],
    [0, 0],
  ]);
  const oneHot = tf.tensor2d([
    [1, 0, 0],
    [1, 0, 0],
    [0, 1, 0],
  ]);
  // Class 0: Δ = ((1−3, 0−0) + (1−5, 0−2)) / 3 = (−2, −2/3). Class 1: Δ = (0, 2)/2 = (0, 1).
  const moved = updatedCentres(centres, features, oneHot, 0.5);
  expect(largestError(moved.dataSync(), [2, 1 / 3, 0, 1.5, 5, 5])).toBeLessThan(1e-6);
});
