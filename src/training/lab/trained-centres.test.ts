/** A term of the tests that trains its centres and needs the whole batch, through the lab: what the registry promises such terms. */

import { beforeAll, expect, it, vi } from 'vitest';
import type { LabelledImages } from '../../data/labelled-images.ts';
import { createRandom } from '../../data/random.ts';
import { imageBytes } from '../../data/set.ts';
import { dataSet } from '../../data/sets.ts';
import { presetNamed } from '../../losses/presets.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { Experiment } from '../experiment.ts';
import { openWasm } from '../kernels/in-tests.ts';
import { Lab } from './lab.ts';

vi.mock('../../losses/terms.ts', async (original) =>
  (await import('../../losses/pull-in-tests.ts')).withPull(await original()),
);

const CLASSES = 10;
const NUMBERS = 2 * CLASSES;
const RATE = 1e-3;
const softmax = presetNamed('S').objective;
const pulled = { ...softmax, metric: { id: 'pull', weight: 1, knobs: {} } };
const resting = { ...softmax, metric: { id: 'pull', weight: 0, knobs: {} } };

const experiment: Experiment = {
  network: 'compact',
  backend: 'auto',
  data: 'mnist',
  seed: 1,
  learningRate: RATE,
  warmUpSteps: 0,
  heldOut: [],
  runs: [{ title: 'a', objective: resting }],
};

function noise(): LabelledImages {
  const random = createRandom(5, 'noise');
  const set = dataSet('mnist');
  return {
    set,
    images: Uint8Array.from({ length: 1000 * imageBytes(set) }, () => random.int(256)),
    labels: Uint8Array.from({ length: 1000 }, (_, i) => i % CLASSES),
  };
}

const training = noise();

async function stateOf(lab: Lab): Promise<Checkpoint['runs'][number]> {
  const run = (await lab.checkpoint())?.runs[0];
  if (run === undefined) throw new Error('The lab is not in lock-step.');
  return run;
}

/** The trained centres, and their moments. */
const tailOf = ({ parameters, firstMoments, secondMoments }: Checkpoint['runs'][number]) =>
  [parameters, firstMoments, secondMoments].map((values) => values.slice(-NUMBERS));

beforeAll(openWasm);

it('centres of a term are trained at the end of θ, from the moving ones when it begins, at a rate of their own', async () => {
  const lab = await Lab.create(experiment, training);
  await lab.trainStep();
  const before = await stateOf(lab);
  // At weight 0 the term is not evaluated, and nothing is allocated for it.
  expect(Object.keys((await lab.lossTerms())[0] ?? {})).toEqual(['softmax', 'center', 'total']);
  expect(before.trained).toBeUndefined();
  lab.setObjective(0, pulled);
  await lab.trainStep();
  const after = await stateOf(lab);
  expect(after.trained).toEqual([{ term: 'pull', updates: 1 }]);
  expect(after.parameters).toHaveLength(before.parameters.length + NUMBERS);
  expect(Object.keys((await lab.lossTerms())[0] ?? {})).toEqual(['softmax', 'center', 'pull', 'total']);
  // Adam's first step goes by the learning rate in every coordinate that has a slope: all classes are in the batch.
  const [centres = new Float32Array(0)] = tailOf(after);
  for (const [i, value] of centres.entries()) {
    expect(Math.abs(value - (before.centres[i] as number))).toBeCloseTo(20 * RATE, 4);
  }
  lab.dispose();
});

it('they rest with their moments while their term rests, and go on with it', async () => {
  const lab = await Lab.create({ ...experiment, runs: [{ title: 'a', objective: pulled }] }, training);
  await lab.trainStep();
  await lab.trainStep();
  const trained = await stateOf(lab);
  lab.setObjective(0, resting);
  for (let i = 0; i < 3; i++) await lab.trainStep();
  const rested = await stateOf(lab);
  expect(tailOf(rested)).toEqual(tailOf(trained));
  expect(rested.parameters.slice(0, 100)).not.toEqual(trained.parameters.slice(0, 100));
  lab.setObjective(0, pulled);
  await lab.trainStep();
  const on = await stateOf(lab);
  // Adam's step count for them rested as well.
  expect([trained.trained, rested.trained, on.trained].map((parts) => parts?.[0]?.updates)).toEqual([
    2, 2, 3,
  ]);
  expect(tailOf(on)).not.toEqual(tailOf(rested));
  lab.dispose();
});

it('they classify while their term decides', async () => {
  const alone = { ...pulled, head: { ...pulled.head, weight: 0 } };
  const lab = await Lab.create({ ...experiment, runs: [{ title: 'a', objective: alone }] }, training);
  await lab.trainStep();
  const [snapshot] = await lab.snapshot(training);
  const [centres] = tailOf(await stateOf(lab));
  expect(snapshot?.rule).toBe('nearest centre');
  expect(snapshot?.centres).toEqual(centres);
  lab.dispose();
});

it('a run with them goes on from a checkpoint bit for bit', async () => {
  const lab = await Lab.create({ ...experiment, runs: [{ title: 'a', objective: pulled }] }, training);
  await lab.trainStep();
  const checkpoint = structuredClone(await lab.checkpoint());
  if (checkpoint === undefined) throw new Error('The lab is not in lock-step.');
  const restored = await Lab.restore(training, checkpoint);
  for (const each of [lab, restored]) for (let i = 0; i < 2; i++) await each.trainStep();
  expect(await stateOf(restored)).toEqual(await stateOf(lab));
  lab.dispose();
  restored.dispose();
});
