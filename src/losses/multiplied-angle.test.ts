import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { largestError } from './gradcheck.ts';
import { psi } from './multiplied-angle.ts';

beforeAll(() => tf.setBackend('cpu'));

const ANGLES = Array.from({ length: 181 }, (_, i) => ((i + 0.5) / 181.5) * Math.PI);
const cosines = tf.tensor1d(ANGLES.map(Math.cos));

describe.each([1, 2, 3, 4])('ψ with m = %i', (m) => {
  it('is (−1)^k cos mθ − 2k', () => {
    const expected = ANGLES.map((angle) => {
      const k = Math.floor((m * angle) / Math.PI);
      return (-1) ** k * Math.cos(m * angle) - 2 * k;
    });
    expect(largestError(psi(cosines, m).dataSync(), expected)).toBeLessThan(1e-5);
  });

  it('falls all the way from 1 to −(2m − 1)', () => {
    const values = Array.from(psi(cosines, m).dataSync());
    expect(values).toEqual([...values].sort((a, b) => b - a));
    const ends = psi(tf.tensor1d([1, -1]), m).dataSync();
    expect(largestError(ends, [1, 1 - 2 * m])).toBeLessThan(1e-6);
  });

  it('has the slope m·sin mθ / sin θ, with its sign', () => {
    const slope = tf
      .grad((c) => psi(c, m))(cosines)
      .dataSync();
    const expected = ANGLES.map((angle) => {
      const k = Math.floor((m * angle) / Math.PI);
      return ((-1) ** k * m * Math.sin(m * angle)) / Math.sin(angle);
    });
    expect(largestError(slope, expected)).toBeLessThan(1e-3);
  });
});

it('knows no other multiple', () => {
  expect(() => psi(cosines, 5)).toThrow('m is 1, 2, 3 or 4, not 5.');
});
