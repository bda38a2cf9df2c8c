/** Where the page stands in time: at which step, of the live runs or of the recording. */

import type { Recording } from '../../../timeline/recording.ts';
import type { ExperimentState } from './experiment.ts';
import { areOthers, type HistoryState } from './history.ts';
import { type Happening, none, type StateOf } from './slice.ts';
import { restartIn, type WorkerState } from './worker.ts';

export const timelineSlice = {
  visit: {
    /** The recorded run that ships with the page, once it is read. */
    recording: none<Recording>(),
    /** Of playing: at 1 the whole timeline takes eight seconds. */
    speed: 1,
  },
  fresh: () => ({
    /** True while the plots show the recording instead of the live runs. */
    showsRecording: false,
    /** The step that the timeline stands at; undefined for the newest. */
    at: none<number>(),
    isPlaying: false,
  }),
};

export type TimelineState = StateOf<typeof timelineSlice>;

export function timelineAfter(
  state: TimelineState & ExperimentState & HistoryState & WorkerState,
  happening: Happening,
): Partial<TimelineState> {
  switch (happening.type) {
    case 'probe':
      return areOthers(state, happening) ? { at: undefined } : {};
    case 'state': {
      const restart = restartIn(state, happening);
      if (restart === undefined || state.at === undefined) return {};
      return restart > 0 && state.at <= restart ? {} : { at: undefined };
    }
    case 'progress':
      // The first live step ends the recording.
      return state.showsRecording ? { showsRecording: false, at: undefined, isPlaying: false } : {};
    default:
      return {};
  }
}
