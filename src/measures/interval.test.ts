import { describe, expect, it } from 'vitest';
import { intervalOf } from './interval.ts';

/** Half the width of the interval over the standard error. */
function factor(count: number): number {
  const interval = intervalOf(Array.from({ length: count }, (_, i) => i % 3));
  if (interval === undefined) throw new Error('There is an interval.');
  const { low, high, deviation } = interval;
  return (high - low) / 2 / (deviation / Math.sqrt(count));
}

describe('the 95 % interval of a mean', () => {
  it("has Student's quantiles, to three digits for many runs too", () => {
    // Any table of the t distribution, two-sided 95 %.
    for (const [count, quantile] of [
      [2, 12.706],
      [10, 2.262],
      [21, 2.086],
      [22, 2.08],
      [31, 2.042],
      [45, 2.015],
      [121, 1.98],
    ] as const)
      expect(Math.abs(factor(count) - quantile), `${count} runs`).toBeLessThan(1e-3);
  });

  it('is none of fewer than two', () => {
    expect(intervalOf([])).toBeUndefined();
    expect(intervalOf([1])).toBeUndefined();
  });
});
