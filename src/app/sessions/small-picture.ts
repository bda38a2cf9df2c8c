/** A few of the features of a frame: enough to know a training by. */

import { interpolate } from '../../timeline/quantise.ts';
import type { Frame } from '../../timeline/timeline.ts';
import type { SmallPicture } from '../state/store.ts';

const MOST_POINTS = 400;

/**
 * Every few samples of the frame's first run, of many dimensions the first two, as evenly spread as they come.
 *
 * @param labels of all samples
 */
export function smallPicture(frame: Frame | undefined, labels: Uint8Array): SmallPicture | undefined {
  const run = frame?.runs.find((each) => each !== undefined);
  if (run === undefined || labels.length === 0 || run.predictions.length !== labels.length) return undefined;
  const dim = run.points.values.length / labels.length;
  const all = interpolate(run.points, run.points, 0);
  const count = Math.min(MOST_POINTS, labels.length);
  const rows = Array.from({ length: count }, (_, i) => Math.floor((i * labels.length) / count));
  return {
    points: Float32Array.from(
      rows.flatMap((row) => [all[dim * row] as number, all[dim * row + 1] as number]),
    ),
    labels: Uint8Array.from(rows, (row) => labels[row] as number),
    classes: run.means.length / dim,
  };
}
