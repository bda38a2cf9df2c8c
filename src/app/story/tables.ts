/** The small tables of the guide: numbers that are computed from what its chapters show, a column a run. */

import { MeasureContext } from '../../measures/measure.ts';
import { measureNamed } from '../../measures/measures.ts';
import type { Metric } from '../../measures/pairs.ts';
import { PAGE_PAIRS, PAIR_SEED, verificationName } from '../../measures/verification.ts';
import type { Shown } from './shown.ts';

export interface TableLine {
  readonly name: string;
  /** A run each. */
  readonly values: readonly string[];
}

const DIM = 2;
/** Of pairs: an evaluation of three runs takes a blink. */
const contexts = new WeakMap<Shown, readonly MeasureContext[]>();

function contextsOf(shown: Shown): readonly MeasureContext[] {
  const known = contexts.get(shown);
  if (known !== undefined) return known;
  const { moments, labels, heldOut } = shown;
  const made = moments.map(
    ({ features, centres, predictions }) =>
      new MeasureContext({
        ...{ features, labels, dim: DIM, classes: centres.length / DIM, centres, predictions, heldOut },
        pairs: { count: PAGE_PAIRS, seed: PAIR_SEED },
      }),
  );
  contexts.set(shown, made);
  return made;
}

/** A measure of every run. */
export function measured(shown: Shown, name: string, digits: number): readonly string[] {
  const { compute } = measureNamed(name);
  return contextsOf(shown).map((context) => (compute(context) ?? Number.NaN).toFixed(digits));
}

/** Equal error rates of every run, of pairs of seen digits or of unseen ones. */
export function errorRates(shown: Shown, metric: Metric, part: '' | 'unseen' = ''): readonly string[] {
  return measured(shown, verificationName(metric, 'EER', part), 3);
}
