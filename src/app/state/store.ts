/**
 * All that the page knows, outside React: the experiment as the reader set it, what the worker last said, and how
 * the reader looks at it. Put together from slices; derived values are computed where they are shown.
 */

import { createStore } from 'zustand/vanilla';
import type { Experiment } from '../../training/link/protocol.ts';
import { type ExperimentState, experimentAfter, experimentSlice } from './slices/experiment.ts';
import { type HistoryState, historyAfter, historySlice } from './slices/history.ts';
import { type MeasuresState, measuresAfter, measuresSlice } from './slices/measures.ts';
import { type NoticesState, noticesAfter, noticesSlice } from './slices/notices.ts';
import type { Happening } from './slices/slice.ts';
import { type TimelineState, timelineAfter, timelineSlice } from './slices/timeline.ts';
import { type ViewState, viewAfter, viewSlice } from './slices/view.ts';
import { type WorkerState, workerAfter, workerSlice } from './slices/worker.ts';

export type { Probe, Samples } from './slices/history.ts';
export type { StoredSession } from './slices/notices.ts';
export type { Highlight, ThemeChoice } from './slices/view.ts';

export type PageState = ExperimentState & WorkerState & HistoryState & OwnState & NoticesState;

/** What the page alone decides: any part of it can be set for itself. */
export type OwnState = TimelineState & ViewState & MeasuresState;

export type Store = ReturnType<typeof createPageStore>;

export function createPageStore(experiment: Experiment, notices: readonly string[] = []) {
  return createStore<PageState>(() => ({
    ...experimentSlice.visit,
    ...workerSlice.visit,
    ...historySlice.visit,
    ...timelineSlice.visit,
    ...viewSlice.visit,
    ...measuresSlice.visit,
    ...noticesSlice.visit,
    ...freshState(experiment),
    notices,
  }));
}

/** What an experiment begins with; what holds for the whole visit is left as it is. */
export function freshState(experiment: Experiment) {
  return {
    ...experimentSlice.fresh(experiment),
    ...workerSlice.fresh(),
    ...historySlice.fresh(experiment),
    ...timelineSlice.fresh(),
    ...viewSlice.fresh(),
    ...measuresSlice.fresh(),
    ...noticesSlice.fresh(),
  };
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
    ...noticesAfter(state, happening),
  };
}

/** True for an event from before the worker knew that a run came or went. */
function isStale({ experiment }: PageState, happening: Happening): boolean {
  const count = experiment.runs.length;
  if (happening.type === 'progress') return happening.losses.length !== count;
  return happening.type === 'snapshot' && happening.runs.length !== count;
}
