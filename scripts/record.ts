/**
 * `npm run record`: trains S, S+C, C+M tuned and M tuned in lock-step with the lab's own code, and writes the
 * recording that the page shows before anything is computed (public/recording.mll), the images of its samples
 * (recording-images.mll) and the networks that it ends with (recording-networks.mll).
 */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { stepsPerEpoch } from '../src/data/batches.ts';
import { chosen, type LabelledImages } from '../src/data/labelled-images.ts';
import { balancedProbe } from '../src/data/probe.ts';
import { classCount, seenCount } from '../src/data/set.ts';
import { DEFAULT_DATA_SET, dataSet } from '../src/data/sets.ts';
import { runOf } from '../src/losses/presets.ts';
import { defaultWarmUp } from '../src/losses/schedule.ts';
import { COARSE, quantise } from '../src/timeline/quantise.ts';
import { encodeRecordedImages } from '../src/timeline/recorded-images.ts';
import { encodeRecordedNetworks } from '../src/timeline/recorded-networks.ts';
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
/** What is written to public/, with the most bytes that it may have. */
const FILES = {
  'recording.mll': 600 * 1024,
  'recording-unseen.mll': 300 * 1024,
  'recording-images.mll': 300 * 1024,
  'recording-networks.mll': 500 * 1024,
};
type FileName = keyof typeof FILES;

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

/** Two digits that training never sees, for a chapter of the guide: fewer runs, fewer epochs, fewer frames. */
const UNSEEN: Experiment = { ...EXPERIMENT, heldOut: [8, 9], runs: ['S', 'S+C', 'M'].map(runOf) };
const UNSEEN_EPOCHS = 3;

/** Dense where the pictures form: at the start, and after the warm-up. */
function recordedSteps({ warmUpSteps }: Experiment, last: number, share: number): Set<number> {
  const steps = new Set<number>();
  const add = (from: number, to: number, count: number) => {
    for (let i = 0; i <= count; i++) steps.add(Math.round(from + (to - from) * (i / count) ** 2));
  };
  add(0, warmUpSteps, Math.round(26 * share));
  add(warmUpSteps, last, Math.round(34 * share));
  return steps;
}

export default async function record(): Promise<void> {
  const names = Object.keys(FILES) as FileName[];
  const outputs = await Promise.all(names.map((name) => openOutput(path.join(ROOT, 'public', name), CACHE)));
  const backend = await openNodeBackend();
  const images = await loadDataSet(EXPERIMENT.data);
  const { set, test } = images;
  const indices = balancedProbe(test.labels, { perClass: SAMPLES_PER_CLASS, classes: classCount(set) });
  const probe = chosen(test, indices);
  const { lab, frames } = await recorded(
    EXPERIMENT,
    images.train,
    probe,
    recordedSteps(EXPERIMENT, STEPS, 1),
  );
  const { version } = JSON.parse(
    await readFile(path.join(ROOT, 'node_modules/@tensorflow/tfjs-core/package.json'), 'utf8'),
  );
  const checkpoint = await lab.checkpoint();
  const originOf = (epochs: number) => ({
    command: 'npm run record',
    network: EXPERIMENT.network,
    seed: EXPERIMENT.seed,
    epochs,
    batch: BATCH_SIZE,
    optimiser: 'Adam',
    learningRate: EXPERIMENT.learningRate,
    warmUpSteps: EXPERIMENT.warmUpSteps,
    samples: indices.length,
    backend,
    'tfjs-core': version,
    node: process.version,
  });
  const recording = await encodeRecording({
    origin: originOf(EPOCHS),
    data: EXPERIMENT.data,
    runs: EXPERIMENT.runs.map(({ title }, run) => ({ title, schedule: lab.runs[run]?.schedule ?? [] })),
    labels: probe.labels,
    indices,
    frames,
  });
  const unseenSteps = UNSEEN_EPOCHS * stepsPerEpoch(seenCount(set, UNSEEN.heldOut), BATCH_SIZE);
  const unseen = await recorded(UNSEEN, images.train, probe, recordedSteps(UNSEEN, unseenSteps, 0.4));
  const contents: Record<FileName, Uint8Array> = {
    'recording.mll': recording,
    'recording-unseen.mll': await encodeRecording({
      origin: originOf(UNSEEN_EPOCHS),
      data: UNSEEN.data,
      heldOut: UNSEEN.heldOut,
      runs: UNSEEN.runs.map(({ title }, run) => ({ title, schedule: unseen.lab.runs[run]?.schedule ?? [] })),
      labels: probe.labels,
      indices,
      frames: unseen.frames,
    }),
    'recording-images.mll': await encodeRecordedImages(probe.images),
    'recording-networks.mll': await encodeRecordedNetworks(
      checkpoint?.runs.map(({ parameters }) => parameters) ?? [],
    ),
  };
  for (const name of names) {
    const { length } = contents[name];
    if (length > FILES[name]) throw new Error(`public/${name} would have ${length} bytes: too many.`);
  }
  for (const [index, name] of names.entries()) await outputs[index]?.write(contents[name]);
  const last = frames
    .at(-1)
    ?.runs.map((run) => run?.measures.D2OverD1?.toFixed(2))
    .join(', ');
  const sizes = names.map((name) => `${name} ${contents[name].length} bytes`).join(', ');
  console.log(`${frames.length} frames; ${sizes}. D2/D1 at the end: ${last}.`);
}

/** Trains to each of these steps, and keeps what is there. */
async function recorded(
  experiment: Experiment,
  train: LabelledImages,
  probe: LabelledImages,
  steps: ReadonlySet<number>,
): Promise<{ lab: Lab; frames: Frame[] }> {
  const lab = await Lab.create(experiment, train);
  const frames: Frame[] = [];
  for (const step of steps) {
    await trainTo(lab, step);
    frames.push(await frameOf(lab, probe));
    process.stderr.write(`step ${step} of ${Math.max(...steps)}\n`);
  }
  return { lab, frames };
}

async function frameOf(lab: Lab, probe: Parameters<Lab['snapshot']>[0]): Promise<Frame> {
  const losses = await lab.lossTerms();
  const runs = await lab.snapshot(probe);
  return {
    step: lab.step,
    runs: runs.map(({ features, rule: _, measures, ...rest }, run) => ({
      ...rest,
      points: quantise(features, COARSE),
      measures: { ...measures, ...losses[run] },
    })),
  };
}
