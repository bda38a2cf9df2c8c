/** Nothing below the records knows MNIST: a set of three classes and 8×8 images is learnt from its files on. */

import { readFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import { ImageSet } from '../../data/image-set.ts';
import { MADE_UP, madeUpSource } from '../../data/made-up.ts';
import { presetNamed } from '../../losses/presets.ts';
import { openBackend } from '../backend/backend.ts';
import type { Experiment } from '../experiment.ts';
import { Lab } from '../lab/lab.ts';
import { Samples } from './samples.ts';

const WASM = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm';

beforeAll(async () => {
  const { backend } = await openBackend(
    { wanted: 'wasm', network: 'compact', set: MADE_UP },
    {
      simd: `${WASM}-simd.wasm`,
      kernels: [() => readFile('src/training/kernels/simd.wasm')],
    },
    () => {},
  );
  expect(backend).toBe('wasm');
});

it('learns another set than MNIST', async () => {
  const images = new ImageSet(MADE_UP, madeUpSource());
  await images.load();
  expect([images.trainCount, images.testCount]).toEqual([300, 60]);
  const samples = new Samples();
  const shown = samples.choose(images);
  expect(shown?.indices).toHaveLength(30);

  // The lab goes by the images that it is given; the id is that of a set in the registry.
  const experiment: Experiment = {
    ...{ data: 'mnist', network: 'compact', backend: 'auto', seed: 1, learningRate: 1e-2, warmUpSteps: 0 },
    heldOut: [],
    runs: [
      { title: 'a', objective: presetNamed('S').objective },
      { title: 'b', objective: presetNamed('M').objective },
    ],
  };
  const lab = await Lab.create(experiment, images.train);
  expect(lab.stepsPerEpoch).toBe(2);
  for (let step = 0; step < 30; step++) await lab.trainStep();
  const snapshots = await lab.snapshot(images.test);
  for (const { centres, means, measures } of snapshots) {
    expect([centres.length, means.length]).toEqual([6, 6]);
    expect(measures.accuracy).toBeGreaterThan(0.95);
  }
  const checkpoint = await lab.checkpoint();
  lab.dispose();
  if (checkpoint === undefined) throw new Error('The runs are in lock-step.');
  const restored = await Lab.restore(images.train, checkpoint);
  expect((await restored.checkpoint())?.runs).toEqual(checkpoint.runs);
  restored.dispose();
});

it('leaves out a class of another set than MNIST', async () => {
  const images = new ImageSet(MADE_UP, madeUpSource());
  await images.load();
  const lab = await Lab.create(
    {
      ...{ data: 'mnist', network: 'lenets++', backend: 'auto', seed: 1, learningRate: 1e-3, warmUpSteps: 0 },
      heldOut: [2],
      runs: [{ title: 'a', objective: presetNamed('S+C').objective }],
    },
    images.train,
  );
  expect(lab.stepsPerEpoch).toBe(1);
  const [snapshot] = await lab.snapshot(images.test);
  expect(Array.from(snapshot?.centres ?? []).map(Number.isNaN)).toEqual([
    false,
    false,
    false,
    false,
    true,
    true,
  ]);
  lab.dispose();
});
