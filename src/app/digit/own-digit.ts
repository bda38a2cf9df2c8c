/** What each run makes of a drawing. */

import type { DecisionRule } from '../../losses/term.ts';
import { largestScore, linearScores } from '../../measures/decision.ts';
import { distanceBetween } from '../../measures/euclidean.ts';
import { nearestTo } from '../../measures/neighbours.ts';
import type { Metric } from '../../measures/pairs.ts';
import { nearestRival } from '../panel/pinned-sample.ts';

const DIM = 2;
const NEIGHBOURS = 5;

/** How a run decides. */
export interface Decision {
  readonly rule: DecisionRule;
  readonly agents: Float32Array | undefined;
  readonly centres: Float32Array;
}

export interface DrawingInRun {
  /** Its features, [2]. */
  readonly place: Float32Array;
  readonly predicted: number;
  /** To the centre of that class, NaN for none, and to the nearest other one. */
  readonly distance: number;
  readonly rival: number;
  readonly rivalDistance: number;
  /** Rows of the samples shown, the nearest first. */
  readonly neighbours: readonly number[];
}

/**
 * @param place its features, [2]
 * @param features of the samples shown, [count × 2]
 */
export function drawingInRun(
  place: Float32Array,
  { rule, agents, centres }: Decision,
  features: Float32Array,
): DrawingInRun {
  const predicted = takenFor(place, { rule, agents, centres });
  const distances = Array.from({ length: centres.length / DIM }, (_, j) =>
    distanceBetween(place, 0, centres, j, DIM),
  );
  const rival = nearestRival(distances, predicted);
  return {
    place,
    predicted,
    distance: distances[predicted] ?? Number.NaN,
    rival,
    rivalDistance: distances[rival] ?? Number.NaN,
    neighbours: nearestTo(features, place, { count: NEIGHBOURS }),
  };
}

/** The class that a run takes a place for; −1 where its agents are not known. */
export function takenFor(place: Float32Array, { rule, agents, centres }: Decision): number {
  const scores = linearScores(rule, { agents, centres, dim: DIM });
  return scores === undefined ? -1 : largestScore(scores, place);
}

/** How far two drawings are apart, as pairs are compared. */
export function distanceOfDrawings(a: Float32Array, b: Float32Array, metric: Metric): number {
  if (metric === 'euclidean') return distanceBetween(a, 0, b, 0, DIM);
  const norm = Math.hypot(...a) * Math.hypot(...b);
  return norm > 0
    ? 1 - ((a[0] as number) * (b[0] as number) + (a[1] as number) * (b[1] as number)) / norm
    : 1;
}
