/** How much an equal error rate owes to the draw of its pairs: the same features, verified with other draws. */

import { type LabelledFeatures, ofClasses } from '../src/measures/classes.ts';
import { drawPairs, type Metric, scorePairs } from '../src/measures/pairs.ts';
import { PAIR_SEED, PAIRS, verify } from '../src/measures/verification.ts';

/** Equal error rates of one draw. */
export interface PairDraw {
  readonly seed: number;
  readonly euclideanEER: number;
  readonly cosineEER: number;
}

/**
 * Pairs among the classes that training never saw, where there are such, else among all; the first draw is that of the
 * measures.
 *
 * @param count draws, with the seeds PAIR_SEED, PAIR_SEED + 1, …
 */
export function pairDraws(
  test: LabelledFeatures,
  heldOut: readonly number[],
  count: number,
): readonly PairDraw[] {
  const labelled = heldOut.length === 0 ? test : ofClasses(test, (label) => heldOut.includes(label));
  return Array.from({ length: count }, (_, index) => {
    const seed = PAIR_SEED + index;
    const pairs = drawPairs(labelled.labels, { count: PAIRS, seed, mayBeAll: true });
    const error = (metric: Metric) => verify(scorePairs(labelled, pairs, metric)).eer;
    return { seed, euclideanEER: error('euclidean'), cosineEER: error('cosine') };
  });
}
