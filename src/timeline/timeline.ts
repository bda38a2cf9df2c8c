/**
 * Every run's frames over time, within a budget of bytes. Over it, the frame goes whose neighbours are
 * closest together in steps, so that what is left stays evenly spread; the first and the newest stay.
 */

import { interpolate, type Quantised } from './quantise.ts';

export interface FrameRun {
  /** [count × dim]. */
  readonly points: Quantised;
  /** Learned centres and class means, [classes × dim] each. */
  readonly centres: Float32Array;
  readonly means: Float32Array;
  /** W, [dim × classes]: a column an agent. Frames from before agents were kept have none. */
  readonly agents?: Float32Array | undefined;
  /** Predicted class a sample, [count]. */
  readonly predictions: Uint8Array;
  readonly measures: Readonly<Record<string, number>>;
}

export interface Frame {
  readonly step: number;
  /** By the run's position; undefined where a run was not there yet. */
  readonly runs: readonly (FrameRun | undefined)[];
}

/** What is shown of a run at a step: between two frames the points are interpolated. */
export interface Moment extends Omit<FrameRun, 'points'> {
  /** [count × dim]. */
  readonly features: Float32Array;
}

/** Width of the features of a moment. */
export function dimIn({ features, predictions }: Pick<Moment, 'features' | 'predictions'>): number {
  return predictions.length === 0 ? 0 : features.length / predictions.length;
}

/** 48 MB: about a thousand frames of four runs with 2,000 points. */
export const TIMELINE_BUDGET = 48 * 2 ** 20;

/** The frames with a new one at the end, thinned to the budget. One at or before the last step replaces what follows. */
export function withFrame(
  frames: readonly Frame[],
  frame: Frame,
  budget = TIMELINE_BUDGET,
): readonly Frame[] {
  return thinned([...frames.filter(({ step }) => step < frame.step), frame], budget, bytesOf);
}

/** As many of the frames, or of what stands for them, as fit into the budget. */
export function thinned<T extends { readonly step: number }>(
  frames: readonly T[],
  budget: number,
  sizeOf: (frame: T) => number,
): readonly T[] {
  const kept = [...frames];
  let bytes = kept.reduce((sum, each) => sum + sizeOf(each), 0);
  while (bytes > budget && kept.length > 2) {
    const [dropped] = kept.splice(leastMissed(kept), 1);
    bytes -= dropped === undefined ? 0 : sizeOf(dropped);
  }
  return kept;
}

/** The frames without the run at that position. */
export function withoutRun(frames: readonly Frame[], run: number): readonly Frame[] {
  return frames.map(({ step, runs }) => ({ step, runs: runs.filter((_, index) => index !== run) }));
}

/** Index of the frame at or before a step; −1 where none is. */
export function frameBefore(frames: readonly Frame[], step: number): number {
  let low = 0;
  let high = frames.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((frames[middle]?.step ?? Number.POSITIVE_INFINITY) <= step) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The frames round a step, and how far it is from the first to the second, 0 to 1. */
export interface Neighbours {
  readonly before: Frame | undefined;
  readonly after: Frame | undefined;
  readonly t: number;
}

export function neighbours(frames: readonly Frame[], step: number): Neighbours {
  const index = Math.max(0, frameBefore(frames, step));
  const before = frames[index];
  const after = frames[index + 1];
  const span = (after?.step ?? 0) - (before?.step ?? 0);
  const t = before === undefined || span <= 0 ? 0 : Math.max(0, Math.min(1, (step - before.step) / span));
  return { before, after, t };
}

/**
 * A run between two of its frames. Places move; predictions and measures are the first frame's.
 *
 * @param target takes the features where its length is right
 */
export function momentBetween(from: FrameRun, to: FrameRun, t: number, target?: Float32Array): Moment {
  const { points, centres, means, agents, ...rest } = from;
  return {
    ...rest,
    features: interpolate(points, to.points, t, target),
    centres: mixed(centres, to.centres, t),
    means: mixed(means, to.means, t),
    agents: agents && mixed(agents, to.agents ?? agents, t),
  };
}

function mixed(from: Float32Array, to: Float32Array, t: number): Float32Array {
  return from.map((value, i) => value + ((to[i] as number) - value) * t);
}

/** About what a frame takes in memory. */
export function bytesOf({ runs }: Frame): number {
  return runs.reduce(
    (sum, run) =>
      sum + (run === undefined ? 0 : run.points.values.byteLength + run.predictions.byteLength + 512),
    64,
  );
}

/** The inner frame whose neighbours are closest together. */
function leastMissed(frames: readonly { readonly step: number }[]): number {
  let least = 1;
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < frames.length - 1; i++) {
    const gap = (frames[i + 1]?.step ?? 0) - (frames[i - 1]?.step ?? 0);
    if (gap < smallest) {
      smallest = gap;
      least = i;
    }
  }
  return least;
}
