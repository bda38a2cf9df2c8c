import { expect, it } from 'vitest';
import { farthestPairs, nearestRows } from './mining.ts';

it('takes of each class the pairs that are farthest apart, as many as there are', () => {
  const places = [0, 1, 5, 2, 9, 3];
  const labels = [0, 0, 0, 1, 1, 2];
  const distances = Float32Array.from({ length: 36 }, (_, i) =>
    Math.abs((places[Math.floor(i / 6)] as number) - (places[i % 6] as number)),
  );
  expect(farthestPairs(distances, labels, 2)).toEqual([
    {
      label: 0,
      pairs: [
        [0, 2],
        [1, 2],
      ],
    },
    { label: 1, pairs: [[3, 4]] },
  ]);
});

it('finds the two rows that are nearest, where there are two', () => {
  expect(nearestRows(Float32Array.of(0, 0, 5, 5, 5, 6, 9, 9), 2)).toEqual([1, 2]);
  expect(nearestRows(Float32Array.of(0, 0), 2)).toBeUndefined();
  expect(nearestRows(Float32Array.of(Number.NaN, 0, 1, 1), 2)).toEqual([0, 1]);
});
