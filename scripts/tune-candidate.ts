/** One candidate of `npm run tune`, by how its row begins: trains it with each of its seeds, and prints the row's last cells. */

import { type LabelledImages, slice } from '../src/data/labelled-images.ts';
import type { Experiment } from '../src/training/experiment.ts';
import { Lab } from '../src/training/lab/lab.ts';
import type { Measures } from '../src/training/lab/snapshots.ts';
import { CANDIDATES, type Candidate, FURTHER_CANDIDATES, rowStart } from './candidates.ts';
import { printLine } from './lib/output.mjs';
import { loadDataSet, openNodeBackend, trainTo } from './node-lab.ts';

/** Training images that candidates learn from; they are measured on the others. */
export const TRAINING = 50_000;
export const EPOCHS = 4;
export const WARM_UP_STEPS = 390;
/** Of the letter's combinations; the others have several, since some losses find no good order of the classes with every seed. */
export const LETTER_SEEDS = [1];
export const SEEDS = [1, 2];

export default async function tuneCandidate([start]: readonly string[]): Promise<void> {
  const candidate = CANDIDATES.find((each) => rowStart(each) === start);
  if (candidate === undefined) throw new Error(`There is no candidate “${start}”.`);
  const hasSeveral = FURTHER_CANDIDATES.includes(candidate);
  const backend = await openNodeBackend();
  if (backend !== 'wasm') throw new Error(`Candidates are compared on WebAssembly, and this is ${backend}.`);
  const { train } = await loadDataSet('mnist');
  const measures: Measures[] = [];
  for (const seed of hasSeveral ? SEEDS : LETTER_SEEDS) measures.push(await measured(candidate, seed, train));
  const valuesOf = (name: string) => measures.map((each) => each[name] ?? Number.NaN);
  const mean = (name: string, digits: number) => {
    const values = valuesOf(name);
    return (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(digits);
  };
  const each = valuesOf('accuracy').map((value) => value.toFixed(3));
  const accuracy = hasSeveral ? `${mean('accuracy', 4)} (${each.join(', ')})` : mean('accuracy', 4);
  await printLine([accuracy, ...['D1', 'D2', 'D3', 'D2OverD1'].map((name) => mean(name, 2))].join(' | '));
}

async function measured(
  { objective, learningRate = 1e-3, warmUpSteps = WARM_UP_STEPS }: Candidate,
  seed: number,
  train: LabelledImages,
): Promise<Measures> {
  const experiment: Experiment = {
    data: 'mnist',
    network: 'compact',
    backend: 'auto',
    seed,
    learningRate,
    warmUpSteps,
    heldOut: [],
    runs: [{ title: 'candidate', objective }],
  };
  const lab = await Lab.create(experiment, slice(train, 0, TRAINING));
  await trainTo(lab, EPOCHS * lab.stepsPerEpoch);
  const [snapshot] = await lab.snapshot(slice(train, TRAINING));
  lab.dispose();
  return snapshot?.measures ?? {};
}
