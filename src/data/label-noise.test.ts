import { describe, expect, it } from 'vitest';
import { withWrongLabels } from './label-noise.ts';

const COUNT = 20_000;
const labels = Uint8Array.from({ length: COUNT }, (_, i) => i % 10);
const all = Array.from({ length: 10 }, (_, label) => label);
const differing = (a: Uint8Array, b: Uint8Array) => a.filter((label, i) => label !== b[i]).length;

describe('label noise', () => {
  it('makes about that share of labels wrong, all other classes alike, and the same for the same seed', () => {
    const noisy = withWrongLabels(labels, { seed: 1, share: 0.3, classes: all });
    // Four standard deviations of a binomial count.
    const spread = 4 * Math.sqrt(COUNT * 0.3 * 0.7);
    expect(Math.abs(differing(noisy, labels) - 0.3 * COUNT)).toBeLessThan(spread);
    const ofThrees = all.map((label) => noisy.filter((own, i) => own === label && labels[i] === 3).length);
    for (const [label, count] of ofThrees.entries()) {
      if (label !== 3) expect(Math.abs(count - (0.3 * COUNT) / 90)).toBeLessThan(40);
    }
    expect(withWrongLabels(labels, { seed: 1, share: 0.3, classes: all })).toEqual(noisy);
    expect(differing(withWrongLabels(labels, { seed: 2, share: 0.3, classes: all }), noisy)).toBeGreaterThan(
      5000,
    );
  });

  it('leaves held-out classes alone, and does not say them of others; the rest keeps its draws', () => {
    const classes = all.filter((label) => label < 8);
    const noisy = withWrongLabels(labels, { seed: 1, share: 0.5, classes });
    for (const [i, label] of noisy.entries()) {
      if ((labels[i] as number) >= 8) expect(label).toBe(labels[i]);
      else expect(label).toBeLessThan(8);
    }
    const whole = withWrongLabels(labels, { seed: 1, share: 0.5, classes: all });
    const wrong = (own: Uint8Array) => Array.from(own, (label, i) => label !== labels[i]);
    const isSeen = (_: unknown, i: number) => (labels[i] as number) < 8;
    expect(wrong(noisy).filter(isSeen)).toEqual(wrong(whole).filter(isSeen));
  });

  it('is the identical array without noise', () => {
    expect(withWrongLabels(labels, { seed: 1, share: 0, classes: all })).toBe(labels);
  });
});
