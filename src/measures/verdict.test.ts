import { describe, expect, it } from 'vitest';
import { judged } from './verdict.ts';

describe('a verdict', () => {
  it('holds, fails or is undecided by the interval of paired differences', () => {
    expect(judged([1, 1.2, 0.9, 1.1])).toMatchObject({ verdict: 'holds', pairs: 4 });
    expect(judged([-1, -1.2, -0.9, -1.1])?.verdict).toBe('fails');
    expect(judged([1, -1, 0.5, -0.7])?.verdict).toBe('undecided');
    expect(judged([1, 1.1])).toBeUndefined();
    expect(judged([1, Number.NaN, 1])).toBeUndefined();
  });

  it('that flips when a pair is left out is not called holds', () => {
    // All four together are above zero; without the second they are not told from it.
    const differences = [1, 1.1, 0.4, 0.9];
    expect(judged(differences)?.low).toBeGreaterThan(0);
    const flips = differences.some((_, left) => {
      const rest = differences.filter((_, pair) => pair !== left);
      return (judged(rest)?.low ?? 0) <= 0;
    });
    expect(flips).toBe(true);
    expect(judged(differences)?.verdict).toBe('undecided');
  });
});
