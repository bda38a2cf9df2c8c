/** Moving through time: which step the page shows, of the live runs or of the recording. */

import type { PrincipalAxes } from '../../plots/projection.ts';
import type { Recording } from '../../timeline/recording.ts';
import type { Moment } from '../../timeline/timeline.ts';
import { createAxesOf } from './axes.ts';
import { createMomentOf, neighbouringStep, recordingShown, stepShown, stepsShown } from './selectors.ts';
import type { Store } from './store.ts';

export interface TimeControls {
  /** What a run's plot shows now. The identical object while nothing of it changes. */
  moment(run: number): Moment | undefined;
  /** Of features of more than two dimensions, those by which the run's plot goes. The identical object while they stay. */
  axes(run: number): PrincipalAxes | undefined;
  /** The timeline goes to a step; at the newest live one it goes live. */
  goTo(step: number): void;
  /** The timeline goes a frame back (−1) or forward (1). */
  goBy(direction: -1 | 1): void;
  /** The plots show the runs as they are now. */
  goLive(): void;
  /** The plots show the recording, at its end. */
  goToRecording(): void;
  /** From the end it plays from the beginning. */
  setPlaying(isPlaying: boolean): void;
  /** A recorded run was read: it is shown, and plays once, where nothing has been trained yet. */
  takeRecording(recording: Recording): void;
}

export interface TimeOptions {
  /** The reader prefers pictures that do not move by themselves. */
  readonly prefersStill: boolean;
}

export function createTimeControls(store: Store, { prefersStill }: TimeOptions): TimeControls {
  const momentOf = createMomentOf();
  const axesOf = createAxesOf();

  function goTo(step: number): void {
    const state = store.getState();
    const [first, last] = stepsShown(state);
    const isNewest = step >= last && recordingShown(state) === undefined;
    store.setState({ at: isNewest ? undefined : Math.max(first, Math.min(last, step)), isPlaying: false });
  }

  return {
    moment: (run) => momentOf(store.getState(), run),
    axes: (run) => axesOf(store.getState(), run),
    goTo,
    goBy: (direction) => goTo(neighbouringStep(store.getState(), direction)),
    goLive: () =>
      store.setState({ at: undefined, isPlaying: false, showsRecording: false, highlight: undefined }),
    goToRecording: () => store.setState({ showsRecording: true, at: undefined, highlight: undefined }),
    setPlaying(isPlaying) {
      const state = store.getState();
      const [first, last] = stepsShown(state);
      const step = stepShown(state);
      if (!isPlaying) store.setState({ isPlaying });
      else if (last > first) store.setState({ isPlaying, at: step >= last ? first : step });
    },
    takeRecording(recording) {
      const { progress, frames } = store.getState();
      const isUntouched = (progress?.step ?? 0) === 0 && frames.length <= 1;
      store.setState({ recording, showsRecording: isUntouched });
      if (isUntouched && !prefersStill) store.setState({ isPlaying: true, at: recording.frames[0]?.step });
    },
  };
}
