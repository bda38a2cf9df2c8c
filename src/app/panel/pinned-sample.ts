/** What each run makes of a sample: for the card of those that are pinned. */

import { distanceBetween } from '../../measures/euclidean.ts';
import { nearestNeighbours } from '../../measures/neighbours.ts';
import { dimIn, type Frame, type Moment } from '../../timeline/timeline.ts';

const NEIGHBOURS = 5;

export interface SampleInRun {
  readonly predicted: number;
  /** To the learned centre of its own class; NaN where that has none. */
  readonly ownDistance: number;
  /** The other class whose centre is nearest, −1 for none, and how far that is. */
  readonly rival: number;
  readonly rivalDistance: number;
  /** Rows, the nearest first. */
  readonly neighbours: readonly number[];
}

export function sampleInRun(moment: Moment, row: number, label: number): SampleInRun {
  const { features, centres, predictions } = moment;
  const dim = dimIn(moment);
  const distances = Array.from({ length: centres.length / dim }, (_, j) =>
    distanceBetween(features, row, centres, j, dim),
  );
  const rival = nearestRival(distances, label);
  return {
    predicted: predictions[row] ?? -1,
    ownDistance: distances[label] ?? Number.NaN,
    rival,
    rivalDistance: distances[rival] ?? Number.NaN,
    neighbours: nearestNeighbours(features, { row, count: NEIGHBOURS, dim }),
  };
}

/** The class of the smallest distance but `label`; −1 where no other one has a centre. */
export function nearestRival(distances: readonly number[], label: number): number {
  return distances.reduce((best, distance, j) => {
    // Classes that are held out have no centre.
    const isNearer =
      Number.isFinite(distance) && !(distance >= (distances[best] ?? Number.POSITIVE_INFINITY));
    return j !== label && isNearer ? j : best;
  }, -1);
}

/** The step of the frame from which on a sample was predicted as it is at `step`; undefined where it always was. */
export function predictedSince(
  frames: readonly Frame[],
  { position, row, step }: { readonly position: number; readonly row: number; readonly step: number },
): number | undefined {
  let since: number | undefined;
  let last: number | undefined;
  for (const frame of frames) {
    const predicted = frame.runs[position]?.predictions[row];
    if (frame.step > step) break;
    if (predicted === undefined) continue;
    if (last !== undefined && predicted !== last) since = frame.step;
    last = predicted;
  }
  return since;
}
