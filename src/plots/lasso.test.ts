import { expect, it } from 'vitest';
import { rowsInside } from './lasso.ts';

const places = Float32Array.from([1, 1, 5, 5, 9, 1, -1, 5, Number.NaN, 3]);

it('a line closes by itself, and holds what is inside', () => {
  expect(rowsInside(places, [0, 0, 10, 0, 10, 10, 0, 10])).toEqual([0, 1, 2]);
  // A triangle with its tip below.
  expect(rowsInside(places, [0, 0, 10, 0, 5, 6])).toEqual([0, 1, 2]);
  expect(rowsInside(places, [0, 0, 10, 0, 5, 4])).toEqual([]);
  expect(rowsInside(places, [0, 0, 10, 0, 9, 4])).toEqual([2]);
});

it('what is surrounded twice is outside, and a line of two corners holds nothing', () => {
  expect(rowsInside(places, [0, 0, 10, 0, 10, 10, 0, 10, 0, 0, 3, 3, 7, 3, 7, 7, 3, 7, 3, 3])).toEqual([
    0, 2,
  ]);
  expect(rowsInside(places, [0, 0, 10, 10])).toEqual([]);
});
