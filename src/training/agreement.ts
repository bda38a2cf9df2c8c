/** Whether the parts of a state agree with each other: in files and messages they may come from anywhere. */

import { isSameObjective } from '../losses/objective.ts';
import { areSame, hasSameObjective, type Schedule, targetOf } from '../losses/schedule.ts';
import { type HaltedRun, hasSameRate, type LearningRateEntry } from './checkpoint.ts';
import { type Experiment, isSameTraining } from './experiment.ts';

/** A checkpoint without its arrays. */
export interface StateSaid {
  readonly experiment: Experiment;
  readonly step: number;
  readonly learningRates: readonly LearningRateEntry[];
  /** A run each. */
  readonly schedules: readonly Schedule[];
  readonly halted?: readonly (HaltedRun | null | undefined)[] | undefined;
}

/** True where schedules, learning rates and waiting runs are those of the experiment at that step. */
export function agrees({ experiment, step, learningRates, schedules, halted = [] }: StateSaid): boolean {
  return (
    schedules.length === experiment.runs.length &&
    schedules.every((schedule, run) => {
      const objective = experiment.runs[run]?.objective;
      return objective !== undefined && isSameObjective(targetOf(schedule), objective);
    }) &&
    learningRates.at(-1)?.learningRate === experiment.learningRate &&
    halted.every((run) => (run?.step ?? 0) <= step)
  );
}

/**
 * Can runs in this state go back to that one? It may have fewer of them, since others joined later; up to its step
 * both have learnt the same.
 */
export function isEarlierOf(state: StateSaid, earlier: StateSaid): boolean {
  const [now, then] = [state.experiment, earlier.experiment];
  const before = <T extends { readonly step: number }>(entries: readonly T[]) =>
    entries.filter(({ step }) => step < earlier.step);
  return (
    isSameTraining(then, now) &&
    then.runs.length <= now.runs.length &&
    earlier.step <= state.step &&
    areSame(before(state.learningRates), before(earlier.learningRates), hasSameRate) &&
    earlier.schedules.every((schedule, run) =>
      areSame(before(state.schedules[run] ?? []), before(schedule), hasSameObjective),
    )
  );
}

export function isRising(entries: readonly { readonly step: number }[]): boolean {
  return entries.every(({ step }, index) => index === 0 || step > (entries[index - 1]?.step ?? step));
}
