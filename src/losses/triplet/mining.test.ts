import { describe, expect, it } from 'vitest';
import { createRandom } from '../../data/random.ts';
import { batchHard, type Mined, semiHard } from './mining.ts';

const COUNT = 24;
const random = createRandom(3, 'mining');
const LABELS = Array.from({ length: COUNT }, () => random.int(4));
const PLACES = Array.from({ length: COUNT }, () => [random.normal(), random.normal()] as const);
const DISTANCES = Float32Array.from({ length: COUNT * COUNT }, (_, i) => {
  const [a, b] = [PLACES[Math.floor(i / COUNT)], PLACES[i % COUNT]];
  return a === undefined || b === undefined ? 0 : Math.hypot(a[0] - b[0], a[1] - b[1]);
});
const D = (i: number, j: number) => DISTANCES[i * COUNT + j] as number;
const lossOf = ({ coefficients, offset }: Mined) =>
  coefficients.reduce((sum, each, i) => sum + each * (DISTANCES[i] as number), offset);
const all = Array.from({ length: COUNT }, (_, i) => i);
const isSame = (i: number, j: number) => LABELS[i] === LABELS[j];

describe.each([0.1, 1, 3])('with a margin of %d', (alpha) => {
  it('semi-hard mining finds what brute force finds', () => {
    const hinges = all.flatMap((a) =>
      all
        .filter((p) => p !== a && isSame(a, p))
        .map((p) => {
          const negatives = all.filter((n) => !isSame(a, n)).map((n) => D(a, n));
          const farther = negatives.filter((d) => d > D(a, p));
          const chosen = farther.length > 0 ? Math.min(...farther) : Math.max(...negatives);
          return Math.max(0, alpha + D(a, p) - chosen);
        }),
    );
    const mean = hinges.reduce((sum, each) => sum + each, 0) / hinges.length;
    expect(lossOf(semiHard({ distances: DISTANCES, labels: LABELS }, alpha))).toBeCloseTo(mean, 5);
  });

  it('batch-hard mining finds what brute force finds', () => {
    const partnered = all.filter((a) => all.some((p) => p !== a && isSame(a, p)));
    expect(partnered.length).toBeLessThan(COUNT);
    const hinges = partnered.map((a) => {
      const own = all.filter((p) => p !== a && isSame(a, p)).map((p) => D(a, p));
      const others = all.filter((n) => !isSame(a, n)).map((n) => D(a, n));
      return Math.max(0, alpha + Math.max(...own) - Math.min(...others));
    });
    const mean = hinges.reduce((sum, each) => sum + each, 0) / hinges.length;
    expect(lossOf(batchHard({ distances: DISTANCES, labels: LABELS }, alpha))).toBeCloseTo(mean, 5);
  });
});

it.each([semiHard, batchHard])('finds nothing without a partner, or without another class', (mine) => {
  for (const labels of [
    [0, 1, 2],
    [1, 1, 1],
  ]) {
    const { coefficients, offset } = mine({ distances: new Float32Array(9).fill(1), labels }, 1);
    expect([...coefficients, offset].every((value) => value === 0)).toBe(true);
  }
});
