/** Runs compared over seeds: what is equal in a pair (weights, batches) cancels in its difference. */

import { intervalOf } from './interval.ts';

/**
 * The run that is better than every other by the 95 % interval of its paired differences; undefined where there is none.
 *
 * @param values a list a run, a number a seed, the seeds in the same order
 */
export function clearlyBest(
  values: readonly (readonly number[])[],
  better: 'higher' | 'lower',
): number | undefined {
  const sign = better === 'higher' ? 1 : -1;
  const beats = (own: readonly number[], other: readonly number[]) => {
    const differences = own.map((value, seed) => sign * (value - (other[seed] ?? Number.NaN)));
    if (!differences.every(Number.isFinite)) return false;
    return (intervalOf(differences)?.low ?? 0) > 0;
  };
  const best = values.findIndex((own, run) =>
    values.every((other, index) => index === run || beats(own, other)),
  );
  return best < 0 || values.length < 2 ? undefined : best;
}
