/** The measures of what is shown, and what of them the reader looks into. */

import type { Evaluation } from '../../../measures/evaluation.ts';
import type { Metric } from '../../../measures/pairs.ts';
import type { Moment } from '../../../timeline/timeline.ts';
import { empty, type Happening, none, type StateOf, withoutEntry } from './slice.ts';

export const measuresSlice = {
  visit: {
    /** True while the measures are on the screen: only then are they computed. */
    measuresInView: false,
    /** How pairs are compared. */
    metric: 'euclidean' as Metric,
  },
  fresh: () => ({
    /** By the run's position, of what was shown a moment ago. */
    evaluations: empty<Evaluation | undefined>(),
    /** What was evaluated: where it is no longer what is shown, its numbers are those of a moment ago. */
    evaluated: empty<Moment | undefined>(),
    /** A sentence, where they can't be computed; without it, they are. */
    measuresProblem: none<string>(),
    /** The distance up to which a pair is accepted; undefined for that of the equal error. */
    threshold: none<number>(),
    /** True while the reader moves the threshold: pairs that it decides wrongly are joined in the plots. */
    showsWrongPairs: false,
    /** A cell of the confusion matrix: its samples stand out. */
    confused: none<{ readonly label: number; readonly predicted: number }>(),
  }),
};

export type MeasuresState = StateOf<typeof measuresSlice>;

export function measuresAfter(
  { evaluations, evaluated }: MeasuresState,
  happening: Happening,
): Partial<MeasuresState> {
  if (happening.type !== 'removeRun') return {};
  return {
    evaluations: withoutEntry(evaluations, happening.run),
    evaluated: withoutEntry(evaluated, happening.run),
  };
}
