/** What the worker's states have in common: what comes in, what happens next, and what they share. */

import type { BackendChoice, BackendWish } from '../backend/backend.ts';
import type { Change } from '../changes.ts';
import type { Lab } from '../lab/lab.ts';
import type { Rehearsal } from '../lab/rehearsal.ts';
import type { Cores } from '../lanes/cores.ts';
import type { StartLane } from '../lanes/pool.ts';
import type { Demand } from './demand.ts';
import type { Images, ImagesNote, OpenData } from './images.ts';
import type { Pace } from './pace.ts';
import type { Checkpoint, Envelope, Event, Experiment } from './protocol.ts';

/** What the mailbox holds: the page's commands, and the host's own notes. */
export type Letter = Envelope | { readonly note: ImagesNote };

/** Opening, then waiting for images, then ready: each holds what it needs, and nothing else. */
export interface HostState {
  /** Carries out a command or a note, between two steps. Returns the next state. */
  take(letter: Letter): Promise<HostState>;
  /** Does what the letters handled since the last call left to be done. */
  settle(): Promise<void>;
  /** The runs, where there are any. */
  readonly lab?: Lab | undefined;
  /** There is something to be trained, and it can be. */
  readonly isBusy: boolean;
  /** Trains a little. */
  train(): Promise<void>;
}

/** The host, as its states see it. */
export interface Port {
  /** To the page. */
  readonly post: (event: Event, transfer?: Transferable[]) => void;
  /** Into the host's own mailbox, so that it is handled between two steps. */
  readonly note: (note: ImagesNote) => void;
  /** The loop looks again at what is to be done. */
  readonly wake: () => void;
}

/** What an opened worker has, whatever its runs are. */
export interface Equipment {
  readonly port: Port;
  readonly images: Images;
  readonly demand: Demand;
  readonly rehearsal: Rehearsal;
  readonly cores: Cores;
  readonly pace: Pace;
}

/** What the runs will be made from. */
export type Start =
  | { readonly experiment: Experiment; readonly resume?: undefined; readonly isShown?: undefined }
  | {
      readonly experiment: Experiment;
      readonly resume: Checkpoint;
      /** Changes that came before the resumed runs were restored. */
      readonly changes: readonly Change[];
      /** The page has a picture of them. */
      readonly isShown: boolean;
    };

export interface Surroundings {
  readonly openBackend: (wish: BackendWish, onLost: () => void) => Promise<BackendChoice>;
  readonly openData: OpenData;
  /** Starts a worker that computes beside this one; there are none where it is left out. */
  readonly startLane?: StartLane;
  /** How many cores the machine has; 1 where it is left out. */
  readonly machineCores?: number;
}
