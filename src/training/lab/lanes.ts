/** What a lab asks of other workers: gradients of parts of a batch, as plain data. */

import type { DataSet } from '../../data/set.ts';
import type { Objective } from '../../losses/objective.ts';
import type { TrainedCentres } from '../checkpoint.ts';
import type { NetworkName } from '../experiment.ts';

/** Everything that one gradient depends on. */
export interface PartTask {
  readonly network: NetworkName;
  readonly dim: number;
  readonly set: Pick<DataSet, 'side' | 'classNames'>;
  /** θ with trained centres at its end, [parameter count]. */
  readonly parameters: Float32Array;
  readonly trained: readonly TrainedCentres[];
  /** Moving centres, [classes × dim]. */
  readonly centres: Float32Array;
  readonly objective: Objective;
  /** [samples × side × side] bytes, and [samples]. */
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
  /** [classes], 0 for those that are held out; left out where none is. */
  readonly present?: readonly number[] | undefined;
  /** Of the batch. */
  readonly share: number;
}

/** As `Gradient`, on the host. */
export interface PartResult {
  readonly gradient: Float32Array;
  /** [samples × dim] */
  readonly features: Float32Array;
  readonly terms: Float32Array;
}

/** Workers that compute beside this one. */
export interface Lanes {
  /** How many of them take part in the next step. */
  readonly others: number;
  /**
   * Computes a gradient on one of them, 0 … others − 1; tasks of one lane are done in their order. Undefined where that
   * one is lost: who asked computes it then, and loses no step.
   */
  compute(lane: number, task: PartTask): Promise<PartResult | undefined>;
}

/** None: all is computed here. */
export const ALONE: Lanes = { others: 0, compute: async () => undefined };
