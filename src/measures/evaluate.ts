/**
 * Every measure of one run's features, by name: what the command line prints and what the page shows
 * beside its panels. All are over the classes that training saw, but for those that name the unseen ones.
 */

import { computed, MeasureContext, type Measured, type NamedMeasures } from './measure.ts';
import { MEASURES } from './measures.ts';

/**
 * @returns every measure that can be computed from what is known of the run; NaN for one that is not defined
 *   on its features
 * @throws RangeError where a feature is not a number
 */
export function evaluate(run: Measured): NamedMeasures {
  return computed(MEASURES, new MeasureContext(run));
}
