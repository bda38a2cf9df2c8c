/** What an experiment is, as plain data: everything that decides the numbers it produces. */

import type { Augmentation } from '../data/augmentation.ts';
import { type OwnSetHeader, ownRecord } from '../data/own-set.ts';
import { classCount, type DataSet, seenCount, shapeOf } from '../data/set.ts';
import { type DataSetId, dataSet } from '../data/sets.ts';
import type { Objective } from '../losses/objective.ts';
import {
  compactSpecs,
  lenetsSpecs,
  type NetworkShape,
  type ParameterSpec,
  parameterCount,
} from '../network/parameter-specs.ts';

export const NETWORK_NAMES = ['compact', 'lenets++'] as const;
export type NetworkName = (typeof NETWORK_NAMES)[number];

export const BACKEND_NAMES = ['webgl', 'webgpu', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKEND_NAMES)[number];

/** One run of the lab: a name for the reader, and what it learns by over time. */
export interface RunSpec {
  readonly title: string;
  /** What it learns by in the end: the objective that the controls show. */
  readonly objective: Objective;
  /**
   * What it learns by before that, in rising order. Left out where it begins with `objective`, after a warm-up as long
   * as the experiment's where that objective asks for one.
   */
  readonly before?: readonly EarlierObjective[] | undefined;
}

/** Holds in all steps below `until` for which no earlier one does (steps count from 0). */
export interface EarlierObjective {
  readonly until: number;
  readonly objective: Objective;
  /** Only of the first: the softmax beginning that was planned. */
  readonly isWarmUp?: true | undefined;
}

/** Holds in all steps below `until` for which no earlier one does (steps count from 0). */
export interface EarlierRate {
  readonly until: number;
  readonly learningRate: number;
}

/** Runs in one experiment start from equal weights and see equal batches. */
export interface Experiment {
  /** What is learnt. */
  readonly data: DataSetId;
  /** What that set is, where it is of the visitor's own images. */
  readonly own?: OwnSetHeader | undefined;
  readonly network: NetworkName;
  /** 'auto' lets the self-tests decide. */
  readonly backend: BackendName | 'auto';
  /** 1 to 2³² − 1; 0 would mean "unseeded" to TensorFlow.js and is refused everywhere. */
  readonly seed: number;
  /** In the end: what the control shows. */
  readonly learningRate: number;
  /** Before that, in rising order; left out where it holds from the start. */
  readonly ratesBefore?: readonly EarlierRate[] | undefined;
  /** Softmax-only steps before an objective without softmax begins. */
  readonly warmUpSteps: number;
  /** Width of the feature layer; two, which a plot shows as it is, where it is left out. */
  readonly dim?: number | undefined;
  /** Images a step; 128 where it is left out. */
  readonly batchSize?: number | undefined;
  /** Share of training labels that are wrong on purpose; none where it is left out. */
  readonly labelNoise?: number | undefined;
  /** How training images are changed from step to step; not at all where it is left out. */
  readonly augmentation?: Augmentation | undefined;
  /** Labels of the classes that training never sees, rising: the open set. */
  readonly heldOut: readonly number[];
  readonly runs: readonly RunSpec[];
}

/** The record of the data set that is learnt. @throws RangeError where it is neither the lab's nor says what it is */
export function setOf({ data, own }: Pick<Experiment, 'data' | 'own'>): DataSet {
  return own === undefined ? dataSet(data) : ownRecord(own);
}

/** Width of the feature layer that a plot shows as it is. */
export const PLOT_DIM = 2;
export const DIM_RANGE = [2, 128] as const;

/** Width of the feature layer. */
export function dimOf({ dim = PLOT_DIM }: Pick<Experiment, 'dim'>): number {
  return dim;
}

const SPECS: Record<NetworkName, (shape: NetworkShape) => readonly ParameterSpec[]> = {
  compact: compactSpecs,
  'lenets++': lenetsSpecs,
};

/** The parameters of θ in their order. */
export function parameterSpecsOf(
  experiment: Pick<Experiment, 'network' | 'data' | 'own' | 'dim'>,
): readonly ParameterSpec[] {
  return SPECS[experiment.network]({ dim: dimOf(experiment), ...shapeOf(setOf(experiment)) });
}

/** Numbers in θ, for those who must check a length without the networks. */
export function parameterCountOf(experiment: Pick<Experiment, 'network' | 'data' | 'own' | 'dim'>): number {
  return parameterCount(parameterSpecsOf(experiment));
}

/** Numbers in the centres of all classes. */
export function centresLengthOf(experiment: Pick<Experiment, 'data' | 'own' | 'dim'>): number {
  return dimOf(experiment) * classCount(setOf(experiment));
}

/** 0 would mean "unseeded" to TensorFlow.js. */
export const SEED_RANGE = [1, 0xffffffff] as const;
export const BATCH_SIZE = 128;
export const BATCH_SIZE_RANGE = [16, 512] as const;
export const LABEL_NOISE_RANGE = [0, 0.8] as const;

/** Images a step: as many as were asked for, and no more than there are. */
export function batchSizeOf(experiment: Pick<Experiment, 'batchSize' | 'data' | 'own' | 'heldOut'>): number {
  const { batchSize = BATCH_SIZE, heldOut } = experiment;
  return Math.min(batchSize, seenCount(setOf(experiment), heldOut));
}

/** Images a step where nothing is said: of small sets half, so that an epoch has two steps at least. */
export function usualBatchSize(samples: number): number {
  if (samples >= 2 * BATCH_SIZE) return BATCH_SIZE;
  return Math.min(samples, Math.max(BATCH_SIZE_RANGE[0], Math.floor(samples / 2)));
}

/** These settings, as an experiment says them: what goes without saying is undefined. */
export function batchAndNoise(
  batchSize: number,
  labelNoise: number,
): Pick<Experiment, 'batchSize' | 'labelNoise'> {
  return {
    batchSize: batchSize === BATCH_SIZE ? undefined : batchSize,
    labelNoise: labelNoise === 0 ? undefined : labelNoise,
  };
}

/** True where these runs learn from equal batches: what only another start can change. */
export function isSameTraining(a: Experiment, b: Experiment): boolean {
  return (
    a.data === b.data &&
    a.network === b.network &&
    dimOf(a) === dimOf(b) &&
    a.seed === b.seed &&
    batchSizeOf(a) === batchSizeOf(b) &&
    (a.labelNoise ?? 0) === (b.labelNoise ?? 0) &&
    a.augmentation === b.augmentation &&
    a.heldOut.join() === b.heldOut.join()
  );
}

export const LEARNING_RATE_RANGE = [1e-5, 3e-2] as const;
export const WARM_UP_RANGE = [0, 9360] as const;
export const MAX_RUNS = 4;
