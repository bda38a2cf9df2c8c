import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LabelledFeatures } from './classes.ts';
import { marginShares } from './margins.ts';
import { separability, silhouette } from './separability.ts';

/** Ten points in three classes; the numbers below are scikit-learn 1.2.1's for exactly these. */
const POINTS = [0, 0, 1, 0.5, 0.2, 1, 4, 4, 5, 4.5, 4.5, 5.5, -3, 4, -2, 5, -4, 4.5, 1.5, 1.5];
const ten: LabelledFeatures = {
  features: Float32Array.from(POINTS),
  labels: Uint8Array.from([0, 0, 0, 1, 1, 1, 2, 2, 2, 0]),
  dim: 2,
  classes: 10,
};

describe('separability', () => {
  it('equals scikit-learn', () => {
    const { silhouette: s, daviesBouldin, calinskiHarabasz, fisherRatio } = separability(ten);
    expect(s).toBeCloseTo(0.7394827756539122, 6);
    expect(daviesBouldin).toBeCloseTo(0.2995464973883209, 6);
    expect(calinskiHarabasz).toBeCloseTo(60.855429124803294, 4);
    // The trace ratio is the same without the degrees of freedom, 2 and 7.
    expect(fisherRatio).toBeCloseTo((60.855429124803294 * 2) / 7, 5);
  });

  it('counts a sample alone in its class as 0, as scikit-learn does', () => {
    const alone = { ...ten, labels: Uint8Array.from([0, 0, 0, 1, 1, 1, 2, 2, 2, 3]) };
    expect(silhouette(alone)).toBeCloseTo(0.509923269763776, 6);
  });

  it('is what is worked by hand on a square', () => {
    // Two classes, two points each, half a unit beside (0, 0) and (4, 3).
    const square = {
      features: Float32Array.from([-0.5, 0, 0.5, 0, 3.5, 3, 4.5, 3]),
      labels: Uint8Array.from([0, 0, 1, 1]),
      dim: 2,
      classes: 10,
    };
    const found = separability(square);
    expect(found.intraVariance).toBeCloseTo(0.25, 6);
    expect(found.fisherRatio).toBeCloseTo((4 * 6.25) / (4 * 0.25), 6);
    expect(found.daviesBouldin).toBeCloseTo(1 / 5, 6);
    expect(found.smallestMeanDistance).toBeCloseTo(5, 6);
    expect(found.radiusSpread).toBeCloseTo(0, 6);
    const centres = new Float32Array(20).fill(Number.NaN);
    centres.set([0, 0, 4, 3]);
    const shares = (inside: number, outside: number) => marginShares(square, centres, { inside, outside });
    // A sample exactly at a margin does not break it.
    expect(shares(0.5, 4.6)).toEqual({ outsideAlphaPlus: 0, insideAlphaMinus: 0 });
    expect(shares(0.4, 4.7)).toEqual({ outsideAlphaPlus: 1, insideAlphaMinus: 0.5 });
  });

  it('is NaN where there is one class, and nowhere else silent', () => {
    const one = {
      features: Float32Array.from([1, 2, 3, 4]),
      labels: Uint8Array.from([3, 3]),
      dim: 2,
      classes: 10,
    };
    const { intraVariance, ...others } = separability(one);
    expect(intraVariance).toBeCloseTo(2, 6);
    for (const value of Object.values(others)) expect(value).toBeNaN();
    const none = { features: new Float32Array(0), labels: new Uint8Array(0), dim: 2, classes: 10 };
    for (const value of Object.values(separability(none))) expect(value).toBeNaN();
  });

  it('of points that are all equal is NaN but for the distances, which are 0', () => {
    const equal = {
      features: new Float32Array(8).fill(2),
      labels: Uint8Array.from([0, 0, 1, 1]),
      dim: 2,
      classes: 10,
    };
    expect(separability(equal)).toEqual({
      intraVariance: 0,
      fisherRatio: Number.NaN,
      calinskiHarabasz: Number.NaN,
      daviesBouldin: Number.NaN,
      silhouette: 0,
      smallestMeanDistance: 0,
      radiusSpread: Number.NaN,
    });
  });

  it('of NaN is NaN', () => {
    const features = ten.features.slice();
    features[3] = Number.NaN;
    for (const value of Object.values(separability({ ...ten, features }))) expect(value).toBeNaN();
  });
});

/** Labelled points in the plane, at least two classes, not all in one place. */
const cloud = fc
  .array(
    fc.record({
      x: fc.integer({ min: -50, max: 50 }),
      y: fc.integer({ min: -50, max: 50 }),
      label: fc.nat(3),
    }),
    { minLength: 6, maxLength: 40 },
  )
  .filter((points) => new Set(points.map(({ label }) => label)).size > 1)
  .map((points) => ({
    features: Float32Array.from(points.flatMap(({ x, y }) => [x, y])),
    labels: Uint8Array.from(points, ({ label }) => label),
    dim: 2,
    classes: 10,
  }));

const moved = (labelled: LabelledFeatures, map: (x: number, y: number) => [number, number]) => {
  const features = labelled.features.slice();
  for (let i = 0; i < features.length; i += 2) {
    features.set(map(features[i] as number, features[i + 1] as number), i);
  }
  return { ...labelled, features };
};

/** Equal up to single precision, NaN and infinity included. */
function expectClose(found: object, expected: object, scale: Record<string, number> = {}): void {
  for (const [name, value] of Object.entries(expected)) {
    const wanted = value * (scale[name] ?? 1);
    const got = (found as Record<string, number>)[name] as number;
    if (!Number.isFinite(wanted) || Math.abs(wanted) > 1e5) continue;
    expect(Math.abs(got - wanted), name).toBeLessThanOrEqual(2e-3 * Math.max(1, Math.abs(wanted)));
  }
}

describe('separability, whatever the points', () => {
  it('does not change when they are turned and shifted', () => {
    fc.assert(
      fc.property(cloud, fc.double({ min: 0, max: 6.3, noNaN: true }), (labelled, angle) => {
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        const turned = moved(labelled, (x, y) => [c * x - s * y + 7, s * x + c * y - 11]);
        expectClose(separability(turned), separability(labelled));
      }),
    );
  });

  it('scales as its unit does', () => {
    fc.assert(
      fc.property(cloud, fc.integer({ min: 2, max: 8 }), (labelled, k) => {
        const scaled = moved(labelled, (x, y) => [k * x, k * y]);
        expectClose(separability(scaled), separability(labelled), {
          intraVariance: k * k,
          smallestMeanDistance: k,
        });
      }),
    );
  });

  it('does not depend on the order of the samples', () => {
    fc.assert(
      fc.property(cloud, (labelled) => {
        const { features, labels, dim } = labelled;
        const rows = Array.from(labels, (_, i) => labels.length - 1 - i);
        const reversed = {
          features: Float32Array.from(
            rows.flatMap((row) => [...features.subarray(row * dim, (row + 1) * dim)]),
          ),
          labels: Uint8Array.from(rows, (row) => labels[row] as number),
          dim,
          classes: 10,
        };
        expectClose(separability(reversed), separability(labelled));
      }),
    );
  });
});
