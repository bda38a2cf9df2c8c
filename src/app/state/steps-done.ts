/** How far the live runs are. */

import { stepsPerEpoch } from '../../data/batches.ts';
import { seenCount } from '../../data/set.ts';
import { dataSet } from '../../data/sets.ts';
import { BATCH_SIZE, type Experiment, type LabState, type Progress } from '../../training/link/protocol.ts';

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
export function progressTo(step: number, { data, heldOut }: Experiment, told?: Progress): Progress {
  const epoch = step / stepsPerEpoch(seenCount(dataSet(data), heldOut), BATCH_SIZE);
  return { type: 'progress', losses: [], imagesPerSecond: 0, ...told, step, epoch };
}
