/** Forces against finite differences of the very losses, for every term there is. */

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../data/random.ts';
import { jointLoss, type Losses, loadLosses } from '../../losses/joint.ts';
import { activeTerms, objectiveOf, weightedTerm } from '../../losses/objective.ts';
import { presetNamed } from '../../losses/presets.ts';
import { SLOTS, type TermRecord } from '../../losses/term.ts';
import { TERM_RECORDS, termOf } from '../../losses/terms.ts';
import type { ForcesRequest } from '../requests.ts';
import { forcesAsked, forcesBy } from './forces.ts';

const CLASSES = 4;
const COUNT = 5;
const STEP = 1e-2;
const random = createRandom(3, 'forces');
const normal = (count: number, size: number) =>
  Float32Array.from({ length: count }, () => size * random.normal());

let losses: Losses;
beforeAll(async () => {
  await tf.setBackend('cpu');
  losses = await loadLosses();
});

const base: ForcesRequest = {
  kind: 'forces',
  objective: presetNamed('S').objective,
  places: normal(2 * COUNT, 4),
  labels: Uint8Array.from({ length: COUNT }, (_, i) => i % CLASSES),
  centres: normal(2 * CLASSES, 3),
  agents: normal(2 * CLASSES, 1),
  heldOut: [],
  others: {
    features: normal(2 * 3 * CLASSES, 4),
    labels: Uint8Array.from({ length: 3 * CLASSES }, (_, i) => i % CLASSES),
  },
  isDetailed: true,
};

/** Samples of the batch in which one is evaluated: itself, and where a term compares samples, all others. */
function batchOf({ objective, others }: ForcesRequest): ForcesRequest['others'] {
  const isWhole = activeTerms(objective).some(({ id, knobs }) => termOf(id).needs(knobs).wholeBatch);
  return isWhole ? others : { features: new Float32Array(0), labels: new Uint8Array(0) };
}

const objectiveWith = ({ id, slot }: Pick<TermRecord, 'id' | 'slot'>, weight = 0.7) =>
  objectiveOf({ head: 0, centre: 0, metric: 0, [slot]: weight }, { [slot]: weightedTerm(id, weight) });

/** The objective on one sample, alone or among the others, by the joint loss of training. */
function jointOn(request: ForcesRequest, place: number, x: number, y: number): number {
  const { centres, agents, labels, objective } = request;
  return tf.tidy(() => {
    const others = batchOf(request);
    const all = [labels[place] as number, ...others.labels];
    const oneHot = new Float32Array(all.length * CLASSES);
    for (const [row, label] of all.entries()) oneHot[row * CLASSES + label] = 1;
    const learned = tf.tensor2d(centres, [CLASSES, 2]);
    const { total } = jointLoss(
      {
        features: tf.tensor2d(Float32Array.of(x, y, ...others.features), [all.length, 2]),
        oneHot: tf.tensor2d(oneHot, [all.length, CLASSES]),
        agents: tf.tensor2d(agents as Float32Array, [2, CLASSES]),
        centres: learned,
        trainedCentres: Object.fromEntries(SLOTS.map((slot) => [objective[slot].id, learned])),
      },
      objective,
      losses,
    );
    return total.dataSync()[0] as number;
  });
}

/** −∂J/∂x by central differences, of the sample's own share: times the batch. */
function differences(request: ForcesRequest, place: number): readonly [number, number] {
  const [x, y] = [request.places[2 * place] as number, request.places[2 * place + 1] as number];
  const count = 1 + batchOf(request).labels.length;
  const along = (dx: number, dy: number) =>
    (-count * (jointOn(request, place, x + dx, y + dy) - jointOn(request, place, x - dx, y - dy))) /
    (2 * STEP);
  return [along(STEP, 0), along(0, STEP)];
}

const sum = (parts: readonly Float32Array[], i: number) =>
  parts.reduce((total, part) => total + (part[i] as number), 0);

