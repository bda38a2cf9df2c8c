import { expect, it } from 'vitest';
import { createRandom } from '../data/random.ts';
import { nearestNeighbours, nearestTo } from './neighbours.ts';

it('finds what sorting finds', () => {
  const random = createRandom(1, 'neighbours');
  const features = Float32Array.from({ length: 600 }, () => random.normal());
  const at = (row: number, k: number) => features[3 * row + k] as number;
  for (const row of [0, 17, 199]) {
    const distance = (other: number) => Math.hypot(...[0, 1, 2].map((k) => at(row, k) - at(other, k)));
    const sorted = Array.from({ length: 200 }, (_, i) => i)
      .filter((i) => i !== row)
      .sort((a, b) => distance(a) - distance(b));
    expect(nearestNeighbours(features, { row, count: 5, dim: 3 })).toEqual(sorted.slice(0, 5));
  }
});

it('of equals the first come first, and of few all; what is no number is never near', () => {
  const features = Float32Array.from([0, 0, 1, 0, 0, 1, Number.NaN, 0]);
  expect(nearestNeighbours(features, { row: 0, count: 5, dim: 2 })).toEqual([1, 2]);
  expect(nearestNeighbours(features, { row: 0, count: 1, dim: 2 })).toEqual([1]);
  expect(nearestTo(features, Float32Array.of(0.9, 0), { count: 2 })).toEqual([1, 0]);
});
