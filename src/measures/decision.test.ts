import { describe, expect, it } from 'vitest';
import { accuracy, largestCosine, largestLogit, nearestCentre } from './decision.ts';

/** Classes 0 and 1, two samples each, one unit above and below (0, 0) and (4, 3). */
const labelled = {
  features: Float32Array.from([0, 1, 0, -1, 4, 4, 4, 2]),
  labels: Uint8Array.from([0, 0, 1, 1]),
  dim: 2,
  classes: 10,
};

describe('decisions', () => {
  it('take the nearest centre, or the largest logit', () => {
    const centres = new Float32Array(20).fill(99);
    centres.set([0, 0, 4, 3]);
    const predictions = nearestCentre(labelled.features, centres, 2);
    expect(Array.from(predictions)).toEqual([0, 0, 1, 1]);
    expect(accuracy(predictions, Uint8Array.from([0, 1, 1, 1]))).toBe(0.75);
    // W is [2 × 10]: class 7 likes large x, class 2 likes negative y.
    const weights = new Float32Array(20);
    weights[7] = 1;
    weights[10 + 2] = -2;
    expect(Array.from(largestLogit(labelled.features, weights, 2))).toEqual([0, 2, 7, 7]);
  });

  it('take the largest cosine, whatever the lengths', () => {
    // Agents along x and y, one of them long; a third of length 0 is never taken for a direction.
    const weights = Float32Array.from([5, 0, 0, 0, 1, 0]);
    const features = Float32Array.from([1, 2, 2, 1, -1, -1, 1e-3, 2e-3]);
    expect(Array.from(largestLogit(features, weights, 2))).toEqual([0, 0, 2, 0]);
    expect(Array.from(largestCosine(features, weights, 2))).toEqual([1, 0, 2, 1]);
  });
});
