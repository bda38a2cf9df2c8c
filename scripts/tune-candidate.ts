/** One candidate of `npm run tune`, by how its row begins: trains it, and prints the row's last cells. */

import { slice } from '../src/data/labelled-images.ts';
import type { Experiment } from '../src/training/experiment.ts';
import { Lab } from '../src/training/lab/lab.ts';
import { FURTHER_CANDIDATES, LETTER_CANDIDATES, rowStart } from './candidates.ts';
import { printLine } from './lib/output.mjs';
import { loadDataSet, openNodeBackend, trainTo } from './node-lab.ts';

/** Training images that candidates learn from; they are measured on the others. */
export const TRAINING = 50_000;
export const EPOCHS = 4;
export const WARM_UP_STEPS = 390;
export const SEED = 1;

export default async function tuneCandidate([start]: readonly string[]): Promise<void> {
  const candidate = [...LETTER_CANDIDATES, ...FURTHER_CANDIDATES].find((each) => rowStart(each) === start);
  if (candidate === undefined) throw new Error(`There is no candidate “${start}”.`);
  const backend = await openNodeBackend();
  if (backend !== 'wasm') throw new Error(`Candidates are compared on WebAssembly, and this is ${backend}.`);
  const { train } = await loadDataSet('mnist');
  const experiment: Experiment = {
    data: 'mnist',
    network: 'compact',
    backend: 'auto',
    seed: SEED,
    learningRate: 1e-3,
    warmUpSteps: WARM_UP_STEPS,
    heldOut: [],
    runs: [{ title: 'candidate', objective: candidate.objective }],
  };
  const lab = await Lab.create(experiment, slice(train, 0, TRAINING));
  await trainTo(lab, EPOCHS * lab.stepsPerEpoch);
  const [snapshot] = await lab.snapshot(slice(train, TRAINING));
  lab.dispose();
  const cell = (name: string, digits: number) => (snapshot?.measures[name] ?? Number.NaN).toFixed(digits);
  const cells = [cell('accuracy', 4), ...['D1', 'D2', 'D3', 'D2OverD1'].map((name) => cell(name, 2))];
  await printLine(cells.join(' | '));
}
