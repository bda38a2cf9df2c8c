import { expect, it } from 'vitest';
import { type Filter, filtersFor, passes, worstFirst, wrongnessOf } from './chosen-samples.ts';

/** Classes at x = 0, 4 and, without a centre, nowhere. */
const moment = {
  features: Float32Array.from([0, 0, 3, 0, 4, 0, 1.9, 0]),
  centres: Float32Array.from([0, 0, 4, 0, Number.NaN, Number.NaN]),
  agents: undefined,
};
const labels = Uint8Array.from([0, 0, 1, 2]);

it('a sample is wrong by as much as another class is preferred', () => {
  const wrongness = wrongnessOf(moment, 'nearest centre', [0, 1, 2, 3], labels);
  // Half the difference of squared distances to the centres.
  expect(wrongness).toEqual([-8, 4, -8, Number.POSITIVE_INFINITY]);
  expect(worstFirst([0, 1, 2, 3], wrongness)).toEqual([3, 1, 0, 2]);
});

it('where agents are not known the order is as it came', () => {
  const wrongness = wrongnessOf(moment, 'logits', [2, 0, 1], labels);
  expect(wrongness).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  expect(worstFirst([2, 0, 1], wrongness)).toEqual([2, 0, 1]);
});

it('filters name every pair of runs both ways', () => {
  const filters = filtersFor(['Softmax', 'Margin']);
  expect(filters.map(({ name }) => name)).toEqual([
    'All that were chosen',
    'Wrong in any run',
    'Wrong in Softmax, right in Margin',
    'Wrong in Margin, right in Softmax',
  ]);
  /** Row 0 is wrong in run 0 alone, row 1 in both, row 2 in none. */
  const isWrong = (run: number, row: number) => row === 1 || (row === 0 && run === 0);
  const rowsOf = (filter: Filter) => [0, 1, 2].filter((row) => passes(filter, row, 2, isWrong));
  expect(filters.map(({ filter }) => rowsOf(filter))).toEqual([[0, 1, 2], [0, 1], [0], []]);
});
