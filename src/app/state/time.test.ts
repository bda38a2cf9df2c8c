/** Moving through time: what each control sets in the page's state. */

import { describe, expect, it } from 'vitest';
import { frameAt, labAt, pageWith, progressAt, recordingAt, snapshotAt, twoRuns } from './in-tests.ts';
import { createPageStore, type PageState } from './store.ts';
import { createTimeControls } from './time.ts';

/** Frames at 10, 20 and 30; live at step 30. */
function opened(part: Partial<PageState> = {}, prefersStill = false) {
  const store = createPageStore(twoRuns());
  store.setState({
    ...pageWith(),
    frames: [10, 20, 30].map((step) => frameAt(step)),
    snapshot: snapshotAt(30),
    lab: labAt(30),
    progress: progressAt(30),
    ...part,
  });
  return { time: createTimeControls(store, { prefersStill }), state: store.getState };
}

describe('the timeline', () => {
  it('goes to a step and stops playing, never beyond its ends', () => {
    const { time, state } = opened({ isPlaying: true });
    time.goTo(17);
    expect(state()).toMatchObject({ at: 17, isPlaying: false });
    time.goTo(-5);
    expect(state().at).toBe(10);
  });

  it('goes live at its newest step, but not in the recording', () => {
    const { time, state } = opened({ at: 15 });
    time.goTo(30);
    expect(state().at).toBeUndefined();
    const recorded = opened({ recording: recordingAt(0, 100), showsRecording: true });
    recorded.time.goTo(300);
    expect(recorded.state().at).toBe(100);
  });

  it('goes frame by frame', () => {
    const { time, state } = opened({ at: 15 });
    time.goBy(-1);
    expect(state().at).toBe(10);
    time.goBy(1);
    expect(state().at).toBe(20);
    time.goBy(1);
    expect(state().at).toBeUndefined();
  });

  it('plays from where it stands, and from the beginning at its end', () => {
    const { time, state } = opened({ at: 15 });
    time.setPlaying(true);
    expect(state()).toMatchObject({ isPlaying: true, at: 15 });
    time.setPlaying(false);
    expect(state()).toMatchObject({ isPlaying: false, at: 15 });
    time.goLive();
    time.setPlaying(true);
    expect(state()).toMatchObject({ isPlaying: true, at: 10 });
  });

  it('does not play a single frame', () => {
    const { time, state } = opened({ frames: [frameAt(10)], snapshot: snapshotAt(10) });
    time.setPlaying(true);
    expect(state()).toMatchObject({ isPlaying: false, at: undefined });
  });

  it('shows the recording at its end, and the live runs again', () => {
    const { time, state } = opened({ at: 15, recording: recordingAt(0, 100) });
    time.goToRecording();
    expect(state()).toMatchObject({ showsRecording: true, at: undefined });
    time.goTo(40);
    time.goLive();
    expect(state()).toMatchObject({ showsRecording: false, at: undefined, isPlaying: false });
  });
});

describe('a recording that has arrived', () => {
  const untouched = { frames: [frameAt(0)], snapshot: snapshotAt(0), progress: undefined };
  const recording = recordingAt(3, 100);

  it('is shown and plays where nothing has been trained', () => {
    const { time, state } = opened(untouched);
    time.takeRecording(recording);
    expect(state()).toMatchObject({ recording, showsRecording: true, isPlaying: true, at: 3 });
  });

  it('stands still, at its end, for a reader who prefers that', () => {
    const { time, state } = opened(untouched, true);
    time.takeRecording(recording);
    expect(state()).toMatchObject({ showsRecording: true, isPlaying: false, at: undefined });
  });

  it.each([
    ['has been trained', { ...untouched, progress: progressAt(1) }],
    ['has a past', { ...untouched, frames: [frameAt(0), frameAt(1)] }],
  ])('is only kept where the experiment %s', (_, part) => {
    const { time, state } = opened(part);
    time.takeRecording(recording);
    expect(state()).toMatchObject({ recording, showsRecording: false, isPlaying: false, at: undefined });
  });
});
