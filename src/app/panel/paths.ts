/** The paths of pinned samples over the frames of a timeline. */

import type { Path } from '../../plots/marks/paths.ts';
import { toUnitCircle } from '../../plots/unit-circle.ts';
import { type Frame, frameBefore } from '../../timeline/timeline.ts';

/** A path has about so many places at most: more are closer together than a pixel. */
const MOST_MOMENTS = 160;

export interface PathsInputs {
  readonly frames: readonly Frame[];
  /** Position of the run in the frames. */
  readonly position: number;
  /** Rows of the pinned samples; −1 for one that is not shown. */
  readonly rows: readonly number[];
  readonly labels: Uint8Array;
  /** The step shown: what comes later is not drawn. */
  readonly step: number;
  /** Where the samples are at that step, as drawn, [count × 2]: paths end there. */
  readonly points: Float32Array;
  readonly isUnitCircle: boolean;
  /** Width of the features. */
  readonly dim: number;
  /** Where features are drawn, [count × dim] to [count × 2]. */
  readonly toPlane: (places: Float32Array) => Float32Array;
}

/** A path for each row that is shown. */
export function pathsOf({ rows, labels, points, ...inputs }: PathsInputs): readonly Path[] {
  return rows.flatMap((row) => {
    const label = labels[row];
    if (label === undefined) return [];
    const { places, predictions } = past(inputs, row);
    places.push(points[2 * row] as number, points[2 * row + 1] as number);
    const changes = predictions.flatMap((to, moment) =>
      moment > 0 && to !== predictions[moment - 1] ? [{ moment, to }] : [],
    );
    return [{ label, places: Float32Array.from(places), changes }];
  });
}

type PastInputs = Pick<PathsInputs, 'frames' | 'position' | 'step' | 'isUnitCircle' | 'dim' | 'toPlane'>;

/** Places and predictions of a sample at the frames up to the step. */
function past({ frames, position, step, isUnitCircle, dim, toPlane }: PastInputs, row: number) {
  const places: number[] = [];
  const predictions: number[] = [];
  const last = frameBefore(frames, step);
  const stride = Math.max(1, Math.ceil((last + 1) / MOST_MOMENTS));
  for (const [index, frame] of frames.entries()) {
    if (index > last) break;
    const run = frame.runs[position];
    if (run === undefined) continue;
    const predicted = run.predictions[row] as number;
    // A moment at which the prediction changed is never left out.
    if (index % stride !== 0 && predicted === predictions.at(-1)) continue;
    const { low, level, values } = run.points;
    for (let k = 0; k < dim; k++) places.push(low + (values[dim * row + k] as number) * level);
    predictions.push(predicted);
  }
  const drawn = toPlane(Float32Array.from(places));
  return { places: Array.from(isUnitCircle ? toUnitCircle(drawn) : drawn), predictions };
}
