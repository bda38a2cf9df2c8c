/** Lanes in real threads, on real MNIST. */

import { beforeAll, expect, it } from 'vitest';
import { runOf } from '../src/losses/presets.ts';
import type { NetworkName } from '../src/training/experiment.ts';
import { experimentOf } from '../src/training/in-tests.ts';
import { Lab } from '../src/training/lab/lab.ts';
import { loadDataSet, openNodeBackend } from './node-lab.ts';
import { openNodeLanes } from './node-lanes.ts';

beforeAll(async () => {
  await openNodeBackend();
});

it.each<[NetworkName, number]>([
  ['compact', 12],
  ['lenets++', 1],
])('%s learns the same in %i steps on one thread and on three', async (network, steps) => {
  const { train } = await loadDataSet('mnist');
  const pool = await openNodeLanes(2);
  const fresh = await Lab.create(experimentOf([runOf('S+C+M')], { network }), train);
  const start = await fresh.checkpoint();
  fresh.dispose();
  if (start === undefined) throw new Error('A new lab is in lock-step.');
  const learnt = [];
  for (const others of [0, 2]) {
    pool.use(others);
    const lab = await Lab.restore(train, start);
    lab.lanes = pool;
    for (let i = 0; i < steps; i++) await lab.trainStep();
    expect(pool.others).toBe(others);
    learnt.push(await lab.checkpoint());
    lab.dispose();
  }
  pool.dispose();
  expect(learnt[1]).toEqual(learnt[0]);
});
