/** How far the live runs are. */

import { stepsPerEpoch } from '../../data/batches.ts';
import { seenCount } from '../../data/set.ts';
import {
  batchSizeOf,
  type Experiment,
  type LabState,
  type Progress,
  setOf,
} from '../../training/link/protocol.ts';

/** Steps that the live runs have done, as far as the worker has said. */
export function stepsDone({
  lab,
  progress,
}: {
  readonly lab: Pick<LabState, 'step'> | undefined;
  readonly progress: Pick<Progress, 'step'> | undefined;
}): number {
  return Math.max(lab?.step ?? 0, progress?.step ?? 0);
}

/** The progress of runs that are brought to a step; the rest is as it was last told. */
export function progressTo(step: number, experiment: Experiment, told?: Progress): Progress {
  const samples = seenCount(setOf(experiment), experiment.heldOut);
  const epoch = step / stepsPerEpoch(samples, batchSizeOf(experiment));
  return { type: 'progress', losses: [], imagesPerSecond: 0, ...told, step, epoch };
}
