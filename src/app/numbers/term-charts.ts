/** The charts of loss terms over steps: one for each term that some run has in its schedule. */

import { WEIGHT_SYMBOLS } from '../../losses/objective.ts';
import { SLOTS, type TermRecord } from '../../losses/term.ts';
import { TERM_RECORDS } from '../../losses/terms.ts';
import { scheduleShown } from '../state/selectors.ts';
import type { PageState } from '../state/store.ts';
import type { Chart } from './charts.ts';

function termChart({ id, slot, title }: TermRecord): Chart {
  return {
    value: id,
    title: `${title} term`,
    help: `${title} loss on the last batch, before its weight ${WEIGHT_SYMBOLS[slot]}.`,
  };
}

const TERM_CHARTS = TERM_RECORDS.map(termChart);

/** The charts of these terms, in the order of menus. */
export function termChartsOf(ids: readonly string[]): readonly Chart[] {
  return TERM_CHARTS.filter(({ value }) => ids.includes(value));
}

/** Ids of the terms that the runs shown have or had, whatever their weights; a line each, so that equal answers are equal. */
export function termsShown(state: PageState): string {
  const objectives = state.experiment.runs.flatMap(({ objective }, run) => [
    objective,
    ...(scheduleShown(state, run) ?? []).map((entry) => entry.objective),
  ]);
  const ids = new Set(objectives.flatMap((objective) => SLOTS.map((slot) => objective[slot].id)));
  return [...ids].sort().join('\n');
}
