/** What every loss term keeps to, by itself: its record, its gradients, and finite numbers in the odd cases. */

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { termTex } from './equation.ts';
import { batchOf, evaluateCase, type LossCase, type Rows } from './evaluate-case.ts';
import { finiteDifferences, largestError, randomMatrix } from './gradcheck.ts';
import { type Losses, loadLosses, meanOver } from './joint.ts';
import {
  defaultKnobs,
  isValueOf,
  objectiveOf,
  parseObjective,
  WEIGHT_RANGE,
  weightedTerm,
} from './objective.ts';
import { type Knob, type Knobs, type KnobValue, SLOTS, type TermRecord } from './term.ts';
import { TERM_RECORDS, termsIn } from './terms.ts';

const CLASSES = 5;
/** Of samples that are off the kinks and off the ties of every mining. */
const FEATURE_SEED = 34;
/** Half of the step of differences. */
const H = 2e-3;
/** Class 3 has no sample. */
const LABELS = [0, 1, 2, 4, 0, 1, 2, 4, 0, 1, 2, 2];
/** `present` where class 3 takes no part. */
const WITHOUT_3 = [1, 1, 1, 0, 1];

let losses: Losses;

beforeAll(async () => {
  await tf.setBackend('cpu');
  losses = await loadLosses();
});

function valuesOf(knob: Knob): readonly KnobValue[] {
  if (knob.kind === 'flag') return [false, true];
  return knob.kind === 'choice' ? knob.options.map(({ value }) => value) : knob.range;
}

/** Every knob at its default, at either end of its range, each choice: one list of knobs a setting. */
function settingsOf(record: TermRecord): Knobs[] {
  const plain = defaultKnobs(record);
  const changed = record.knobs.flatMap((knob) => {
    return valuesOf(knob).map((value) => ({ ...plain, [knob.key]: value }));
  });
  return [plain, ...changed];
}
const SETTINGS = TERM_RECORDS.flatMap((record) =>
  settingsOf(record).map((knobs) => ({ id: record.id, knobs })),
);

const rows = (tensor: tf.Tensor2D): Rows => tensor.arraySync();
const matrix = (values: Rows) => tf.tensor2d(values.map((row) => [...row]));

/** Samples that are spread about five centres and agents. */
function randomCase(id: string, params: Knobs, dim: number): LossCase {
  return {
    loss: id,
    params,
    features: rows(randomMatrix(FEATURE_SEED, LABELS.length, dim, 2)),
    labels: LABELS,
    classes: CLASSES,
    centres: rows(randomMatrix(7, CLASSES, dim, 2)),
    agents: rows(randomMatrix(11, CLASSES, dim)),
  };
}

describe.each(TERM_RECORDS)('the record of $id', (record) => {
  it('is complete and takes its own defaults', () => {
    expect(termsIn(record.slot)).toContain(record);
    expect(TERM_RECORDS.filter(({ id }) => id === record.id)).toHaveLength(1);
    expect(record.id).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(SLOTS).toContain(record.slot);
    for (const text of [record.title, record.word, record.sentence, record.symbol, termTex(record)]) {
      expect(text.trim()).not.toBe('');
    }
    expect(record.source.url).toMatch(/^https:\/\//);
    expect(record.weight).toBeGreaterThan(WEIGHT_RANGE[0]);
    expect(record.weight).toBeLessThanOrEqual(WEIGHT_RANGE[1]);
    const keys = record.knobs.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const knob of record.knobs) {
      expect(knob.key).toMatch(/^[A-Za-z][A-Za-z0-9]*$/);
      expect(isValueOf(knob, knob.default), knob.key).toBe(true);
      const tried = knob.kind === 'number' ? (knob.tried ?? []) : [];
      for (const value of tried) expect(isValueOf(knob, value), `${knob.key} ${value}`).toBe(true);
    }
  });

  it('comes back from an objective in plain data', () => {
    const objective = objectiveOf(
      { head: 1, centre: 0, metric: 0, [record.slot]: record.weight },
      { [record.slot]: weightedTerm(record.id, record.weight) },
    );
    expect(parseObjective(JSON.parse(JSON.stringify(objective)))).toEqual(objective);
  });
});

