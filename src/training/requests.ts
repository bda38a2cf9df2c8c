/**
 * What the page can ask of the worker without changing anything: one kind a record, its question, its answer. Answered
 * between two steps in every state that has a backend.
 */

import type { DataSetId } from '../data/sets.ts';
import type { Objective } from '../losses/objective.ts';
import type { DecisionRule, Slot } from '../losses/term.ts';
import type { NetworkName } from './experiment.ts';

/** How each term of an objective pushes samples at these places. */
export interface ForcesRequest {
  readonly kind: 'forces';
  readonly objective: Objective;
  /** [count × 2], in feature units. */
  readonly places: Float32Array;
  /** The class of the sample at each place, [count]. */
  readonly labels: Uint8Array;
  /** [classes × 2], NaN for classes that are held out. */
  readonly centres: Float32Array;
  /** W, [2 × classes]; undefined where none are known. */
  readonly agents?: Float32Array | undefined;
  /** Classes that take no part. */
  readonly heldOut: readonly number[];
  /** Samples beside which terms are evaluated that need the whole batch: features [others × 2] and labels [others]. */
  readonly others: { readonly features: Float32Array; readonly labels: Uint8Array };
  /** True for the values, and for what each class adds, too. For a few places: it takes an evaluation each. */
  readonly isDetailed: boolean;
}

export interface TermForces {
  readonly slot: Slot;
  /** −λ·∂J/∂x, [count × 2]. */
  readonly forces: Float32Array;
  /** λ times the term's value on each sample alone, [count]. */
  readonly values: Float32Array | undefined;
  /** What each class adds, [classes][count × 2]; undefined where the force is no sum over classes. */
  readonly byClass: readonly Float32Array[] | undefined;
}

export interface ForcesAnswer {
  readonly kind: 'forces';
  /** Of the active terms. A head without known agents is left out. */
  readonly terms: readonly TermForces[];
}

/** What networks make of images that are no samples of the set. */
export interface FeaturesRequest {
  readonly kind: 'features';
  readonly data: DataSetId;
  /** [count × side²] bytes, 0 paper and 255 ink. */
  readonly images: Uint8Array;
  /** θ a run, for other networks than those of the runs. */
  readonly networks?:
    | { readonly name: NetworkName; readonly parameters: readonly Float32Array[] }
    | undefined;
}

export interface FeaturesAnswer {
  readonly kind: 'features';
  /** A run each. */
  readonly runs: readonly RunFeatures[];
}

export interface RunFeatures {
  /** [count × 2]. */
  readonly features: Float32Array;
  /** How the run decides now; undefined for other networks than its own. */
  readonly decision:
    | { readonly rule: DecisionRule; readonly agents: Float32Array; readonly centres: Float32Array }
    | undefined;
}

export type Request = ForcesRequest | FeaturesRequest;
export type Answer = ForcesAnswer | FeaturesAnswer;
export type AnswerTo<R extends Request> = Extract<Answer, { kind: R['kind'] }>;
