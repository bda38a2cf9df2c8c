/** What the worker tells the page about its lab, as events. */

import { isPlace } from '../measures/places.ts';
import type { LabelledImages } from './batch.ts';
import type { Experiment } from './experiment.ts';
import type { Lab } from './lab.ts';
import type { Checkpoint, LabState, RunSnapshot, Snapshot } from './protocol.ts';

export interface Situation {
  readonly experiment: Experiment;
  readonly lab: Lab | undefined;
  /** What the lab will be made from, while there is none. */
  readonly resume: Checkpoint | undefined;
  readonly wayBack: Checkpoint | undefined;
  readonly isTraining: boolean;
  /** Images are being fetched, or are here. */
  readonly wantsData: boolean;
  /** Changes wait for the runs to be resumed: of which there will be is not known yet. */
  readonly changesWait: boolean;
  /** What goes on at the moment where it is neither training nor rest. */
  readonly sentence: string | undefined;
}

export function labState(situation: Situation): LabState {
  const { experiment, lab, resume, wayBack, sentence } = situation;
  const activity = activityIn(situation);
  const { learningRate } = experiment;
  const source = lab ?? resume;
  const runs = (situation.changesWait ? undefined : source?.runs) ?? [];
  return {
    type: 'state',
    activity,
    sentence: sentence ?? sentenceFor(activity, situation),
    network: experiment.network,
    step: source?.step ?? 0,
    epoch: lab?.epoch,
    learningRates: source?.learningRates ?? [{ step: 0, learningRate }],
    schedules: runs.map(({ schedule }) => schedule),
    halted: runs.map(({ halted }) => halted),
    wayBack: wayBack?.step,
  };
}

function activityIn({ isTraining, lab, sentence }: Situation): LabState['activity'] {
  if (isTraining) return 'training';
  return lab === undefined || sentence !== undefined ? 'waiting' : 'paused';
}

function sentenceFor(activity: LabState['activity'], { lab, wantsData }: Situation): string {
  if (activity === 'paused') return 'Ready.';
  if (activity === 'waiting') {
    return wantsData ? 'Loading the images.' : 'The images are loaded when you press Train.';
  }
  return lab === undefined ? 'Training begins when the first images have arrived.' : 'Training.';
}

/** What the runs make of these images now, and the buffers that can go to the page without a copy. */
export async function snapshotOf(
  lab: Lab,
  set: Snapshot['set'],
  images: LabelledImages,
): Promise<{ snapshot: Snapshot; transfer: Transferable[] }> {
  const all = await lab.snapshot(images);
  // No feature leaves the worker that can't be plotted. Centres of digits that are held out are NaN, and say so.
  const runs = all.map((run) => (run.features.every(isPlace) ? run : undefined));
  const labels = images.labels.slice();
  const transfer = [labels, ...runs.flatMap((run) => (run === undefined ? [] : arraysOf(run)))];
  return {
    snapshot: { type: 'snapshot', step: lab.step, set, labels, dim: lab.network.dim, runs },
    transfer: transfer.map(({ buffer }) => buffer as ArrayBuffer),
  };
}

const arraysOf = ({ features, means, centres, predictions }: RunSnapshot) => [
  features,
  means,
  centres,
  predictions,
];
