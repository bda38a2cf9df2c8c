import { expect, it } from 'vitest';
import { createRandom } from '../src/data/random.ts';
import { evaluate } from '../src/measures/evaluate.ts';
import { PAIR_SEED, PAIRS } from '../src/measures/verification.ts';
import { pairDraws } from './pair-draws.ts';

const random = createRandom(3, 'pair draws');
const labels = Uint8Array.from({ length: 1200 }, (_, i) => i % 4);
const test = {
  labels,
  dim: 2,
  classes: 4,
  features: Float32Array.from({ length: 2400 }, (_, i) => {
    const label = labels[i >> 1] as number;
    return (i % 2 === 0 ? label % 2 : label >> 1) * 2 - 1 + random.normal();
  }),
};

it.each([
  { heldOut: [], part: '', different: 3 },
  // So few that each pair is taken once.
  { heldOut: [1, 3], part: 'unseen', different: 1 },
])(
  'the first draw is that of the measures, others differ a little, $heldOut held out',
  ({ heldOut, part, different }) => {
    const measures = evaluate({
      ...{ ...test, heldOut, centres: new Float32Array(8), predictions: labels },
      trainingMeans: new Float32Array(8),
      ...({ rule: 'logits', margins: undefined } as const),
      pairs: { count: PAIRS, seed: PAIR_SEED, mayBeAll: true },
    });
    const draws = pairDraws(test, heldOut, 3);
    expect(draws.map(({ seed }) => seed)).toEqual([1, 2, 3]);
    const named = (metric: string) =>
      measures[part === '' ? `${metric.toLowerCase()}EER` : `${part}${metric}EER`];
    expect(draws[0]?.euclideanEER).toBe(named('Euclidean'));
    expect(draws[0]?.cosineEER).toBe(named('Cosine'));
    const errors = draws.map(({ euclideanEER }) => euclideanEER);
    expect(new Set(errors).size).toBe(different);
    expect(Math.max(...errors) - Math.min(...errors)).toBeLessThan(0.02);
  },
);
