/** Lanes: however many there are, and whatever becomes of them, training gives the same bits. */

import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createRandom } from '../../data/random.ts';
import { imageBytes } from '../../data/set.ts';
import { MNIST } from '../../data/sets/mnist.ts';
import { presetNamed, runOf } from '../../losses/presets.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { experimentOf } from '../in-tests.ts';
import { openWasm } from '../kernels/in-tests.ts';
import { Lab } from '../lab/lab.ts';
import { openLane } from './lane.ts';
import type { FromLane, ToLane } from './messages.ts';
import { LanePool, type LaneWorker } from './pool.ts';

vi.mock('../../losses/terms.ts', async (original) =>
  (await import('../../losses/pull-in-tests.ts')).withPull(await original()),
);

const random = createRandom(5, 'lanes');
const training = {
  set: MNIST,
  images: Uint8Array.from({ length: 1500 * imageBytes(MNIST) }, () => random.int(256)),
  labels: Uint8Array.from({ length: 1500 }, (_, i) => i % 10),
};

beforeAll(openWasm);

let pools: LanePool[] = [];
afterEach(() => {
  for (const pool of pools) pool.dispose();
  pools = [];
});

/** What a lane does with its n-th task, from 0: nothing else than answer, where it says nothing. */
type Mood = (task: number) => 'answer' | 'die' | 'hang' | 'fail';

/** A lane that shares this thread's backend; messages arrive later, as in a worker. */
function lane(mood: Mood = () => 'answer', backend = 'wasm'): LaneWorker {
  let tell: (message: FromLane) => void = () => {};
  let fail: (reason: string) => void = () => {};
  let tasks = 0;
  const take = openLane({
    post: (message) => queueMicrotask(() => tell(structuredClone(message))),
    openBackend: async () => ({ backend, reason: 'It was taken away.' }),
  });
  return {
    post(message: ToLane) {
      if ('queue' in message) throw new Error('This lane shares no memory.');
      const now = mood(tasks++);
      if (now === 'answer') setTimeout(() => take(structuredClone(message)));
      // There is no such network: the code throws.
      if (now === 'fail')
        setTimeout(() => take({ ...message, task: { ...message.task, network: 'none' as 'compact' } }));
      if (now === 'die') setTimeout(() => fail('it ran out of memory'));
    },
    listen(onMessage, onFailure) {
      tell = onMessage;
      fail = onFailure;
    },
    terminate() {},
  };
}

function poolOf(start: () => LaneWorker) {
  const sentences: string[] = [];
  const pool = new LanePool({
    start,
    onLost: (sentence) => sentences.push(sentence),
    limits: { opening: 1000, first: 1000, least: 100, grace: 10 },
  });
  pools.push(pool);
  return { pool, sentences };
}

const pulled = { ...presetNamed('S').objective, metric: { id: 'pull', weight: 1, knobs: {} } };
const experiment = experimentOf([runOf('S'), runOf('M'), { title: 'pulled', objective: pulled }], {
  warmUpSteps: 6,
});

/** 50 steps with switches, a late run, and a resume in between. */
async function lived(pool?: LanePool): Promise<Checkpoint> {
  let lab = await Lab.create(experiment, training);
  const learn = async (steps: number) => {
    if (pool !== undefined) lab.lanes = pool;
    for (let i = 0; i < steps || lab.catchingUpAt !== undefined; i++) await lab.trainStep();
  };
  await learn(12);
  lab.setObjective(0, presetNamed('S+C').objective);
  await learn(10);
  await lab.addRun(runOf('arcface'));
  await learn(8);
  const kept = await lab.checkpoint();
  lab.dispose();
  if (kept === undefined) throw new Error('The runs are not in lock-step.');
  lab = await Lab.restore(training, structuredClone(kept));
  lab.setObjective(1, presetNamed('S').objective);
  await learn(50 - lab.step);
  const last = await lab.checkpoint();
  lab.dispose();
  if (last === undefined) throw new Error('The runs are not in lock-step.');
  return last;
}

describe('training', () => {
  it('gives the same bits on one, two, three and five lanes, and leaves no tensor behind', async () => {
    const alone = await lived();
    const { numTensors } = tf.memory();
    for (const others of [1, 2, 4]) {
      const { pool, sentences } = poolOf(lane);
      await pool.want(others);
      expect(pool.others).toBe(others);
      expect(await lived(pool)).toEqual(alone);
      expect(sentences).toEqual([]);
    }
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('loses no step with a lane that dies, one that hangs, one whose code throws, and one that can’t start', async () => {
    const alone = await lived();
    const moods: (() => LaneWorker)[] = [
      () => lane((task) => (task < 9 ? 'answer' : 'die')),
      () => lane((task) => (task < 4 ? 'answer' : 'hang')),
      () => lane((task) => (task < 20 ? 'answer' : 'fail')),
      () => lane(undefined, 'cpu'),
      lane,
    ];
    const { pool, sentences } = poolOf(() => (moods.shift() ?? lane)());
    await pool.want(5);
    expect(pool.others).toBe(4);
    expect(await lived(pool)).toEqual(alone);
    expect(pool.others).toBe(1);
    const [atStart = '', ...later] = sentences;
    expect(atStart).toContain('(it has no WebAssembly: It was taken away): ');
    for (const reason of ['it did not answer in time', 'it ran out of memory', 'not a function']) {
      expect(later.filter((sentence) => sentence.includes(reason))).toHaveLength(1);
    }
    const left = later.map((sentence) => /: (\d) cores go on, and no step is lost\.$/.exec(sentence)?.[1]);
    expect(left).toEqual(['4', '3', '2']);
  });

  it('goes on alone where no worker can be made', async () => {
    const { pool, sentences } = poolOf(() => {
      throw new Error('Workers are not allowed here.');
    });
    await pool.want(3);
    expect(pool.others).toBe(0);
    expect(sentences).toEqual(['No more cores can be used: Workers are not allowed here.']);
  });
});
