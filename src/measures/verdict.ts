/** What a few paired runs say of a claim, in one word. */

import { type Interval, intervalOf } from './interval.ts';

export type Verdict = 'holds' | 'fails' | 'undecided';

export interface Judgement extends Interval {
  readonly verdict: Verdict;
  readonly pairs: number;
}

/**
 * Holds where the mean difference is above zero by its 95 % interval, fails where it is below, and neither where it is not told
 * from zero, or where leaving one pair out would make it so: a verdict must not hang on one run.
 *
 * @param differences of two runs of each pair, in the direction that is claimed
 * @returns undefined for fewer than three pairs: two are left then of which nothing can be said
 */
export function judged(differences: readonly number[]): Judgement | undefined {
  const interval = intervalOf(differences);
  if (interval === undefined || differences.length < 3 || !differences.every(Number.isFinite))
    return undefined;
  const parts = [
    differences,
    ...differences.map((_, left) => differences.filter((_, pair) => pair !== left)),
  ].map(intervalOf);
  const all = (isSo: (part: Interval) => boolean) => parts.every((part) => part !== undefined && isSo(part));
  const verdict = all(({ low }) => low > 0) ? 'holds' : all(({ high }) => high < 0) ? 'fails' : 'undecided';
  return { ...interval, verdict, pairs: differences.length };
}
