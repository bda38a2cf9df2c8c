import { describe, expect, it } from 'vitest';
import { classMeans } from './classes.ts';
import { letterMeasures } from './distances.ts';

/** Classes 0 and 1, two samples each, one unit above and below (0, 0) and (4, 3). */
const labelled = {
  features: Float32Array.from([0, 1, 0, -1, 4, 4, 4, 2]),
  labels: Uint8Array.from([0, 0, 1, 1]),
  dim: 2,
  classes: 10,
};

describe('the letter’s measures', () => {
  it('are mean distances to own, between, and to other class means', () => {
    const means = classMeans(labelled);
    expect(Array.from(means.subarray(0, 4))).toEqual([0, 0, 4, 3]);
    const { D1, D2, D3 } = letterMeasures(labelled, means);
    expect(D1).toBeCloseTo(1, 6);
    expect(D2).toBeCloseTo(5, 6);
    // (0, ±1) to (4, 3) and (4, 4), (4, 2) to the origin.
    const expected = (Math.sqrt(20) + Math.sqrt(32) + Math.sqrt(32) + Math.sqrt(20)) / 4;
    expect(D3).toBeCloseTo(expected, 5);
  });

  it('say NaN, not 0, where there is nothing to average', () => {
    const one = { features: Float32Array.from([1, 2]), labels: Uint8Array.from([3]), dim: 2, classes: 10 };
    const { D1, D2, D3 } = letterMeasures(one, classMeans(one));
    expect([D1, D2, D3]).toEqual([0, Number.NaN, Number.NaN]);
  });
});