describe.each(TERM_RECORDS)('$title', (record) => {
  it('pushes as its loss falls', async () => {
    const request = { ...base, objective: objectiveWith(record) };
    const { terms } = await forcesAsked(request, losses);
    expect(terms.map(({ slot }) => slot)).toEqual([record.slot]);
    const [{ forces, values, byClass } = { forces: new Float32Array(0) }] = terms;
    const longest = Math.max(...forces.map(Math.abs));
    expect(longest).toBeGreaterThan(0);
    for (let place = 0; place < COUNT; place++) {
      const [x, y] = differences(request, place);
      // The places were drawn once; none of them is at a kink.
      expect(Math.abs((forces[2 * place] as number) - x)).toBeLessThan(2e-3 * Math.max(1, longest));
      expect(Math.abs((forces[2 * place + 1] as number) - y)).toBeLessThan(2e-3 * Math.max(1, longest));
      const [atX, atY] = [request.places[2 * place] as number, request.places[2 * place + 1] as number];
      expect(values?.[place]).toBeCloseTo(jointOn(request, place, atX, atY), 4);
    }
    if (byClass !== undefined)
      for (const [i, force] of forces.entries())
        expect(Math.abs(sum(byClass, i) - force)).toBeLessThan(2e-3 * longest);
  });
});

it('together the terms push against the gradient of the joint objective', async () => {
  const request = { ...base, objective: presetNamed('S+C+M').objective };
  const { terms } = await forcesAsked(request, losses);
  expect(terms.map(({ slot }) => slot)).toEqual([...SLOTS]);
  for (let place = 0; place < COUNT; place++) {
    const [x, y] = differences(request, place);
    const forces = terms.map((term) => term.forces);
    expect(sum(forces, 2 * place)).toBeCloseTo(x, 2);
    expect(sum(forces, 2 * place + 1)).toBeCloseTo(y, 2);
  }
});

it('margin pushes from centres that are nearer than α₋, and from no other', async () => {
  const centres = Float32Array.from([0, 0, 3, 0, 0, 20, Number.NaN, Number.NaN]);
  const request = {
    ...base,
    objective: presetNamed('M').objective,
    ...{ centres, heldOut: [3], places: Float32Array.of(1, 0), labels: Uint8Array.of(0) },
  };
  const [term] = (await forcesAsked(request, losses)).terms;
  const byClass = term?.byClass?.map((part) =>
    Array.from(part, (value) => Math.round(100 * value) / 100 + 0),
  );
  // Pulled to its own centre, pushed from class 1, left alone by 2, which is far away, and by 3, which is held out.
  expect(byClass).toEqual([
    [-1, 0],
    [-1, 0],
    [0, 0],
    [0, 0],
  ]);
});

it('a head without agents is left out, and a term of weight 0', async () => {
  const { terms } = await forcesAsked(
    { ...base, agents: undefined, objective: presetNamed('S+C').objective },
    losses,
  );
  expect(terms.map(({ slot }) => slot)).toEqual(['centre']);
});

it('a term that needs the whole batch is felt among the other samples', async () => {
  // The mean over pairs of half their squared distance: pulls each sample to the mean of the batch.
  const pairs = {
    record: { ...termOf('margin'), needs: () => ({ wholeBatch: true }) },
    module: {
      loss: ({ features }: { readonly features: tf.Tensor2D }) =>
        tf.tidy(
          () => tf.mean(tf.sum(tf.square(tf.sub(features, tf.mean(features, 0, true))), 1)) as tf.Scalar,
        ),
    },
  };
  const request = {
    ...base,
    objective: objectiveWith({ id: 'margin', slot: 'metric' }, 1),
    ...{ places: Float32Array.of(4, 0, 0, 8), labels: Uint8Array.of(0, 1) },
    others: { features: Float32Array.of(0, 0, 0, 0, 0, 0), labels: Uint8Array.of(0, 1, 2) },
  };
  const [term] = (await forcesBy(request, () => pairs)).terms;
  // −B·∂/∂x of the mean of (x − x̄)² is −2(x − x̄), and x̄ is a quarter of x.
  expect(Array.from(term?.forces ?? [], (value) => Math.round(100 * value) / 100 + 0)).toEqual([
    -6, 0, 0, -12,
  ]);
  expect(Array.from(term?.values ?? [])).toEqual([3, 12]);
  expect(term?.byClass).toBeUndefined();
});

it('leaks no tensor', async () => {
  const before = tf.memory().numTensors;
  await forcesAsked({ ...base, objective: presetNamed('S+C+M').objective }, losses);
  expect(tf.memory().numTensors).toBe(before);
});
