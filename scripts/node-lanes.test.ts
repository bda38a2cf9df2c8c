/** Lanes in real threads, on real MNIST. */

import { beforeAll, expect, it, vi } from 'vitest';
import { slice } from '../src/data/labelled-images.ts';
import { runOf } from '../src/losses/presets.ts';
import type { NetworkName } from '../src/training/experiment.ts';
import { experimentOf } from '../src/training/in-tests.ts';
import { Lab } from '../src/training/lab/lab.ts';
import { loadDataSet, openNodeBackend } from './node-lab.ts';
import { openNodeLanes } from './node-lanes.ts';

beforeAll(async () => {
  await openNodeBackend();
});

/** Alone, then on lanes that share memory, then on lanes that take messages. */
const WAYS: readonly [others: number, sharesMemory: boolean][] = [
  [0, true],
  [2, true],
  [1, false],
];

it.each<[NetworkName, number]>([
  ['compact', 12],
  ['lenets++', 1],
])(
  '%s learns and shows the same in %i steps on one thread and on lanes, by message and in shared memory',
  async (network, steps) => {
    const { train, test } = await loadDataSet('mnist');
    // Snapshots of so many images are shared, too.
    const shown = slice(test, 0, network === 'compact' ? 1100 : 0);
    const fresh = await Lab.create(experimentOf([runOf('S+C+M')], { network }), train);
    const start = await fresh.checkpoint();
    fresh.dispose();
    if (start === undefined) throw new Error('A new lab is in lock-step.');
    const learnt = [];
    for (const [others, sharesMemory] of WAYS) {
      const pool = await openNodeLanes(others, { sharesMemory });
      const lab = await Lab.restore(train, start);
      lab.lanes = pool;
      for (let i = 0; i < steps; i++) await lab.trainStep();
      const features = (await lab.snapshot(shown)).map((snapshot) => snapshot.features);
      learnt.push({ checkpoint: await lab.checkpoint(), features });
      expect(pool.others).toBe(others);
      lab.dispose();
      pool.dispose();
    }
    expect(learnt[1]).toEqual(learnt[0]);
    expect(learnt[2]).toEqual(learnt[0]);
  },
);

it('four runs of one lane have more tasks than its first queue takes, and a lane that ends costs no step', async () => {
  const { train } = await loadDataSet('mnist');
  const runs = ['S', 'S+C', 'M', 'C+M'].map(runOf);
  const experiment = experimentOf(runs, { network: 'compact', warmUpSteps: 0, batchSize: 256 });
  const learnt = [];
  for (const others of [0, 1]) {
    const pool = await openNodeLanes(others);
    const lab = await Lab.create(experiment, train);
    lab.lanes = pool;
    for (let i = 0; i < 3; i++) await lab.trainStep();
    expect(pool.others).toBe(others);
    pool.dispose();
    for (let i = 0; i < 2; i++) await lab.trainStep();
    expect(pool.others).toBe(0);
    learnt.push(await lab.checkpoint());
    lab.dispose();
  }
  expect(learnt[1]).toEqual(learnt[0]);
});

it('where there is no memory to share, one core goes on with a sentence', async () => {
  const { train } = await loadDataSet('mnist');
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  let sentences: unknown[] = [];
  const pool = await openNodeLanes(1);
  const lab = await Lab.create(experimentOf([runOf('S')], { network: 'compact' }), train);
  lab.lanes = pool;
  vi.stubGlobal(
    'SharedArrayBuffer',
    class {
      constructor() {
        throw new RangeError('Array buffer allocation failed');
      }
    },
  );
  try {
    await lab.trainStep();
  } finally {
    sentences = said.mock.calls.flat();
    vi.unstubAllGlobals();
    said.mockRestore();
    lab.dispose();
    pool.dispose();
  }
  expect(lab.step).toBe(1);
  expect(sentences).toEqual([expect.stringContaining('(Array buffer allocation failed): one core goes on')]);
});
