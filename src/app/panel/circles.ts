/** Circles round the centres: which of an objective's are drawn, and which samples are measured against. */

import { circlesOf, type Objective, weightedTerm } from '../../losses/objective.ts';
import { type Circle, SLOTS } from '../../losses/term.ts';
import { LETTER_TERMS } from '../../losses/terms.ts';
import { objectiveShown } from '../state/selectors.ts';
import type { PageState } from '../state/store.ts';

/**
 * Those of the terms that a run learns by, as shown. While a slider of theirs has the focus they are as set, and in the
 * selected run those of resting terms show as well.
 */
export function circlesShown(state: PageState, run: number): readonly Circle[] {
  const objective = state.marginsInFocus ? state.experiment.runs[run]?.objective : objectiveShown(state, run);
  if (objective === undefined) return [];
  const learnt = objectiveShown(state, run) ?? objective;
  const showsResting = state.marginsInFocus && state.selectedRun === run;
  return SLOTS.filter((slot) => showsResting || learnt[slot].weight > 0).flatMap((slot) =>
    circlesOf(objective[slot]),
  );
}

/** Radii in feature units. */
export interface Margins {
  readonly alphaPlus: number;
  readonly alphaMinus: number;
}

/** The radii of the first circles of each kind; undefined where one is missing. */
export function marginsOf(circles: readonly Circle[]): Margins | undefined {
  const radius = (kind: Circle['kind']) => circles.find((circle) => circle.kind === kind)?.radius;
  const [alphaPlus, alphaMinus] = [radius('inside'), radius('outside')];
  return alphaPlus === undefined || alphaMinus === undefined ? undefined : { alphaPlus, alphaMinus };
}

const USUAL = circlesOf(weightedTerm(LETTER_TERMS.metric, 0));

/** What a run's samples are measured against: its metric term's margins, else margin's usual ones. */
export function measuredMargins({ metric }: Objective): Margins {
  return marginsOf(circlesOf(metric)) ?? marginsOf(USUAL) ?? { alphaPlus: 0, alphaMinus: 0 };
}
