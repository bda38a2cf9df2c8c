/** Everything that page and worker say to each other: commands go in, events come out. Plain data only. */

import type { Objective } from '../losses/objective.ts';
import type { Schedule } from '../losses/schedule.ts';
import type { DecisionRule } from '../losses/term.ts';
import type { BackendName, Experiment, NetworkName, RunSpec } from './experiment.ts';
import type { TrainedCentres } from './trained-centres.ts';

export * from './experiment.ts';

/** What goes from page to worker: commands in numbered envelopes, and the question whether anyone is there. */
export type Message =
  | {
      /** Rising. */
      readonly id: number;
      readonly command: Command;
    }
  | 'ping';

/** Page → worker. */
export type Command =
  /** Starts everything, once a worker: backend, self-tests, data, then the runs (from `resume`, if given). */
  | {
      readonly type: 'open';
      readonly experiment: Experiment;
      /** Absolute URL of the folder with manifest.json and the data files, ending in '/'. */
      readonly dataUrl: string;
      readonly resume?: Checkpoint | undefined;
      /** The backend that was fastest on this device before. */
      readonly preferred?: BackendName | undefined;
      /** False where the visitor asked to save data: nothing is fetched before `train` or `step`. */
      readonly fetchNow: boolean;
    }
  | { readonly type: 'train' }
  | { readonly type: 'pause' }
  /** One step, then pause. */
  | { readonly type: 'step' }
  /** Back to step 0 with this experiment; same seed and network give the same initial weights. */
  | { readonly type: 'reset'; readonly experiment: Experiment }
  /** Live: acts at the next step. Before the first step it plans the warm-up anew. */
  | { readonly type: 'setObjective'; readonly run: number; readonly objective: Objective }
  | { readonly type: 'setLearningRate'; readonly learningRate: number }
  /** A run joins: it learns every batch from step 0 that the others have seen, then goes on with them. */
  | { readonly type: 'addRun'; readonly run: RunSpec }
  /** The last run can't be removed. */
  | { readonly type: 'removeRun'; readonly run: number }
  | { readonly type: 'setWarmUp'; readonly warmUpSteps: number }
  | { readonly type: 'retryData' }
  /** Which test images the plots show from now on: 2,000, balanced, or all 10,000 as soon as they are here. */
  | { readonly type: 'showSamples'; readonly samples: SampleSet }
  /** All runs back to the last state in which none had diverged, at another learning rate where one is given; what was changed since holds. */
  | { readonly type: 'goBack'; readonly learningRate?: number | undefined }
  /** Asks for a snapshot of all 10,000 test images. */
  | { readonly type: 'snapshotAll' }
  | { readonly type: 'checkpoint' };

export type SampleSet = 'balanced' | 'all';

/** What the worker posts: an event, and the newest command that had been taken in by then. */
export type Told = Event & { readonly obeyed?: number };

/** Worker → page. */
export type Event =
  | {
      readonly type: 'backend';
      readonly backend: BackendName;
      /** One sentence: why this backend. */
      readonly reason: string;
      /** True where real training steps were timed to choose it. */
      readonly isTimed: boolean;
    }
  | {
      readonly type: 'data';
      readonly receivedBytes: number;
      readonly totalBytes: number;
      readonly trainImages: number;
    }
  /** Data could not be had; `sentence` says what happened and what to do. What has arrived is kept. */
  | { readonly type: 'dataFailed'; readonly sentence: string }
  /** The probe images, sent before the first snapshot of them: images [count × 784] bytes 0..255, labels, and indices into the test set. */
  | {
      readonly type: 'probe';
      readonly images: Uint8Array;
      readonly labels: Uint8Array;
      readonly indices: Uint32Array;
    }
  /** The lab's state whenever it changes: after open, train, pause, reset, a live change. */
  | LabState
  | Progress
  | Snapshot
  | CheckpointEvent
  /** Nothing goes on in this worker; `sentence` says what happened. */
  | { readonly type: 'failed'; readonly sentence: string }
  /** Something happened and training goes on all the same. */
  | { readonly type: 'notice'; readonly sentence: string }
  /** The answer to 'ping'; how many tensors the backend holds says whether it leaks. */
  | { readonly type: 'pong'; readonly tensors: number };

/** Sent while training, after every change, and as the answer to `checkpoint`. */
export interface CheckpointEvent {
  readonly type: 'checkpoint';
  /** Undefined where the runs have not been made yet. */
  readonly checkpoint: Checkpoint | undefined;
  /** True for an answer. */
  readonly wasAsked: boolean;
}

export interface LabState {
  readonly type: 'state';
  /** 'waiting' for data or compiling, 'paused' ready to train, 'training' or about to as soon as data is here. */
  readonly activity: 'waiting' | 'paused' | 'training';
  /** One sentence on what is going on, e.g. "Compiling shaders." */
  readonly sentence: string;
  readonly network: NetworkName;
  readonly step: number;
  /** Epochs done, with fraction; undefined before the runs are made. */
  readonly epoch: number | undefined;
  readonly learningRates: readonly LearningRateEntry[];
  readonly schedules: readonly Schedule[];
  /** A run each; undefined for one that learns. */
  readonly halted: readonly (HaltedRun | undefined)[];
  /** The step that `goBack` leads to; undefined where no run is halted, or no way back is left. */
  readonly wayBack: number | undefined;
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

/** Loss terms over one batch, unweighted, by their ids, and as `total` the weighted sum that was minimised. */
export interface LossTerms {
  readonly [term: string]: number;
  readonly total: number;
}

/** Sent several times a second while training, and after every single step. */
export interface Progress {
  readonly type: 'progress';
  /** Steps done. */
  readonly step: number;
  /** Epochs done, with fraction. */
  readonly epoch: number;
  /** Training images a second, a running average; each image counts once a step, however many runs learn from it. Snapshots are left out. */
  readonly imagesPerSecond: number;
  /** The terms of the last batch, one entry a run; undefined for one that is halted. */
  readonly losses: readonly (LossTerms | undefined)[];
}

/** Named numbers over a snapshot: D1, D2, D3, D1OnCentres, …, accuracy. */
export type Measures = Readonly<Record<string, number>>;

export interface RunSnapshot {
  /** [count × dim] features, row-major. */
  readonly features: Float32Array;
  /** [10 × dim] learned centres. */
  readonly centres: Float32Array;
  /** [10 × dim] class means of `features`. */
  readonly means: Float32Array;
  /** Predicted class a sample, by `rule`. */
  readonly predictions: Uint8Array;
  readonly rule: DecisionRule;
  readonly measures: Measures;
}

/** The features of a fixed set of test images, as the network sees them after `step` steps. */
export interface Snapshot {
  readonly type: 'snapshot';
  readonly step: number;
  /** 'probe': the samples of the last `probe` event; 'test': all 10,000 in order. */
  readonly set: 'probe' | 'test';
  readonly labels: Uint8Array;
  readonly dim: number;
  /** Undefined for a run whose features are no longer numbers. */
  readonly runs: readonly (RunSnapshot | undefined)[];
}

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
