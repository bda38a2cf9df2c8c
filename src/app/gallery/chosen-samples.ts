/** What was chosen, as a list of samples: how wrong each is, and what every run takes it for. */

import type { DecisionRule } from '../../losses/term.ts';
import { linearScores } from '../../measures/decision.ts';
import type { Moment } from '../../timeline/timeline.ts';

/**
 * How much more a run is for the best other class than for a sample's own, by what it decides by: above 0 is wrong. NaN
 * where the rule's agents are not known.
 *
 * @param rows of samples
 * @param labels of all samples, [count]
 */
export function wrongnessOf(
  { features, agents, centres }: Pick<Moment, 'features' | 'agents' | 'centres'>,
  rule: DecisionRule,
  rows: readonly number[],
  labels: Uint8Array,
): readonly number[] {
  const dim = features.length / labels.length;
  const scores = linearScores(rule, { agents, centres, dim });
  if (scores === undefined) return rows.map(() => Number.NaN);
  const { directions, offsets } = scores;
  return rows.map((row) => {
    const label = labels[row] as number;
    const scoreOf = (j: number) => {
      let score = offsets[j] as number;
      for (let k = 0; k < dim; k++)
        score += (directions[dim * j + k] as number) * (features[dim * row + k] as number);
      return score;
    };
    let other = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < offsets.length; j++) if (j !== label && scoreOf(j) > other) other = scoreOf(j);
    const own = scoreOf(label);
    // Of a class that is held out no one can be right.
    return Number.isNaN(own) ? Number.POSITIVE_INFINITY : other - own;
  });
}

/** Rows in order of how wrong they are, the worst first; of equals, and where that is not known, as they came. */
export function worstFirst(rows: readonly number[], wrongness: readonly number[]): readonly number[] {
  return rows
    .map((row, i) => ({ row, wrong: wrongness[i] ?? Number.NaN }))
    .sort((a, b) => (a.wrong === b.wrong || Number.isNaN(a.wrong + b.wrong) ? 0 : b.wrong - a.wrong))
    .map(({ row }) => row);
}

/** Which of the chosen samples are shown. */
export type Filter =
  | { readonly kind: 'all' }
  | { readonly kind: 'wrong in any' }
  /** By position of the run. */
  | { readonly kind: 'wrong in one'; readonly wrong: number; readonly right: number };

/** @param isWrong says of a run, by its position, and a row whether it takes the sample for another class */
export function passes(
  filter: Filter,
  row: number,
  runs: number,
  isWrong: (run: number, row: number) => boolean,
): boolean {
  switch (filter.kind) {
    case 'all':
      return true;
    case 'wrong in any':
      return Array.from({ length: runs }, (_, run) => run).some((run) => isWrong(run, row));
    case 'wrong in one':
      return isWrong(filter.wrong, row) && !isWrong(filter.right, row);
  }
}

/** 'Wrong in Softmax, right in Margin', for every pair of runs, both ways. */
export function filtersFor(
  titles: readonly string[],
): readonly { readonly filter: Filter; readonly name: string }[] {
  const pairs = titles.flatMap((_, wrong) =>
    titles.flatMap((_, right) =>
      wrong === right
        ? []
        : [
            {
              filter: { kind: 'wrong in one', wrong, right } as const,
              name: `Wrong in ${titles[wrong]}, right in ${titles[right]}`,
            },
          ],
    ),
  );
  return [
    { filter: { kind: 'all' }, name: 'All that were chosen' },
    { filter: { kind: 'wrong in any' }, name: 'Wrong in any run' },
    ...pairs,
  ];
}
