/** A lab's state between two steps, as plain data, and whether training can go on from it. */

import type { Schedule } from '../losses/schedule.ts';
import { isPlace } from '../measures/places.ts';
import type { Experiment } from './experiment.ts';

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
  /** [classes × dim]. */
  readonly centres: Float32Array;
  /** Centres that terms train, in the order in which they stand at the end of θ; left out where there are none. */
  readonly trained?: readonly TrainedCentres[] | undefined;
  /** Set where this state is older than the checkpoint's step. */
  readonly halted?: HaltedRun | undefined;
}

/** Centres that a term trains: one part at the end of θ, [classes · dim]. */
export interface TrainedCentres {
  /** The id of the term. */
  readonly term: string;
  /** Updates made to them: Adam's step count for them, which rests while their term does. */
  readonly updates: number;
}

/** A run that has diverged: it waits in its last good state while the others go on. */
export interface HaltedRun {
  /** Updates that it has made. */
  readonly step: number;
  /** A clause, e.g. "its loss is no longer a number". */
  readonly reason: string;
}

/** Reasons that a loss itself may give: what its nature does, not what went wrong. */
export const FAILURES = {
  collapse: 'all its features fell into one point',
  runaway: 'its features left every scale',
} as const;

/** From `step` on (that step included) all runs learn at this rate. */
export interface LearningRateEntry {
  readonly step: number;
  readonly learningRate: number;
}

export function hasSameRate(a: LearningRateEntry, b: LearningRateEntry): boolean {
  return a.learningRate === b.learningRate;
}

/**
 * What has gone wrong with a state, which features and loss may not show yet: moments that overflow stop all learning.
 * Undefined where nothing has.
 */
export function faultOfState(state: RunCheckpoint): string | undefined {
  const { parameters, firstMoments, secondMoments, centres } = state;
  if (!areNumbers(parameters)) return 'its weights are no longer numbers';
  if (!areNumbers(firstMoments) || !areNumbers(secondMoments)) return 'its gradients left every scale';
  if (!centres.every(isPlace)) return 'its centres left every scale';
  return undefined;
}

/** A loop: `every` takes ten times as long, and these are many. */
function areNumbers(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

/** True for a state that training can go on from: without a fault, and not blank. */
export function isSound(state: RunCheckpoint): boolean {
  return faultOfState(state) === undefined && !isBlank(state);
}

/** True for the zeros that a lost GPU reads as. */
export function isBlank({ parameters }: RunCheckpoint): boolean {
  return parameters.every((value) => value === 0);
}
