/** The right answers of loss-cases.json, from independent code in double precision, for every loss that exists. */

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluateCase, type LossCase, type Rows } from './evaluate-case.ts';
import { largestError } from './gradcheck.ts';
import { type Losses, loadLosses } from './joint.ts';
import file from './loss-cases.json';
import { TERM_RECORDS } from './terms.ts';

interface Answered extends LossCase {
  readonly id: string;
  readonly value: number;
  readonly gradFeatures: Rows;
  readonly gradAgents?: Rows;
  readonly gradCentres?: Rows;
}

/** Relative, in single precision: values of 50 come from exponents of 64. */
const TOLERANCE = 1e-5;

const cases = file.cases as unknown as readonly Answered[];
let losses: Losses;

beforeAll(async () => {
  await tf.setBackend('cpu');
  losses = await loadLosses();
});

describe('the cases', () => {
  it('are all there, and every loss has one', () => {
    expect(cases).toHaveLength(47);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(47);
    const answered = new Set(cases.map(({ loss }) => loss));
    expect([...answered].sort()).toEqual(TERM_RECORDS.map(({ id }) => id).sort());
  });

  it.each(cases)('$id: $loss $params', ({ value, gradFeatures, gradAgents, gradCentres, ...given }) => {
    const result = evaluateCase(given, losses);
    expect(largestError([result.value], [value])).toBeLessThan(TOLERANCE);
    const pairs = { gradFeatures, gradAgents, gradCentres };
    for (const [name, expected] of Object.entries(pairs)) {
      const found = result[name as keyof typeof pairs];
      // That of trained centres comes unasked.
      if (expected === undefined && name === 'gradCentres') continue;
      expect(found?.length, name).toBe(expected?.length);
      expect(largestError(found?.flat() ?? [], expected?.flat() ?? []), name).toBeLessThan(TOLERANCE);
    }
  });
});

const small: LossCase = {
  loss: 'softmax',
  params: {},
  features: [[3, 4]],
  labels: [0],
  classes: 2,
  agents: [
    [1, 0],
    [0, 1],
  ],
};

describe('a case', () => {
  it('has the defaults of the record for what it leaves out', () => {
    const values = [{}, { s: 16, m: 0.1 }, { s: 7 }].map(
      (params) => evaluateCase({ ...small, loss: 'cosface', params }, losses).value,
    );
    expect(values[0]).toBe(values[1]);
    expect(values[0]).not.toBe(values[2]);
  });

  it('has any number of dimensions', () => {
    const { value, gradFeatures, gradAgents } = evaluateCase(
      {
        ...small,
        features: [[0.5, 1, 0]],
        agents: [
          [1, 0, 0],
          [0, 0, 2],
        ],
      },
      losses,
    );
    expect(value).toBeCloseTo(Math.log(1 + Math.exp(-0.5)), 6);
    expect([gradFeatures[0]?.length, gradAgents?.length, gradAgents?.[0]?.length]).toEqual([3, 2, 3]);
  });

  it('of no samples is 0', () => {
    const result = evaluateCase({ ...small, features: [], labels: [] }, losses);
    expect(result).toEqual({
      value: 0,
      gradFeatures: [],
      gradAgents: [
        [0, 0],
        [0, 0],
      ],
    });
  });

  it.each([
    [{ loss: 'ArcFace' }, /There is no loss “ArcFace”/],
    [{ loss: 'constructor' }, /There is no loss/],
    [{ loss: 'arcface', params: { m: 2 } }, /ArcFace: m is a number from 0 to 0.6\./],
    [{ loss: 'arcface', params: { s: '64' } }, /ArcFace: s is a number/],
    [{ loss: 'arcface', params: { k: 1 } }, /ArcFace has no knob “k”/],
    [{ agents: undefined }, /Softmax needs “agents”/],
    [{ loss: 'center' }, /Center needs “centres”/],
    [
      {
        loss: 'center',
        features: [[3e38, 3e38]],
        centres: [
          [0, 0],
          [0, 0],
        ],
      },
      /no finite number/,
    ],
  ])('%j is refused with a sentence', (change, sentence) => {
    expect(() => evaluateCase({ ...small, ...change }, losses)).toThrow(sentence);
  });

  it('leaves no tensors behind', () => {
    const before = tf.memory().numTensors;
    evaluateCase(small, losses);
    expect(tf.memory().numTensors).toBe(before);
  });
});
