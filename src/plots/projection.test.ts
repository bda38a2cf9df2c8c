/** Principal axes, planes through them, and what turning a plane keeps. */

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../data/random.ts';
import {
  firstPlane,
  MOST_AXES,
  type Plane,
  principalAxes,
  projected,
  toured,
  withAxisAt,
} from './projection.ts';

/** Samples that spread by 9, 4 and 1 along three directions of five dimensions, and hardly along the others. */
function cloud(count = 500): Float32Array {
  const random = createRandom(5, 'cloud');
  const spread = [1, 9, 0.01, 4, 0.01];
  return Float32Array.from(
    { length: 5 * count },
    (_, at) => 7 + random.normal() * (spread[at % 5] as number),
  );
}

const gram = (plane: Plane) => {
  const column = (k: number) => Array.from(plane).filter((_, at) => at % 2 === k);
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  return [dot(column(0), column(0)), dot(column(0), column(1)), dot(column(1), column(1))];
};
const isOrthonormal = (plane: Plane) => {
  const [xx = 0, xy = 0, yy = 0] = gram(plane);
  expect(xx).toBeCloseTo(1, 5);
  expect(xy).toBeCloseTo(0, 5);
  expect(yy).toBeCloseTo(1, 5);
};

describe('principal axes', () => {
  it('are the directions of the widest spread, wherever the mean is, with their shares', () => {
    const { axes, shares, count } = principalAxes(cloud(), 5);
    expect(count).toBe(5);
    for (const [axis, own] of [1, 3, 0].entries())
      expect(Math.abs(axes[axis * 5 + own] as number)).toBeGreaterThan(0.99);
    expect(shares[0]).toBeGreaterThan(0.75);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
    expect([...shares].sort((a, b) => b - a)).toEqual(shares);
  });

  it('follow those before, so that nothing flips', () => {
    const before = principalAxes(cloud(), 5);
    const flipped = { ...before, axes: before.axes.map((value) => -value) };
    const after = principalAxes(cloud(), 5, flipped);
    expect(after.axes[1] as number).toBeCloseTo(-(before.axes[1] as number), 2);
  });

  it('are at most eight, and stand where nothing spreads', () => {
    expect(principalAxes(new Float32Array(64 * 3), 64).count).toBe(MOST_AXES);
    const { axes, shares } = principalAxes(new Float32Array(9), 3);
    expect(axes.every(Number.isFinite)).toBe(true);
    expect(shares).toEqual([0, 0, 0]);
  });
});

describe('a projection', () => {
  it('keeps lengths along its axes', () => {
    const features = cloud(50);
    const axes = principalAxes(features, 5);
    const drawn = projected(features, axes, firstPlane(axes.count));
    expect(drawn).toHaveLength(100);
    const along = (i: number) =>
      Array.from({ length: 5 }, (_, k) => (axes.axes[k] as number) * (features[5 * i + k] as number)).reduce(
        (sum, value) => sum + value,
      );
    expect(drawn[2 * 7]).toBeCloseTo(along(7), 3);
    expect(projected(new Float32Array(5).fill(Number.NaN), axes, firstPlane(5))).toEqual(
      new Float32Array(2).fill(Number.NaN),
    );
  });
});

describe('a plane', () => {
  it('stays one on the tour, and comes by every axis', () => {
    let plane = firstPlane(6);
    const reached = new Float64Array(6);
    for (let i = 0; i < 20_000; i++) {
      plane = toured(plane, 1 / 60);
      for (let axis = 0; axis < 6; axis++) {
        const length = Math.hypot(plane[2 * axis] as number, plane[2 * axis + 1] as number);
        reached[axis] = Math.max(reached[axis] as number, length);
      }
    }
    isOrthonormal(plane);
    for (const length of reached) expect(length).toBeGreaterThan(0.7);
  });

  it('lets an axis be taken anywhere within one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4 }),
        fc.double({ min: -1.5, max: 1.5, noNaN: true }),
        fc.double({ min: -1.5, max: 1.5, noNaN: true }),
        fc.integer({ min: 0, max: 500 }),
        (axis, x, y, moment) => {
          const plane = toured(firstPlane(5), moment / 10);
          const held = withAxisAt(plane, axis, [x, y]);
          isOrthonormal(held);
          const length = Math.max(0.995, Math.hypot(x, y)) / 0.995;
          const [atX, atY] = [held[2 * axis] as number, held[2 * axis + 1] as number];
          expect(Math.hypot(atX - x / length, atY - y / length)).toBeLessThan(1e-4);
        },
      ),
    );
  });
});
