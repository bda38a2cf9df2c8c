/** Circles round the centres: which of an objective's are drawn. */

import { circlesOf } from '../../losses/objective.ts';
import { type Circle, SLOTS } from '../../losses/term.ts';
import { objectiveInControls } from '../state/controls-shown.ts';
import { objectiveShown } from '../state/selectors.ts';
import type { PageState } from '../state/store.ts';

/**
 * Those of the terms that a run learns by, as shown. While a slider of theirs has the focus they are as set, and in the
 * selected run those of resting terms show as well.
 */
export function circlesShown(state: PageState, run: number): readonly Circle[] {
  const objective = state.marginsInFocus ? objectiveInControls(state, run) : objectiveShown(state, run);
  if (objective === undefined) return [];
  const learnt = objectiveShown(state, run) ?? objective;
  const showsResting = state.marginsInFocus && state.selectedRun === run;
  return SLOTS.filter((slot) => showsResting || learnt[slot].weight > 0).flatMap((slot) =>
    circlesOf(objective[slot]),
  );
}
