/** Everything that page and worker say to each other: commands go in, events come out. Plain data only. */

import type { OwnImages } from '../../data/own-images.ts';
import type { Schedule } from '../../losses/schedule.ts';
import type { Change } from '../changes.ts';
import type { Checkpoint, HaltedRun, LearningRateEntry } from '../checkpoint.ts';
import type { BackendName, Experiment, NetworkName } from '../experiment.ts';
import type { LossTerms } from '../lab/run.ts';
import type { RunSnapshot } from '../lab/snapshots.ts';
import type { CoresWish } from '../lanes/cores-wish.ts';
import type { Answer, Request } from '../requests.ts';

export * from '../agreement.ts';
export { afterChange, type Change, isChange } from '../changes.ts';
export * from '../checkpoint.ts';
export * from '../experiment.ts';
export type { LossTerms } from '../lab/run.ts';
export type { Measures, RunSnapshot } from '../lab/snapshots.ts';
export { type CoresWish, isCoresWish, MOST_CORES } from '../lanes/cores-wish.ts';
export { begunAnew, isPast, learningRatesOf, pastOf, scheduleOf, withPast } from '../past.ts';
export type {
  AnswerTo,
  FeaturesAnswer,
  FeaturesRequest,
  ForcesAnswer,
  ForcesRequest,
  Request,
  RunFeatures,
  TermForces,
} from '../requests.ts';
export * from '../schemas.ts';

/** What goes from page to worker: commands in numbered envelopes, the question whether anyone is there, and what drawing takes. */
export type Message =
  | {
      /** Rising. */
      readonly id: number;
      readonly command: Command;
    }
  | 'ping'
  /** Images of the visitor's own, for the runs that learn from them. */
  | { readonly own: OwnImages }
  /** Milliseconds from the arrival of a snapshot until the page had drawn it. */
  | { readonly drawnIn: number };

/** What a numbered envelope is. */
export type Envelope = Extract<Message, { id: number }>;

export function isEnvelope(message: Message): message is Envelope {
  return typeof message === 'object' && 'id' in message;
}

/** Page → worker. */
export type Command =
  /** Starts everything, once a worker: backend, self-tests, data, then the runs (from `resume`, if given). */
  | {
      readonly type: 'open';
      readonly experiment: Experiment;
      /** Absolute URL of the folder with manifest.json and the data files, ending in '/'. */
      readonly dataUrl: string;
      readonly resume?: Checkpoint | undefined;
      /** The page has a picture of these runs: another one can wait. */
      readonly isShown?: boolean | undefined;
      /** The backend that was fastest on this device before. */
      readonly preferred?: BackendName | undefined;
      /** False where the visitor asked to save data: nothing is fetched before `train` or `step`. */
      readonly fetchNow: boolean;
    }
  /** Until it is paused, or so many steps are done. */
  | { readonly type: 'train'; readonly until?: number | undefined }
  | { readonly type: 'pause' }
  /** One step, then pause. */
  | { readonly type: 'step' }
  /** Back to step 0 with this experiment; same seed and network give the same initial weights. */
  | { readonly type: 'reset'; readonly experiment: Experiment }
  | { readonly type: 'retryData' }
  /** Which test images the plots show from now on: a balanced part, or all as soon as they are here. */
  | { readonly type: 'showSamples'; readonly samples: SampleSet }
  /** Asks for a snapshot of all test images. */
  | { readonly type: 'snapshotAll' }
  /** How many cores compute from now on; what comes out does not depend on it. */
  | { readonly type: 'useCores'; readonly cores: CoresWish }
  | { readonly type: 'checkpoint' }
  /** A question that changes nothing. */
  | { readonly type: 'ask'; readonly question: number; readonly request: Request }
  | Change;

export type SampleSet = 'balanced' | 'all';

/** What the worker posts: an event, and the newest command that it had carried out or begun by then. */
export type Told = Event & { readonly acknowledged?: number };

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
  /** The probe images, sent before the first snapshot of them: images [count × side²] bytes 0..255, labels, and indices into the test set. */
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
  /** How many cores compute, where it is no longer what it was; one at first. */
  | { readonly type: 'cores'; readonly computing: number }
  /** Something happened and training goes on all the same. */
  | { readonly type: 'notice'; readonly sentence: string }
  /** The answer to 'ask', or a sentence that says why there is none. */
  | { readonly type: 'answer'; readonly question: number; readonly answer: Answer | string }
  /** The answer to 'ping', and to every command at once; how many tensors the backend holds says whether it leaks. */
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

/** The features of a fixed set of test images, as the network sees them after `step` steps. */
export interface Snapshot {
  readonly type: 'snapshot';
  readonly step: number;
  /** 'probe': the samples of the last `probe` event; 'test': all in order. */
  readonly set: 'probe' | 'test';
  readonly labels: Uint8Array;
  readonly dim: number;
  /** Undefined for a run whose features are no longer numbers. */
  readonly runs: readonly (RunSnapshot | undefined)[];
}
