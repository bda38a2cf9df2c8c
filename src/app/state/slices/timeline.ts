/** Where the page stands in time: at which step, of the live runs or of the recording. */

import type { Recording } from '../../../timeline/recording.ts';
import { recordedPosition } from '../recorded.ts';
import type { ExperimentState } from './experiment.ts';
import { areOthers, type HistoryState } from './history.ts';
import { empty, type Happening, none, type StateOf, withoutEntry } from './slice.ts';
import { restartIn, type WorkerState } from './worker.ts';

/** What can be set live: the objective of a run, by its position, or the learning rate of all. */
export type Control = number | 'learningRate';

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
    /** What was set while the timeline stood there: these controls show what is set, no longer the past. */
    touched: none<{ readonly at: number; readonly controls: readonly Control[] }>(),
    /** Positions in the recording of what the panels show of it, where a run is set to what was not recorded. */
    recorded: empty<number | undefined>(),
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
    case 'setObjective':
      return {
        ...touchedAfter(state, happening.run),
        recorded: state.experiment.runs.map((_, run) =>
          run === happening.run ? recordedPosition(state, run) : state.recorded[run],
        ),
      };
    case 'setLearningRate':
      return touchedAfter(state, 'learningRate');
    case 'removeRun':
      return {
        recorded: withoutEntry(state.recorded, happening.run),
        touched: undefined,
      };
    default:
      return {};
  }
}

/** In the past playing stops: what is set there stays in sight. */
function touchedAfter(
  { at, showsRecording, touched }: TimelineState,
  control: Control,
): Partial<TimelineState> {
  if (at === undefined || showsRecording) return {};
  const others = touched?.at === at ? touched.controls.filter((other) => other !== control) : [];
  return { touched: { at, controls: [...others, control] }, isPlaying: false };
}
