import { describe, expect, it } from 'vitest';
import { clearlyBest } from './paired.ts';

describe('the clearly best of several runs', () => {
  // Seeds differ by far more than runs do.
  const seeds = [0.2, 0.5, 0.9];

  it('is found by differences within seeds, where means with their spread would overlap', () => {
    const better = seeds.map((value, i) => value + 0.05 + i * 0.001);
    expect(clearlyBest([seeds, better], 'higher')).toBe(1);
    expect(clearlyBest([seeds, better], 'lower')).toBe(0);
  });

  it('is none where one seed goes the other way', () => {
    expect(clearlyBest([seeds, [0.25, 0.55, 0.85]], 'higher')).toBeUndefined();
  });

  it('must beat every other, and needs two runs, two seeds, and numbers', () => {
    const more = seeds.map((value, i) => value + 0.1 + i * 0.001);
    expect(clearlyBest([seeds, more, more], 'higher')).toBeUndefined();
    expect(clearlyBest([seeds], 'higher')).toBeUndefined();
    expect(clearlyBest([[1], [2]], 'higher')).toBeUndefined();
    expect(clearlyBest([seeds, [Number.NaN, 1, 2]], 'higher')).toBeUndefined();
  });
});
