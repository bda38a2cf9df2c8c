import '@tensorflow/tfjs-backend-cpu';
import { createHash } from 'node:crypto';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { BatchOrder } from '../../data/batches.ts';
import type { LabelledImages } from '../../data/labelled-images.ts';
import { createRandom } from '../../data/random.ts';
import { imageBytes } from '../../data/set.ts';
import { MNIST } from '../../data/sets/mnist.ts';
import { largestError } from '../../losses/gradcheck.ts';
import { presetNamed, runOf } from '../../losses/presets.ts';
import { selfTest } from '../backend/self-test.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { Experiment } from '../experiment.ts';
import { experimentOf } from '../in-tests.ts';
import { openWasm } from '../kernels/in-tests.ts';
import type { Batch } from './gradient.ts';
import { Lab } from './lab.ts';
import { Run } from './run.ts';

const PIXELS = imageBytes(MNIST);

const experiment = experimentOf(
  [
    { title: 'a', objective: presetNamed('M').objective },
    { title: 'b', objective: presetNamed('S').objective },
  ],
  { warmUpSteps: 5 },
);

/** 2,000 images of bars: class c is a vertical bar at column 2c + 3, over noise. */
function bars(): LabelledImages {
  const random = createRandom(5, 'bars');
  const images = new Uint8Array(2000 * PIXELS);
  const labels = new Uint8Array(2000);
  for (let i = 0; i < labels.length; i++) {
    labels[i] = i % 10;
    for (let p = 0; p < PIXELS; p++) {
      const isBar = Math.abs((p % 28) - (2 * (i % 10) + 3)) < 2;
      images[i * PIXELS + p] = isBar ? 200 + random.int(56) : random.int(60);
    }
  }
  return { set: MNIST, images, labels };
}

const training = bars();

async function trained(steps: number, change: Partial<Experiment> = {}): Promise<Checkpoint> {
  const lab = await Lab.create({ ...experiment, ...change }, training);
  for (let i = 0; i < steps; i++) await lab.trainStep();
  return ended(lab);
}

/** A lab's checkpoint; the lab is disposed. */
async function ended(lab: Lab): Promise<Checkpoint> {
  const checkpoint = await lab.checkpoint();
  lab.dispose();
  if (checkpoint === undefined) throw new Error('The lab is not in lock-step.');
  return checkpoint;
}

/** Shows every part of a batch to `look` before its run learns from it. */
function watchBatches(look: (run: Run, batch: Batch) => void) {
  const original = Run.prototype.gradientOf;
  return vi.spyOn(Run.prototype, 'gradientOf').mockImplementation(function (
    this: Run,
    learner,
    batch,
    share,
  ) {
    look(this, batch);
    return original.call(this, learner, batch, share);
  });
}

beforeAll(openWasm);

afterEach(() => {
  vi.restoreAllMocks();
});

it.each(['wasm', 'cpu'])('%s passes the self-test', async (backend) => {
  await tf.setBackend(backend);
  await selfTest();
  await tf.setBackend('wasm');
});

