import { expect, it } from 'vitest';
import type { RunCheckpoint } from '../checkpoint.ts';
import { isSound } from '../checkpoint.ts';
import { faultOf } from './faults.ts';

const sound = { softmax: 1, center: 2, margin: 3, total: 6 };
const spread = [0, 0, 1, 0.5, -3, 2];

it('finds nothing in a run that learns', () => {
  expect(faultOf(sound, spread, 2)).toBeUndefined();
  // Before the first step there is no loss, and one image alone has no spread.
  expect(faultOf(undefined, [1, 1], 2)).toBeUndefined();
});

it.each([Number.NaN, Number.POSITIVE_INFINITY])('finds a loss of %s', (total) => {
  expect(faultOf({ ...sound, total }, spread, 2)).toContain('loss');
});

it('finds features that are no numbers', () => {
  expect(faultOf(sound, [0, Number.NaN, 1, 1], 2)).toContain('features');
});

it('finds a collapse into one point, not a collapse onto a line', () => {
  expect(faultOf(sound, [5, -7, 5, -7, 5.00001, -7], 2)).toContain('one point');
  expect(faultOf(sound, [5, -7, 5, 7, 5, 0], 2)).toBeUndefined();
});

it('goes on from finite states only, and not from the zeros of a lost GPU', () => {
  const state: RunCheckpoint = {
    schedule: [],
    parameters: Float32Array.of(0, 1),
    firstMoments: new Float32Array(2),
    secondMoments: new Float32Array(2),
    centres: new Float32Array(20),
  };
  expect(isSound(state)).toBe(true);
  expect(isSound({ ...state, parameters: new Float32Array(2) })).toBe(false);
  expect(isSound({ ...state, secondMoments: Float32Array.of(0, Number.NaN) })).toBe(false);
});
