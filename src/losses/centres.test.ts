import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
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
  const moved = updatedCentres(centres, features, oneHot, { rate: 0.5 });
  expect(largestError(moved.dataSync(), [2, 1 / 3, 0, 1.5, 5, 5])).toBeLessThan(1e-6);
});

describe('centres that push each other apart', () => {
  const rows = [
    [1, 0],
    [1, 1],
    [0, -2],
  ];
  const nobody = tf.zeros([0, 2]) as tf.Tensor2D;
  const noLabels = tf.zeros([0, 3]) as tf.Tensor2D;
  const moved = (centres: number[][], present?: tf.Tensor1D) =>
    updatedCentres(tf.tensor2d(centres), nobody, noLabels, { rate: 1, spread: 4, present }).dataSync();

  it('go against the gradient of the sum of their cosines', () => {
    // LOSSES.md 2.3: ∂/∂C of the sum over ordered pairs; each pair is there twice, and K − 1 is 2.
    const gradient = [0, Math.SQRT2 - 2, Math.SQRT2, -Math.SQRT2, 1 + Math.SQRT1_2, 0];
    const expected = rows.flat().map((value, i) => value - (4 / 4) * (gradient[i] as number));
    expect(largestError(moved(rows), expected)).toBeLessThan(1e-5);
  });

  it('stay where they have no direction, and where their class takes no part', () => {
    const [x, y, ...others] = moved([[0, 0], ...rows.slice(1)]);
    expect([x, y]).toEqual([0, 0]);
    const without = moved(rows, tf.tensor1d([0, 1, 1]));
    expect(largestError(without.slice(2), others)).toBeLessThan(1e-6);
    expect(Array.from(without.slice(0, 2))).toEqual([1, 0]);
  });
});
