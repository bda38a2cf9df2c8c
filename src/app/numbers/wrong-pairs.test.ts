/** Which pairs a threshold decides wrongly, and how many of them are drawn. */

import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../measures/evaluation.ts';
import { pageWith } from '../state/in-tests.ts';
import { thresholdOf, wrongPairs } from './wrong-pairs.ts';

const rows = (...values: number[]) => Uint32Array.from(values);
const distances = (...values: number[]) => Float32Array.from(values);

/** Three pairs of each kind; by Euclidean distance the threshold of the equal error is 2. */
const evaluation: Evaluation = {
  measures: { euclideanThreshold: 2, cosineThreshold: 0.5 },
  seen: {
    pairs: {
      genuine: { first: rows(0, 1, 2), second: rows(1, 2, 0) },
      impostor: { first: rows(0, 1, 2), second: rows(5, 6, 7) },
    },
    scores: {
      euclidean: { genuine: distances(1, 2, 3), impostor: distances(1, 2, 3) },
      cosine: { genuine: distances(0.9, 0.1, 0.1), impostor: distances(0.9, 0.9, 0.9) },
    },
  },
  confusion: new Uint32Array(0),
};
const page = pageWith({
  evaluations: [evaluation, evaluation],
  showsWrongPairs: true,
  selectedRun: 1,
  metric: 'euclidean',
  threshold: undefined,
});

describe('the threshold', () => {
  it('is the chosen one, else that of the equal error by the metric', () => {
    expect(thresholdOf(evaluation, 'euclidean', undefined)).toBe(2);
    expect(thresholdOf(evaluation, 'cosine', undefined)).toBe(0.5);
    expect(thresholdOf(evaluation, 'euclidean', 0)).toBe(0);
  });

  it('is none without an evaluation, even a chosen one', () => {
    expect(thresholdOf(undefined, 'euclidean', 3)).toBeUndefined();
  });
});

describe('wrong pairs', () => {
  it('are genuine ones beyond the threshold, and impostors within or at it', () => {
    expect(wrongPairs(page, 1)).toEqual([
      { kind: 'refused', first: rows(2), second: rows(0) },
      { kind: 'accepted', first: rows(0, 1), second: rows(5, 6) },
    ]);
  });

  it('follow the chosen threshold and the metric', () => {
    expect(wrongPairs({ ...page, threshold: 0.5 }, 1)?.map(({ first }) => first)).toEqual([
      rows(0, 1, 2),
      rows(),
    ]);
    expect(wrongPairs({ ...page, metric: 'cosine' }, 1)?.map(({ first }) => first)).toEqual([
      rows(0),
      rows(),
    ]);
  });

  it('are of the selected run, where they are asked for and evaluated', () => {
    expect(wrongPairs(page, 0)).toBeUndefined();
    expect(wrongPairs({ ...page, showsWrongPairs: false }, 1)).toBeUndefined();
    expect(wrongPairs({ ...page, evaluations: [evaluation, undefined] }, 1)).toBeUndefined();
  });

  it('are none where there is no threshold', () => {
    const without = { ...evaluation, measures: {} };
    const found = wrongPairs({ ...page, evaluations: [undefined, without] }, 1);
    expect(found?.map(({ first }) => first.length)).toEqual([0, 0]);
  });

  it('are the first 150 of many', () => {
    const many = Uint32Array.from({ length: 400 }, (_, i) => i);
    const pairs = { first: many, second: many };
    const scores = { genuine: new Float32Array(400).fill(9), impostor: new Float32Array(400).fill(9) };
    const crowded: Evaluation = {
      ...evaluation,
      seen: { pairs: { genuine: pairs, impostor: pairs }, scores: { euclidean: scores, cosine: scores } },
    };
    const [refused, accepted] = wrongPairs({ ...page, evaluations: [undefined, crowded] }, 1) ?? [];
    expect(refused?.first).toEqual(many.slice(0, 150));
    expect(refused?.second).toHaveLength(150);
    expect(accepted?.first).toHaveLength(0);
  });
});
