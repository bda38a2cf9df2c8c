/** The measures of what is shown, and what of them the reader looks into. */

import type { Evaluation } from '../../../measures/evaluation.ts';
import type { Metric } from '../../../measures/pairs.ts';
import type { PairsOf } from '../../../measures/verification.ts';
import type { CurvePoint } from '../../../timeline/history.ts';
import type { Moment } from '../../../timeline/timeline.ts';
import { isChange } from '../../../training/link/protocol.ts';
import { empty, type Happening, none, type StateOf, withoutEntry } from './slice.ts';

/** One seed's runs at their end. */
export interface SeedRuns {
  readonly seed: number;
  readonly runs: readonly {
    /** Measures by name. */
    readonly values: Readonly<Record<string, number>>;
    readonly curve: readonly CurvePoint[];
  }[];
}

/** The shown experiment with several seeds. */
export interface Repeats {
  /** No two repeats have the same. */
  readonly id: object;
  /** The step to which each is trained. */
  readonly goal: number;
  readonly seeds: readonly number[];
  /** How far each is. */
  readonly steps: readonly number[];
  /** In rising order of seed. */
  readonly done: readonly SeedRuns[];
  /** A sentence, where a seed came to no end. */
  readonly problem: string | undefined;
}

export const measuresSlice = {
  visit: {
    /** True while the measures are on the screen: only then are they computed. */
    measuresInView: false,
    /** How pairs are compared. */
    metric: 'euclidean' as Metric,
    /** From where angles are seen. */
    cosineAbout: 'origin' as 'origin' | 'mean',
  },
  fresh: () => ({
    /** Which pairs are looked at, as the reader chose. */
    pairsChosen: none<PairsOf>(),
    /** What the bare images of the samples shown say of the same pairs; undefined where that is not known. */
    rawPixels: none<Evaluation>(),
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
    /** What further seeds made of it; undefined where none were asked, or the runs have become others since. */
    repeats: none<Repeats>(),
    /** A cell of the confusion matrix: its samples stand out. */
    confused: none<{ readonly label: number; readonly predicted: number }>(),
  }),
};

export type MeasuresState = StateOf<typeof measuresSlice>;

export function measuresAfter(
  { evaluations, evaluated }: MeasuresState,
  happening: Happening,
): Partial<MeasuresState> {
  if (!isChange(happening)) return {};
  if (happening.type !== 'removeRun') return { repeats: undefined };
  return {
    repeats: undefined,
    evaluations: withoutEntry(evaluations, happening.run),
    evaluated: withoutEntry(evaluated, happening.run),
  };
}
