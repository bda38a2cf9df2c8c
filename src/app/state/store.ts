/**
 * All that the page knows, outside React: the experiment as the reader set it, what the worker last said, and how
 * the reader looks at it. Put together from slices; derived values are computed where they are shown.
 */

import { createStore } from 'zustand/vanilla';
import type { Experiment } from '../../training/link/protocol.ts';
import { type DigitState, digitAfter, digitSlice } from './slices/digit.ts';
import { type ExperimentState, experimentAfter, experimentSlice } from './slices/experiment.ts';
import { type ForcesState, forcesAfter, forcesSlice } from './slices/forces.ts';
import { type GuideState, guideSlice } from './slices/guide.ts';
import { type HistoryState, historyAfter, historySlice } from './slices/history.ts';
import { type ImagesState, imagesSlice } from './slices/images.ts';
import { type MeasuresState, measuresAfter, measuresSlice } from './slices/measures.ts';
import { type NoticesState, noticesAfter, noticesSlice } from './slices/notices.ts';
import type { Happening } from './slices/slice.ts';
import { type TimelineState, timelineAfter, timelineSlice } from './slices/timeline.ts';
import { type UndoState, undoAfter, undoSlice } from './slices/undo.ts';
import { type ViewState, viewAfter, viewSlice } from './slices/view.ts';
import { type WorkerState, workerAfter, workerSlice } from './slices/worker.ts';

export type { Probe, Samples } from './slices/history.ts';
export type { SmallPicture, StoredSession } from './slices/notices.ts';
export type { Highlight, ThemeChoice } from './slices/view.ts';

export type PageState = SessionState &
  ExperimentState &
  WorkerState &
  HistoryState &
  ImagesState &
  ForcesState &
  DigitState &
  GuideState &
  OwnState &
  NoticesState &
  UndoState;

/** What the page alone decides: any part of it can be set for itself. */
export type OwnState = TimelineState & ViewState & MeasuresState;

/** One training of a page, from its start to its end. */
interface SessionState {
  /** What it is kept under in this browser. */
  readonly sessionId: string;
}

export type TrainingPart = Readonly<ReturnType<typeof freshState>> & Pick<PageState, 'sampleSet'>;

export type Store = ReturnType<typeof createPageStore>;

export function createPageStore(
  experiment: Experiment,
  notices: readonly string[] = [],
  pins: readonly number[] = [],
  guide?: number,
) {
  return createStore<PageState>(() => ({
    ...experimentSlice.visit,
    ...workerSlice.visit,
    ...historySlice.visit,
    ...timelineSlice.visit,
    ...viewSlice.visit,
    ...measuresSlice.visit,
    ...imagesSlice.visit,
    ...digitSlice.visit,
    ...noticesSlice.visit,
    ...undoSlice.visit,
    ...guideSlice.visit,
    ...freshState(experiment),
    notices,
    pins,
    guide,
  }));
}

/** What an experiment begins with; what holds for the whole visit is left as it is. */
export function freshState(experiment: Experiment) {
  return {
    sessionId: newSessionId(),
    ...experimentSlice.fresh(experiment),
    ...workerSlice.fresh(),
    ...historySlice.fresh(experiment),
    ...timelineSlice.fresh(),
    ...viewSlice.fresh(experiment),
    ...measuresSlice.fresh(),
    ...forcesSlice.fresh(),
    ...noticesSlice.fresh(),
  };
}

/** The part of the state that belongs to one training, as it is now. */
export function trainingPart(state: PageState): TrainingPart {
  const names = Object.keys(freshState(state.experiment)) as (keyof TrainingPart)[];
  // Every name of that part is here with its value, which TypeScript can't follow.
  return Object.fromEntries(
    [...names, 'sampleSet' as const].map((name) => [name, state[name]]),
  ) as TrainingPart;
}

/** No two pages have the same, and no two trainings of a page. */
export function newSessionId(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16)).join('-');
}

/** What changes when the worker says something, or the reader changes what runs learn. */
export function afterHappening(state: PageState, happening: Happening): Partial<PageState> {
  if (isStale(state, happening)) return {};
  return {
    ...experimentAfter(state, happening),
    ...workerAfter(state, happening),
    ...historyAfter(state, happening),
    ...timelineAfter(state, happening),
    ...viewAfter(state, happening),
    ...measuresAfter(state, happening),
    ...forcesAfter(happening),
    ...digitAfter(happening),
    ...noticesAfter(state, happening),
    ...undoAfter(state, happening),
  };
}

/** True for an event from before the worker knew that a run came or went. */
function isStale({ experiment }: PageState, happening: Happening): boolean {
  const count = experiment.runs.length;
  if (happening.type === 'progress') return happening.losses.length !== count;
  return happening.type === 'snapshot' && happening.runs.length !== count;
}