const SITUATIONS: Record<string, (given: LossCase) => Partial<LossCase>> = {
  'a class that takes no part': () => ({ present: WITHOUT_3 }),
  'one class only in the batch': ({ features }) => ({ labels: features.map(() => 2) }),
  'one class only that takes part': ({ features }) => ({
    labels: features.map(() => 2),
    present: [0, 0, 1, 0, 0],
  }),
  'one class in all': ({ features, centres, agents }) => ({
    labels: features.map(() => 0),
    classes: 1,
    centres: centres?.slice(0, 1),
    agents: agents?.slice(0, 1),
  }),
  'one sample': ({ features, labels }) => ({ features: features.slice(0, 1), labels: labels.slice(0, 1) }),
  'identical samples': ({ features }) => ({ features: features.map(() => features[0] ?? []) }),
  'samples on the centres': ({ labels, centres = [] }) => ({
    features: labels.map((label) => centres[label] ?? []),
  }),
  'samples on their agents': ({ labels, agents = [] }) => ({
    features: labels.map((label) => agents[label] ?? []),
  }),
  'samples opposite their agents': ({ labels, agents = [] }) => ({
    features: labels.map((label) => (agents[label] ?? []).map((value) => -value)),
  }),
  'all features 0': ({ features }) => ({ features: zeros(features) }),
  'all features, agents and centres 0': ({ features, agents, centres }) => ({
    features: zeros(features),
    agents: zeros(agents),
    centres: zeros(centres),
  }),
  'features of 10,000': ({ features }) => ({ features: features.map((row) => row.map((x) => x * 10_000)) }),
};
const zeros = (values: Rows | undefined): Rows => (values ?? []).map((row) => row.map(() => 0));

describe.each([2, 7])('with %i-dimensional features', (dim) => {
  describe.each(SETTINGS)('$id $knobs', ({ id, knobs }) => {
    const given = randomCase(id, knobs, dim);

    it.each([
      ['', given],
      [' without a class that takes no part', { ...given, present: WITHOUT_3 }],
    ])('has the gradients of central differences%s', (_, tried) => {
      const { value: whole, gradFeatures, gradAgents, gradCentres } = evaluateCase(tried, losses);
      const batch = batchOf(tried);
      const module = losses.get(id);
      if (module === undefined) throw new Error(`The loss ${id} is not loaded.`);
      const check = (name: 'features' | 'agents' | 'centres', gradient: tf.Tensor2D) => {
        const value = (moved: tf.Tensor2D) => meanOver({ ...batch, [name]: moved }, knobs, module);
        // Large scales bend a loss within a hundredth, and make its gradients large.
        const differences = finiteDifferences(value, batch[name], H);
        const found = gradient.dataSync<'float32'>();
        const scale = Math.max(1, ...found.map(Math.abs));
        const shares = (values: Float32Array) => values.map((each) => each / scale);
        // What rounding of the value leaves of a difference.
        const noise = (whole * 2 ** -23) / H;
        expect(largestError(shares(found), shares(differences)), name).toBeLessThan(2e-3 + noise / scale);
      };
      check('features', matrix(gradFeatures));
      if (gradAgents !== undefined) check('agents', tf.transpose(matrix(gradAgents)));
      if (gradCentres !== undefined) check('centres', matrix(gradCentres));
    });

    it.each(Object.entries(SITUATIONS))('is finite, gradients too, with %s', (_, change) => {
      // Throws where a number is not finite.
      const { value, gradFeatures } = evaluateCase({ ...given, ...change(given) }, losses);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(gradFeatures[0]).toHaveLength(dim);
    });

    it('is 0 over no samples', () => {
      const { value, gradFeatures, ...others } = evaluateCase({ ...given, features: [], labels: [] }, losses);
      expect([value, gradFeatures]).toEqual([0, []]);
      for (const rows of Object.values(others)) expect(rows).toEqual(zeros(given.agents));
    });

    it('does not feel a class that takes no part', () => {
      const far = (values: Rows | undefined) => values?.map((row, j) => (j === 3 ? row.map(() => 9) : row));
      const without = { ...given, present: WITHOUT_3 };
      const moved = { ...without, centres: far(given.centres), agents: far(given.agents) };
      const { gradAgents, gradCentres, ...result } = evaluateCase(without, losses);
      const { value, gradFeatures } = evaluateCase(moved, losses);
      expect({ value, gradFeatures }).toEqual(result);
      for (const gradient of [gradAgents, gradCentres]) {
        for (const component of gradient?.[3] ?? []) expect(component).toBeCloseTo(0, 12);
      }
    });
  });
});
