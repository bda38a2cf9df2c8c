/**
 * `npm run record`: trains S, S+C, C+M tuned and M tuned in lock-step with the lab's own code, and
 * writes the recording that the page shows before anything is computed (public/recording.mll).
 */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { stepsPerEpoch } from '../src/data/batches.ts';
import { chosen } from '../src/data/labelled-images.ts';
import { balancedProbe } from '../src/data/probe.ts';
import { classCount } from '../src/data/set.ts';
import { DEFAULT_DATA_SET, dataSet } from '../src/data/sets.ts';
import { runOf } from '../src/losses/presets.ts';
import { defaultWarmUp } from '../src/losses/schedule.ts';
import { COARSE, quantise } from '../src/timeline/quantise.ts';
import { encodeRecording } from '../src/timeline/recording.ts';
import type { Frame } from '../src/timeline/timeline.ts';
import { BATCH_SIZE, type Experiment } from '../src/training/experiment.ts';
import { Lab } from '../src/training/lab/lab.ts';
import { openOutput } from './lib/output-file.ts';
import { CACHE, ROOT } from './lib/project.mjs';
import { loadDataSet, openNodeBackend, trainTo } from './node-lab.ts';

const EPOCHS = 5;
const STEPS = EPOCHS * stepsPerEpoch(dataSet(DEFAULT_DATA_SET).counts.train, BATCH_SIZE);
const SAMPLES_PER_CLASS = 100;
const LARGEST_BYTES = 600 * 1024;

const EXPERIMENT: Experiment = {
  data: DEFAULT_DATA_SET,
  network: 'compact',
  backend: 'auto',
  seed: 1,
  learningRate: 1e-3,
  warmUpSteps: defaultWarmUp(STEPS),
  heldOut: [],
  runs: ['S', 'S+C', 'C+M', 'M'].map(runOf),
};

/** Dense where the pictures form: at the start, and after the warm-up. */
function recordedSteps(): Set<number> {
  const { warmUpSteps } = EXPERIMENT;
  const steps = new Set<number>();
  const add = (from: number, to: number, count: number) => {
    for (let i = 0; i <= count; i++) steps.add(Math.round(from + (to - from) * (i / count) ** 2));
  };
  add(0, warmUpSteps, 26);
  add(warmUpSteps, STEPS, 34);
  return steps;
}

export default async function record(): Promise<void> {
  const file = path.join(ROOT, 'public/recording.mll');
  const output = await openOutput(file, CACHE);
  const backend = await openNodeBackend();
  const { set, train, test } = await loadDataSet(EXPERIMENT.data);
  const indices = balancedProbe(test.labels, { perClass: SAMPLES_PER_CLASS, classes: classCount(set) });
  const probe = chosen(test, indices);
  const lab = await Lab.create(EXPERIMENT, train);
  const frames: Frame[] = [];
  for (const step of recordedSteps()) {
    await trainTo(lab, step);
    frames.push(await frameOf(lab, probe));
    process.stderr.write(`step ${step} of ${STEPS}\n`);
  }
  const { version } = JSON.parse(
    await readFile(path.join(ROOT, 'node_modules/@tensorflow/tfjs-core/package.json'), 'utf8'),
  );
  const bytes = await encodeRecording({
    origin: {
      command: 'npm run record',
      network: EXPERIMENT.network,
      seed: EXPERIMENT.seed,
      epochs: EPOCHS,
      batch: BATCH_SIZE,
      optimiser: 'Adam',
      learningRate: EXPERIMENT.learningRate,
      warmUpSteps: EXPERIMENT.warmUpSteps,
      samples: indices.length,
      backend,
      'tfjs-core': version,
      node: process.version,
    },
    data: EXPERIMENT.data,
    runs: EXPERIMENT.runs.map(({ title }, run) => ({ title, schedule: lab.runs[run]?.schedule ?? [] })),
    labels: probe.labels,
    indices,
    frames,
  });
  if (bytes.length > LARGEST_BYTES) throw new Error(`The recording has ${bytes.length} bytes: too many.`);
  await output.write(bytes);
  const last = frames
    .at(-1)
    ?.runs.map((run) => run?.measures.D2OverD1?.toFixed(2))
    .join(', ');
  console.log(`${file}: ${frames.length} frames, ${bytes.length} bytes. D2/D1 at the end: ${last}.`);
}

async function frameOf(lab: Lab, probe: Parameters<Lab['snapshot']>[0]): Promise<Frame> {
  const losses = await lab.lossTerms();
  const runs = await lab.snapshot(probe);
  return {
    step: lab.step,
    runs: runs.map(({ features, centres, means, predictions, measures }, run) => ({
      points: quantise(features, COARSE),
      centres,
      means,
      predictions,
      measures: { ...measures, ...losses[run] },
    })),
  };
}
