/** What a lab asks of other workers: gradients of parts of a batch, and features, as plain data. */

import type { DataSet } from '../../data/set.ts';
import type { Objective } from '../../losses/objective.ts';
import type { TrainedCentres } from '../checkpoint.ts';
import type { NetworkName } from '../experiment.ts';

/** What every task is of. */
interface OnImages {
  readonly network: NetworkName;
  readonly dim: number;
  readonly set: Pick<DataSet, 'side' | 'classNames'>;
  /** θ with trained centres at its end, [parameter count]. */
  readonly parameters: Float32Array;
  /** [samples × side × side] bytes. */
  readonly images: Uint8Array;
}

/** Everything that one gradient depends on. The answer: ∂J/∂θ [parameter count], x [samples × dim], and the terms [4]. */
export interface GradientTask extends OnImages {
  readonly kind: 'gradient';
  readonly trained: readonly TrainedCentres[];
  /** Moving centres, [classes × dim]. */
  readonly centres: Float32Array;
  readonly objective: Objective;
  /** [samples] */
  readonly labels: Uint8Array;
  /** [classes], 0 for those that are held out; left out where none is. */
  readonly present?: readonly number[] | undefined;
  /** Of the batch. */
  readonly share: number;
}

/** The answer: x [samples × dim]. */
export interface FeaturesTask extends OnImages {
  readonly kind: 'features';
}

export type LaneTask = GradientTask | FeaturesTask;
export type LaneAnswer = readonly Float32Array[];
/** Waits for the answer to what was asked; undefined where the lane is lost. */
export type AwaitAnswer = () => LaneAnswer | undefined | Promise<LaneAnswer | undefined>;

/** Workers that compute beside this one. */
export interface Lanes {
  /** How many of them take part in the next step. */
  readonly others: number;
  /**
   * Has a task computed on one of them, 0 … others − 1; tasks of one lane are done in their order. What it returns is to be
   * called once, when this worker has nothing else to compute: it waits for the answer, whose arrays hold until the next task
   * is asked. Undefined where that lane is lost: who asked computes it then, and loses no step.
   */
  ask(lane: number, task: LaneTask): AwaitAnswer;
}

/** None: all is computed here. */
export const ALONE: Lanes = { others: 0, ask: () => () => undefined };
