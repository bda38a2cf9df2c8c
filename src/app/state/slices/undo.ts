/** Training that the reader ended, and what it takes to bring it back. */

import type { Checkpoint } from '../../../training/link/protocol.ts';
import type { TrainingPart } from '../store.ts';
import { empty, type Happening, type StateOf } from './slice.ts';
import type { WorkerState } from './worker.ts';

export interface EndedTraining {
  readonly id: number;
  /** Steps done. */
  readonly step: number;
  /** What ended it, as a sentence for the reader. */
  readonly sentence: string;
  /** The page as it was. */
  readonly page: TrainingPart;
  /** What training goes on from; undefined while the worker is asked for it and none is known. */
  readonly checkpoint: Checkpoint | undefined;
  /** Steps that have been trained since. */
  readonly since: number;
}

/** Timelines are large: the newest, and the longest of the others. */
const MOST_ENDED = 2;
/** Undo is offered until more has been trained since, and at least so much. */
const FEWEST_STEPS = 500;

export const undoSlice = {
  visit: {
    /** Oldest first. */
    ended: empty<EndedTraining>(),
  },
  fresh: () => ({}),
};

export type UndoState = StateOf<typeof undoSlice>;

export function undoAfter(
  { ended, progress }: UndoState & WorkerState,
  happening: Happening,
): Partial<UndoState> {
  if (happening.type !== 'progress' || ended.length === 0) return {};
  const steps = Math.max(0, happening.step - (progress?.step ?? 0));
  const older = ended.map((each) => ({ ...each, since: each.since + steps }));
  return { ended: older.filter(({ since, step }) => since <= Math.max(FEWEST_STEPS, step)) };
}

/** With one more; of those before it, the longest stays. */
export function withEnded(ended: readonly EndedTraining[], newest: EndedTraining): readonly EndedTraining[] {
  const others = ended.toSorted((a, b) => b.step - a.step).slice(0, MOST_ENDED - 1);
  return [...ended.filter((each) => others.includes(each)), newest];
}
