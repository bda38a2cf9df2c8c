/** Playback: moves the timeline a little with every painted frame, outside React. */

import { type Frame, frameBefore } from '../../timeline/timeline.ts';
import type { Commands } from './commands.ts';
import { framesShown, recordingShown, stepShown } from './selectors.ts';

/** The whole timeline at speed 1. */
const DURATION_MS = 8000;

/** Plays whenever the store says so; returns the function that ends it. */
export function attachPlayer(commands: Commands): () => void {
  let request = 0;
  let last = 0;
  const advance = (now: number) => {
    const state = commands.store.getState();
    if (!state.isPlaying) {
      request = 0;
      return;
    }
    const frames = framesShown(state);
    // Frames are denser where pictures form: playing gives each the same time.
    const share = ((now - last) / DURATION_MS) * state.speed;
    const position = positionOf(frames, stepShown(state)) + share * (frames.length - 1);
    last = now;
    if (position < frames.length - 1) commands.show({ at: stepAt(frames, position) });
    else if (recordingShown(state) === undefined) commands.goLive();
    else commands.show({ at: undefined, isPlaying: false });
    request = requestAnimationFrame(advance);
  };
  const unsubscribe = commands.store.subscribe(({ isPlaying }) => {
    if (!isPlaying || request !== 0) return;
    last = performance.now();
    request = requestAnimationFrame(advance);
  });
  return () => {
    cancelAnimationFrame(request);
    unsubscribe();
  };
}

/** A step's place among the frames, with fraction. */
function positionOf(frames: readonly Frame[], step: number): number {
  const index = Math.max(0, frameBefore(frames, step));
  const from = frames[index]?.step ?? 0;
  const span = (frames[index + 1]?.step ?? from) - from;
  return index + (span > 0 ? (step - from) / span : 0);
}

function stepAt(frames: readonly Frame[], position: number): number {
  const index = Math.floor(position);
  const from = frames[index]?.step ?? 0;
  const to = frames[index + 1]?.step ?? from;
  return from + (to - from) * (position - index);
}
