/** The experiment as the reader set it. The worker follows it, and says at which step a change acted. */

import {
  afterChange,
  begunAnew,
  type Change,
  type Experiment,
  isChange,
  isPast,
  withPast,
} from '../../../training/link/protocol.ts';
import { retitled } from '../run-title.ts';
import { stepsDone } from '../steps-done.ts';
import type { Happening, StateOf } from './slice.ts';
import type { WorkerState } from './worker.ts';

export const experimentSlice = {
  visit: {},
  fresh: (experiment: Experiment) => ({ experiment }),
};

export type ExperimentState = StateOf<typeof experimentSlice>;

export function experimentAfter(
  state: ExperimentState & WorkerState,
  happening: Happening,
): Partial<ExperimentState> {
  const { experiment } = state;
  if (happening.type === 'state') return { experiment: titled(experiment, withPast(experiment, happening)) };
  if (!isChange(happening)) return {};
  const after = afterChange(experiment, happening, likelyStep(state, happening));
  return { experiment: titled(experiment, after) };
}

/** Where a change will act, as far as the page knows: what the worker says next is what counts. */
function likelyStep(state: WorkerState, change: Change): number {
  return change.type === 'goBack' ? (state.lab?.wayBack ?? stepsDone(state)) : stepsDone(state);
}

/** The experiment afterwards, its runs called by what they are. */
function titled(before: Experiment, after: Experiment): Experiment {
  if (after === before || after.runs.length !== before.runs.length) return after;
  return { ...after, runs: retitled(before.runs, after.runs) };
}

/** The experiment from the start: its runs forget what was done, and are called by what they then are. */
export function startedAnew(experiment: Experiment): Experiment {
  return titled(experiment, begunAnew(experiment));
}

/** True where the worker has said of all that was changed at which step it acted, or has nothing to say yet. */
export function isSettled({ experiment, lab }: ExperimentState & WorkerState): boolean {
  return lab === undefined || lab.schedules.length === 0 || isPast(experiment, lab);
}
