/** Events for the page about the lab. */

import type { LabelledImages } from '../../data/labelled-images.ts';
import { isPlace } from '../../measures/places.ts';
import type { Lab } from '../lab/lab.ts';
import type { LabState, NetworkName, RunCheckpoint, RunSnapshot, Snapshot } from './protocol.ts';

/** What there is of the runs: a lab, a checkpoint, or nothing yet. */
export interface RunsSoFar {
  readonly network: NetworkName;
  readonly step: number;
  readonly learningRates: LabState['learningRates'];
  readonly runs: readonly Pick<RunCheckpoint, 'schedule' | 'halted'>[];
}

/** The state event of a lab, a checkpoint, or an experiment without runs yet; `rest` is what only the host knows. */
export function stateEvent(
  { network, step, learningRates, runs }: RunsSoFar,
  rest: Pick<LabState, 'activity' | 'sentence' | 'epoch' | 'wayBack'>,
): LabState {
  return {
    ...rest,
    type: 'state',
    network,
    step,
    learningRates,
    schedules: runs.map(({ schedule }) => schedule),
    halted: runs.map(({ halted }) => halted),
  };
}

/** What the runs make of these images now, and the buffers that can go to the page without a copy. */
export async function snapshotOf(
  lab: Lab,
  set: Snapshot['set'],
  images: LabelledImages,
): Promise<{ snapshot: Snapshot; transfer: Transferable[] }> {
  const all = await lab.snapshot(images);
  // Only finite features leave the worker. Centres of classes that are held out are NaN on purpose.
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
