/** What can go wrong with a run while it learns: divergence and collapse. What a state shows by itself: checkpoint.ts. */

import { isPlace } from '../../measures/places.ts';
import { FAILURES } from '../checkpoint.ts';
import type { LossTerms } from './run.ts';

/** Features that differ by less are one point: untrained ones differ by two and more, and no margin is below half a unit. */
const SMALLEST_SPREAD = 0.1;

/**
 * What has gone wrong, as a clause, or undefined.
 *
 * @param terms of the last batch, where there was one
 * @param features of a few images, [count × dim]
 */
export function faultOf(
  terms: LossTerms | undefined,
  features: ArrayLike<number>,
  dim: number,
): string | undefined {
  if (terms !== undefined && !Number.isFinite(terms.total)) return 'its loss is no longer a number';
  const values = Array.from(features);
  if (!values.every(Number.isFinite)) return 'its features are no longer numbers';
  if (!values.every(isPlace)) return FAILURES.runaway;
  if (values.length > dim && spread(values, dim) < SMALLEST_SPREAD) return FAILURES.collapse;
  return undefined;
}

/** The largest extent over all coordinates. */
function spread(features: readonly number[], dim: number): number {
  let largest = 0;
  for (let axis = 0; axis < dim; axis++) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = axis; i < features.length; i += dim) {
      const value = features[i] as number;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    largest = Math.max(largest, high - low);
  }
  return largest;
}
