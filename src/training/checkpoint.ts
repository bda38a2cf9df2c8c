/** A lab's state between two steps, as plain data. */

import type { Schedule } from '../losses/schedule.ts';
import type { Experiment } from './experiment.ts';
import type { TrainedCentres } from './trained-centres.ts';

/** All that a lab needs to go on bit for bit: the batch order is a function of seed and step. */
export interface Checkpoint {
  readonly experiment: Experiment;
  readonly step: number;
  /** In rising order of step; the first is at step 0. */
  readonly learningRates: readonly LearningRateEntry[];
  readonly runs: readonly RunCheckpoint[];
  /** Where a run is halted: the newest state in which none was. Runs that joined after it are not in it. */
  readonly lastGood?: Omit<Checkpoint, 'lastGood'> | undefined;
}

export interface RunCheckpoint {
  readonly schedule: Schedule;
  /** Flat parameters θ and Adam's moments, each [parameter count]. */
  readonly parameters: Float32Array;
  readonly firstMoments: Float32Array;
  readonly secondMoments: Float32Array;
  /** [10 × dim]. */
  readonly centres: Float32Array;
  /** Centres that terms train, in the order in which they stand at the end of θ; left out where there are none. */
  readonly trained?: readonly TrainedCentres[] | undefined;
  /** Set where this state is older than the checkpoint's step. */
  readonly halted?: HaltedRun | undefined;
}

/** A run that has diverged: it waits in its last good state while the others go on. */
export interface HaltedRun {
  /** Updates that it has made. */
  readonly step: number;
  /** A clause, e.g. "its loss is no longer a number". */
  readonly reason: string;
}

/** From `step` on (that step included) all runs learn at this rate. */
export interface LearningRateEntry {
  readonly step: number;
  readonly learningRate: number;
}
