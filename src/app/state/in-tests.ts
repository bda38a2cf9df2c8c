/** Made-up states of the page, for tests. */

import { quantise } from '../../timeline/quantise.ts';
import type { Recording } from '../../timeline/recording.ts';
import type { Frame } from '../../timeline/timeline.ts';
import type { Checkpoint, Experiment, LabState, Progress, Snapshot } from '../../training/link/protocol.ts';
import { createPageStore, type PageState, type Probe } from './store.ts';
import { parseHash } from './url.ts';

const SAMPLES = 4;

/** The experiment of the bare link, with its first two runs. */
export function twoRuns(): Experiment {
  const { experiment } = parseHash('');
  return { ...experiment, runs: experiment.runs.slice(0, 2) };
}

/** The page at its start, with two runs and changes to that. */
export function pageWith(part: Partial<PageState> = {}): PageState {
  return { ...createPageStore(twoRuns()).getState(), ...part };
}

export function samples(count = SAMPLES): Probe & { readonly type: 'probe' } {
  return {
    type: 'probe',
    images: new Uint8Array(count),
    labels: new Uint8Array(count),
    indices: new Uint32Array(count),
  };
}

export function labAt(step: number, part: Partial<LabState> = {}): LabState {
  return {
    type: 'state',
    activity: 'training',
    sentence: 'Training.',
    network: 'compact',
    step,
    epoch: step / 100,
    learningRates: [],
    schedules: [[], []],
    halted: [undefined, undefined],
    wayBack: undefined,
    ...part,
  };
}

export function progressAt(step: number, runs = 2): Progress {
  const terms = { softmax: 1, center: 2, margin: 3, total: step };
  const losses = new Array(runs).fill(terms);
  return { type: 'progress', step, epoch: step / 100, imagesPerSecond: 1000, losses };
}

export function snapshotAt(
  step: number,
  { runs = 2, count = SAMPLES, set = 'probe' as Snapshot['set'] } = {},
) {
  const run = () => ({ ...frameRun(step, count), features: features(step, count), rule: 'logits' as const });
  const labels = new Uint8Array(count);
  return { type: 'snapshot', step, set, labels, dim: 2, runs: Array.from({ length: runs }, run) } as const;
}

export function frameAt(step: number, runs = 2, count = SAMPLES): Frame {
  return { step, runs: Array.from({ length: runs }, () => frameRun(step, count)) };
}

/** All points at (step, step). */
const features = (step: number, count: number) => new Float32Array(2 * count).fill(step);

function frameRun(step: number, count: number) {
  return {
    points: quantise(features(step, count)),
    centres: new Float32Array(20),
    means: new Float32Array(20),
    agents: new Float32Array(20),
    predictions: new Uint8Array(count),
    measures: { D1: step },
  };
}

/** One recorded run, with the objective of the page's second, and a frame at each of these steps. */
export function recordingAt(...steps: number[]): Recording {
  const [, second] = twoRuns().runs;
  if (second === undefined) throw new Error('There are two runs.');
  return {
    data: 'mnist',
    origin: {},
    runs: [{ title: 'recorded', schedule: [{ step: 0, objective: second.objective }] }],
    labels: new Uint8Array(SAMPLES),
    indices: new Uint32Array(SAMPLES),
    frames: steps.map((step) => frameAt(step, 1)),
  };
}

export function checkpointAt(step: number, experiment = twoRuns()): Checkpoint {
  return { experiment, step, learningRates: [], runs: [] };
}
