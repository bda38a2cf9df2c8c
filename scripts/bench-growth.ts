/**
 * The part of `npm run bench` that asks what limits a step, on WebAssembly in Node: the share of its arithmetic
 * that the machine can do at best, and how cost grows with batch, runs, points and feature dimension. Prints
 * one JSON object.
 */

import * as tf from '@tensorflow/tfjs-core';
import { type LabelledImages, slice } from '../src/data/labelled-images.ts';
import { shapeOf } from '../src/data/set.ts';
import { DEFAULT_DATA_SET } from '../src/data/sets.ts';
import { type Losses, loadLosses } from '../src/losses/joint.ts';
import { presetNamed, runOf } from '../src/losses/presets.ts';
import { compact } from '../src/network/compact.ts';
import { lenets } from '../src/network/lenets.ts';
import type { Network } from '../src/network/network.ts';
import { initialParameters } from '../src/network/parameters.ts';
import { BATCH_SIZE, PLOT_DIM } from '../src/training/experiment.ts';
import { imageTensor, labelTensor } from '../src/training/lab/batch.ts';
import { Lab } from '../src/training/lab/lab.ts';
import { Run } from '../src/training/lab/run.ts';
import { matrixProductSpeed, operationsOf } from './arithmetic.ts';
import { median, round, timed } from './measuring.ts';
import { loadDataSet, openNodeBackend } from './node-lab.ts';

const BATCHES = [16, 32, 64, 128, 256, 512];
const DIMENSIONS = [2, 8, 32, 128, 512];
const RUNS = [1, 2, 3, 4];
const POINTS = [500, 1000, 2000, 5000, 10_000];
const REPETITIONS = 5;
/** Images that one repetition of a step's timing learns from. */
const IMAGES_TIMED = 5120;

/** Steps of one run on a batch that stays the same. */
class Steps {
  readonly #run: Run;
  readonly #batch;
  #step = 0;

  constructor(losses: Losses, network: Network, training: LabelledImages, batch: number) {
    const parameters = initialParameters(network, 1);
    this.#run = new Run(network, losses, {
      schedule: [{ step: 0, objective: presetNamed('S').objective }],
      parameters,
      firstMoments: new Float32Array(parameters.length),
      secondMoments: new Float32Array(parameters.length),
      centres: new Float32Array(network.classes * network.dim),
    });
    const indices = Uint32Array.from({ length: batch }, (_, i) => i);
    this.#batch = {
      images: imageTensor(training, indices),
      oneHot: labelTensor(training, indices),
    };
  }

  one(): void {
    this.#run.trainStep(this.#batch, this.#step++, 1e-3);
  }

  async many(count: number): Promise<void> {
    for (let i = 0; i < count; i++) this.one();
    await this.#run.lossTerms();
  }

  dispose(): void {
    this.#run.dispose();
    tf.dispose([this.#batch.images, this.#batch.oneHot]);
  }
}

/** Median milliseconds of one step. */
async function stepTime(network: Network, training: LabelledImages, batch: number, images: number) {
  const steps = new Steps(await loadLosses(), network, training, batch);
  const count = Math.max(1, Math.round(images / batch));
  await steps.many(1);
  const times = [];
  for (let i = 0; i < REPETITIONS; i++) times.push((await timed(() => steps.many(count))) / count);
  steps.dispose();
  process.stderr.write('.');
  return median(times);
}

/** What share of the machine's arithmetic a step reaches. */
async function arithmetic(name: string, network: Network, training: LabelledImages, images: number) {
  const steps = new Steps(await loadLosses(), network, training, BATCH_SIZE);
  await steps.many(1);
  const operations = await operationsOf(() => steps.one());
  steps.dispose();
  const stepMs = await stepTime(network, training, BATCH_SIZE, images);
  const best = await matrixProductSpeed();
  const reached = operations / stepMs / 1e6;
  return {
    network: name,
    gigaOperationsAStep: Math.round(operations / 1e6) / 1000,
    stepMs: round(stepMs),
    gigaOperationsASecond: round(reached),
    matrixProduct: round(best),
    share: Math.round((100 * reached) / best) / 100,
  };
}

function newLab(training: LabelledImages, runs: number): Promise<Lab> {
  const presets = ['S', 'S+C', 'M', 'S+C+M'].slice(0, runs).map(runOf);
  return Lab.create(
    {
      data: DEFAULT_DATA_SET,
      network: 'compact',
      backend: 'auto',
      seed: 1,
      learningRate: 1e-3,
      warmUpSteps: 0,
      heldOut: [],
      runs: presets,
    },
    training,
  );
}

async function growthWithRuns(training: LabelledImages) {
  const rows = [];
  for (const runs of RUNS) {
    const lab = await newLab(training, runs);
    const steps = IMAGES_TIMED / BATCH_SIZE;
    const train = async () => {
      for (let i = 0; i < steps; i++) await lab.trainStep();
      await lab.lossTerms();
    };
    await train();
    const times = [];
    for (let i = 0; i < REPETITIONS; i++) times.push((await timed(train)) / steps);
    rows.push({ runs, stepMs: round(median(times)) });
    lab.dispose();
  }
  return rows;
}

async function growthWithPoints(training: LabelledImages, test: LabelledImages) {
  const lab = await newLab(training, 1);
  const rows = [];
  for (const points of POINTS) {
    const set = slice(test, 0, points);
    const times = [];
    for (let i = 0; i < REPETITIONS; i++) times.push(await timed(() => lab.snapshot(set)));
    rows.push({ points, snapshotMs: round(median(times)) });
  }
  lab.dispose();
  return rows;
}

export default async function bench(): Promise<void> {
  await openNodeBackend({ fastest: true });
  const { set, train: training, test } = await loadDataSet(DEFAULT_DATA_SET);
  const shape = { dim: PLOT_DIM, ...shapeOf(set) };
  const batches = [];
  for (const batch of BATCHES) {
    const stepMs = await stepTime(compact(shape), training, batch, IMAGES_TIMED);
    batches.push({ batch, stepMs: round(stepMs), imagesPerSecond: round((1000 * batch) / stepMs) });
  }
  const dimensions = [];
  for (const dim of DIMENSIONS) {
    dimensions.push({
      dim,
      stepMs: round(await stepTime(compact({ ...shape, dim }), training, BATCH_SIZE, IMAGES_TIMED)),
    });
  }
  const result = {
    arithmetic: [
      await arithmetic('compact', compact(shape), training, IMAGES_TIMED),
      await arithmetic('lenets++', lenets(shape), training, BATCH_SIZE),
    ],
    growth: {
      batches,
      dimensions,
      runs: await growthWithRuns(training),
      points: await growthWithPoints(training, test),
    },
  };
  process.stderr.write('\n');
  console.log(JSON.stringify(result));
}
