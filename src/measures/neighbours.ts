/** The samples nearest to a sample. */

import { distanceBetween } from './euclidean.ts';

/**
 * Rows of the `count` samples nearest to that of `row`, the nearest first, itself left out; of equals the first.
 *
 * @param features [samples × dim]
 */
export function nearestNeighbours(
  features: Float32Array,
  { row, count, dim }: { readonly row: number; readonly count: number; readonly dim: number },
): readonly number[] {
  return nearestTo(features, features.subarray(row * dim, (row + 1) * dim), { count, leftOut: row });
}

/** The same for a place, [dim], that need be no sample's. */
export function nearestTo(
  features: Float32Array,
  place: Float32Array,
  { count, leftOut = -1 }: { readonly count: number; readonly leftOut?: number },
): readonly number[] {
  const dim = place.length;
  const nearest: { readonly row: number; readonly distance: number }[] = [];
  for (let row = 0; row < features.length / dim; row++) {
    const distance = distanceBetween(place, 0, features, row, dim);
    const last = nearest[count - 1]?.distance ?? Number.POSITIVE_INFINITY;
    // Also false for NaN.
    if (row === leftOut || !(distance < last)) continue;
    const at = nearest.findIndex((each) => each.distance > distance);
    nearest.splice(at < 0 ? nearest.length : at, 0, { row, distance });
    nearest.length = Math.min(nearest.length, count);
  }
  return nearest.map(({ row }) => row);
}