describe('the lab', () => {
  it('gives equal parameters after 20 steps with one seed, and others with another', async () => {
    const first = await trained(20);
    expect(await trained(20)).toEqual(first);
    const other = await trained(20, { seed: 2 });
    expect(other.runs[0]?.parameters).not.toEqual(first.runs[0]?.parameters);
  });

  it('starts its runs alike and teaches each its own objective', async () => {
    const start = await trained(0);
    expect(start.runs[0]?.parameters).toEqual(start.runs[1]?.parameters);
    // The warm-up is softmax alone; the paths part at its end.
    const warm = await trained(5);
    expect(warm.runs[0]?.parameters).toEqual(warm.runs[1]?.parameters);
    const later = await trained(8);
    expect(later.runs[0]?.parameters).not.toEqual(later.runs[1]?.parameters);
  });

  it('keeps runs with equal objectives equal to the last bit', async () => {
    const runs = [1, 2, 3].map((i) => ({ title: `run ${i}`, objective: presetNamed('S+C').objective }));
    const [first, ...others] = (await trained(30, { runs })).runs;
    for (const other of others) expect(other).toEqual(first);
  });

  it('gives runs with different objectives the same batches in the same order', async () => {
    /** What each run learnt from: a digest of the images and labels of each half of a batch. */
    const seen = new Map<Run, string[]>();
    const spy = watchBatches((run, batch) => {
      const digest = createHash('sha256');
      for (const tensor of [batch.images, batch.oneHot]) digest.update(tensor.dataSync());
      seen.set(run, [...(seen.get(run) ?? []), digest.digest('hex')]);
    });
    /** The indices asked for, over an end of an epoch (15 batches), by labs with other objectives. */
    const recorded = async (runs: Experiment['runs']) => {
      const indices: number[][] = [];
      const indicesOf = BatchOrder.prototype.indicesOf;
      const order = vi.spyOn(BatchOrder.prototype, 'indicesOf').mockImplementation(function (
        this: BatchOrder,
        step,
      ) {
        const batch = indicesOf.call(this, step);
        indices.push([...batch]);
        return batch;
      });
      await trained(18, { runs, warmUpSteps: 0 });
      order.mockRestore();
      return indices;
    };
    const runs = ['S', 'S+C', 'M'].map(runOf);
    const together = await recorded(runs);
    const [first, ...others] = seen.values();
    expect(new Set(first).size).toBe(2 * 18);
    expect(others).toHaveLength(2);
    for (const other of others) expect(other).toEqual(first);
    expect(together).toHaveLength(18);
    expect(await recorded(runs.slice(2))).toEqual(together);
    spy.mockRestore();
  });

  it('computes equal runs once, and gives each what it would have learnt alone', async () => {
    const spy = vi.spyOn(Run.prototype, 'gradientOf');
    const [margin, softmax] = (await trained(8)).runs;
    // Five steps of warm-up together, then three each, of two halves.
    expect(spy).toHaveBeenCalledTimes(2 * (5 + 2 * 3));
    spy.mockRestore();
    for (const [position, together] of [margin, softmax].entries()) {
      const alone = await trained(8, { runs: experiment.runs.slice(position, position + 1) });
      expect(alone.runs[0]).toEqual(together);
    }
  });

  it('never sees digits that are held out, and lets them push nobody', async () => {
    const seen = new Set<number>();
    const spy = watchBatches((_, batch) => {
      for (const [i, value] of batch.oneHot.dataSync().entries()) if (value === 1) seen.add(i % 10);
    });
    const heldOut = [3, 8];
    const runs = experiment.runs.slice(0, 1);
    const lab = await Lab.create({ ...experiment, runs, heldOut, warmUpSteps: 0 }, training);
    // 1,600 samples are left: 12 batches an epoch.
    expect(lab.stepsPerEpoch).toBe(12);
    for (let i = 0; i < 14; i++) await lab.trainStep();
    spy.mockRestore();
    expect([...seen].sort()).toEqual([0, 1, 2, 4, 5, 6, 7, 9]);
    const [snapshot] = await lab.snapshot(training);
    const centres = Array.from({ length: 10 }, (_, j) => snapshot?.centres[2 * j]);
    for (const digit of heldOut) expect(centres[digit]).toBeNaN();
    for (const digit of seen) expect(centres[digit]).not.toBeNaN();
    expect(snapshot?.predictions.some((label) => heldOut.includes(label))).toBe(false);
    // Wherever their centres stand, training is the same.
    const checkpoint = await ended(lab);
    const moved = checkpoint.runs.map((run) => {
      const elsewhere = run.centres.slice();
      for (const digit of heldOut) elsewhere.set([1, -1], 2 * digit);
      return { ...run, centres: elsewhere };
    });
    const here = await Lab.restore(training, checkpoint);
    const there = await Lab.restore(training, { ...checkpoint, runs: moved });
    await here.trainStep();
    await there.trainStep();
    const [first, second] = [await ended(here), await ended(there)];
    expect(second.runs[0]?.parameters).toEqual(first.runs[0]?.parameters);
  });

  it('lets a run join late as if it had been there from the start', async () => {
    const [first, second] = experiment.runs;
    if (first === undefined || second === undefined) throw new Error('Two runs are needed.');
    const lab = await Lab.create({ ...experiment, runs: [first] }, training);
    for (let i = 0; i < 8; i++) await lab.trainStep();
    lab.setLearningRate(2e-3);
    for (let i = 0; i < 4; i++) await lab.trainStep();
    await lab.addRun(second);
    expect(await lab.checkpoint()).toBeUndefined();
    while (lab.catchingUpAt !== undefined) await lab.trainStep();
    expect(lab.step).toBe(12);
    await lab.trainStep();

    const both = await Lab.create(experiment, training);
    for (let i = 0; i < 8; i++) await both.trainStep();
    both.setLearningRate(2e-3);
    for (let i = 8; i < 13; i++) await both.trainStep();
    expect(await ended(lab)).toEqual(await ended(both));
  });

  it('takes another batch size and wrong labels, goes on from a checkpoint to the bit, and learns other things by them', async () => {
    const odd = { batchSize: 48, labelNoise: 0.3, heldOut: [4] };
    const whole = await trained(6, odd);
    const first = await trained(4, odd);
    const lab = await Lab.restore(training, first);
    expect(lab.batchSize).toBe(48);
    // Whole batches of the samples of nine classes.
    expect(lab.stepsPerEpoch).toBe(37);
    await lab.trainStep();
    await lab.trainStep();
    expect(await ended(lab)).toEqual(whole);
    for (const other of [
      { ...odd, labelNoise: 0.2 },
      { ...odd, batchSize: 64 },
    ]) {
      expect((await trained(6, other)).runs[0]?.parameters).not.toEqual(whole.runs[0]?.parameters);
    }
  });

  it('does again what was done: what was changed live is in its experiment, with the steps', async () => {
    const lab = await Lab.create(experiment, training);
    const learn = async (steps: number) => {
      for (let i = 0; i < steps; i++) await lab.trainStep();
    };
    await learn(3);
    lab.setObjective(1, presetNamed('S+C').objective);
    // Ends the warm-up of the other one.
    lab.setObjective(0, presetNamed('arcface').objective);
    await learn(4);
    lab.setLearningRate(2e-3);
    lab.setWarmUp(90);
    await learn(2);
    lab.setObjective(1, presetNamed('M').objective);
    lab.setObjective(0, presetNamed('S').objective);
    await lab.addRun({ title: 'c', objective: presetNamed('S+C').objective });
    while (lab.catchingUpAt !== undefined) await lab.trainStep();
    await learn(3);
    const done = await ended(lab);
    const again = await Lab.create(done.experiment, training);
    for (let i = 0; i < 12; i++) await again.trainStep();
    expect(await ended(again)).toEqual(done);
  });

  it('lets two runs join at once, one after the other', async () => {
    const [first, second] = experiment.runs;
    if (first === undefined || second === undefined) throw new Error('Two runs are needed.');
    const lab = await Lab.create({ ...experiment, runs: [first] }, training);
    for (let i = 0; i < 6; i++) await lab.trainStep();
    await lab.addRun(second);
    await lab.trainStep();
    await lab.addRun(first);
    while (lab.catchingUpAt !== undefined) await lab.trainStep();
    expect(lab.step).toBe(6);
    const late = (await ended(lab)).runs;
    const all = (await trained(6, { runs: [first, second, first] })).runs;
    expect(late).toEqual(all);
  });

  it('goes on when a run is removed, but not the last', async () => {
    const lab = await Lab.create(experiment, training);
    await lab.trainStep();
    lab.removeRun(0);
    await lab.trainStep();
    expect(lab.runs).toHaveLength(1);
    expect(() => lab.removeRun(0)).toThrow(RangeError);
    lab.dispose();
  });

  it('goes on from a checkpoint bit for bit', async () => {
    const lab = await Lab.restore(training, structuredClone(await trained(12)));
    for (let i = 0; i < 18; i++) await lab.trainStep();
    expect(await lab.checkpoint()).toEqual(await trained(30));
    lab.dispose();
  });

  it('holds as many tensors after 60 steps with switches as after 10', async () => {
    const lab = await Lab.create(experiment, training);
    for (let i = 0; i < 10; i++) await lab.trainStep();
    const before = tf.memory().numTensors;
    for (let i = 10; i < 60; i++) {
      if (i % 9 === 0) lab.setObjective(0, presetNamed(i % 2 === 0 ? 'S+C' : 'M').objective);
      await lab.trainStep();
      if (i % 20 === 0) await lab.snapshot(training);
    }
    expect(tf.memory().numTensors).toBe(before);
    lab.dispose();
  });

  it('learns bars, and measures what it learnt', async () => {
    const lab = await Lab.create(
      { ...experiment, warmUpSteps: 50, heldOut: [], learningRate: 3e-3 },
      training,
    );
    for (let i = 0; i < 120; i++) await lab.trainStep();
    const snapshots = await lab.snapshot(training);
    expect(snapshots.map(({ rule }) => rule)).toEqual(['nearest centre', 'logits']);
    for (const { measures } of snapshots) expect(measures.accuracy).toBeGreaterThan(0.9);
    lab.dispose();
  });

  it('takes equal steps on WebAssembly and on the CPU backend', async () => {
    const wasm = await trained(1);
    await tf.setBackend('cpu');
    const cpu = await trained(1);
    await tf.setBackend('wasm');
    const [a, b] = [wasm.runs[0]?.firstMoments ?? [], cpu.runs[0]?.firstMoments ?? []];
    expect(largestError(a, b)).toBeLessThan(1e-4);
  });

  it('trains LeNets++', async () => {
    const lab = await Lab.create(
      { ...experiment, network: 'lenets++', runs: experiment.runs.slice(0, 1) },
      training,
    );
    await lab.trainStep();
    const [terms] = await lab.lossTerms();
    expect(terms?.total).toBeGreaterThan(0);
    lab.dispose();
  });
});
