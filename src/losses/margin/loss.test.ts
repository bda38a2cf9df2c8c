import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { largestError, smallBatch } from '../gradcheck.ts';
import type { KnobsOf } from '../term.ts';
import { loss } from './loss.ts';
import type { margin } from './record.ts';

type Margins = KnobsOf<typeof margin>;

const MARGINS: Margins = { variant: 'letter', alphaPlus: 0.5, alphaMinus: 3, centres: 'moving' };

const scalar = (tensor: tf.Tensor) => tensor.dataSync()[0] as number;

/** Value and ∂J/∂x of one sample of class 0 among these centres. */
function ofSample(sample: [number, number], centres: [number, number][], margins = MARGINS) {
  const batch = {
    ...smallBatch(),
    oneHot: tf.oneHot([0], centres.length, 1, 0, 'float32') as tf.Tensor2D,
    centres: tf.tensor2d(centres),
  };
  return tf.valueAndGrad((x) => loss({ ...batch, features: x as tf.Tensor2D }, margins))(
    tf.tensor2d([sample]),
  );
}

beforeAll(() => tf.setBackend('cpu'));

it('sums the pull of the own centre and the push of every other one', () => {
  // Sample (3, 4): own 5 − 0.5 = 4.5; others at √13 (outside) and 2: 3 − 2 = 1.
  // Sample (1, 0): own 1 − 0.5 = 0.5; others at 1: 2, and √8: 3 − √8.
  const expected = (4.5 + 1 + 0.5 + 2 + (3 - Math.sqrt(8))) / 2;
  expect(scalar(loss(smallBatch(), MARGINS))).toBeCloseTo(expected, 5);
});

it('is zero, without a force, where a sample lies exactly on its margins', () => {
  const { value, grad } = ofSample(
    [0.5, 0],
    [
      [0, 0],
      [3.5, 0],
    ],
  );
  expect(scalar(value)).toBe(0);
  expect(Array.from(grad.dataSync())).toEqual([0, 0]);
});

it('gives the zero vector, not NaN, for a sample on a centre', () => {
  const centres: [number, number][] = [
    [1, 1],
    [1, 1],
  ];
  const { value, grad } = ofSample([1, 1], centres, { ...MARGINS, alphaPlus: 0 });
  // The own distance is exactly 0 and pulls nothing; the other centre asks for all of α₋ in no direction.
  expect(scalar(value)).toBe(3);
  expect(Array.from(grad.dataSync())).toEqual([0, 0]);
});

it('pulls and pushes with unit force', () => {
  const { grad } = ofSample(
    [3, 4],
    [
      [0, 0],
      [3, 2],
    ],
  );
  // Own: along (3, 4)/5. Other, 2 below: away from it, −(0, 1).
  expect(largestError(grad.dataSync(), [0.6, 0.8 - 1])).toBeLessThan(1e-6);
});
