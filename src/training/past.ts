/**
 * What was done to an experiment over time: which objectives its runs learn by, and at which rates, from which step on.
 * In an experiment this is `before` of its runs and `ratesBefore`, which say nothing that is said elsewhere; the lab
 * trains by schedules. Here each is made from the other.
 */

import { isSameObjective, type Objective } from '../losses/objective.ts';
import {
  areSame,
  changeAt,
  isSameSchedule,
  type Schedule,
  startingSchedule,
  targetOf,
} from '../losses/schedule.ts';
import { type Checkpoint, hasSameRate, type LearningRateEntry } from './checkpoint.ts';
import type { Experiment, RunSpec } from './experiment.ts';

/** What the lab says of the past: a schedule a run, and the learning rates in rising order of step. */
export interface Past {
  readonly schedules: readonly Schedule[];
  readonly learningRates: readonly LearningRateEntry[];
}

/** The schedule that a run learns by. */
export function scheduleOf({ objective, before }: RunSpec, warmUpSteps: number): Schedule {
  if (before === undefined) return startingSchedule(objective, warmUpSteps);
  return byStart([...before, { until: Number.POSITIVE_INFINITY, objective }]);
}

/** The run that learns by this schedule; the identical one where it does already. */
export function withSchedule(spec: RunSpec, schedule: Schedule, warmUpSteps: number): RunSpec {
  const objective = targetOf(schedule);
  const isPlanned = isSameSchedule(schedule, startingSchedule(objective, warmUpSteps));
  const isKnown =
    isPlanned === (spec.before === undefined) && isSameSchedule(scheduleOf(spec, warmUpSteps), schedule);
  if (isKnown) return spec;
  const begun = { title: spec.title, objective };
  return isPlanned ? begun : { ...begun, before: byEnd(schedule) };
}

/** What holds until certain steps, with the steps from which on it does. */
function byStart<T extends { readonly until: number }>(stages: readonly T[]) {
  return stages.map(({ until: _, ...stage }, index) => ({ ...stage, step: stages[index - 1]?.until ?? 0 }));
}

/** The other way round. What holds in the end is left out: it has no end. */
function byEnd<T extends { readonly step: number }>(entries: readonly T[]) {
  return entries.flatMap(({ step: _, ...entry }, index) => {
    const next = entries[index + 1];
    return next === undefined ? [] : [{ ...entry, until: next.step }];
  });
}

/** The run after a live change of its objective; before the first step it is planned anew. */
export function withObjectiveAt(
  spec: RunSpec,
  step: number,
  objective: Objective,
  warmUpSteps: number,
): RunSpec {
  if (step === 0) return { title: spec.title, objective };
  return withSchedule(spec, changeAt(scheduleOf(spec, warmUpSteps), step, objective), warmUpSteps);
}

/** A run that has not begun, with a warm-up of another length; what comes later stays where it is. */
export function withWarmUp(spec: RunSpec, warmUpSteps: number): RunSpec {
  const [first, ...others] = spec.before ?? [];
  if (first === undefined) return { title: spec.title, objective: spec.objective };
  if (!first.isWarmUp) return spec;
  const later = others.filter(({ until }) => until > warmUpSteps);
  const before = warmUpSteps === 0 ? later : [{ ...first, until: warmUpSteps }, ...later];
  const changed = { ...spec, before };
  return withSchedule(changed, scheduleOf(changed, warmUpSteps), warmUpSteps);
}

/** The learning rates, in rising order of step; the first is at step 0. */
export function learningRatesOf({
  learningRate,
  ratesBefore = [],
}: Pick<Experiment, 'learningRate' | 'ratesBefore'>): readonly LearningRateEntry[] {
  return byStart([...ratesBefore, { until: Number.POSITIVE_INFINITY, learningRate }]);
}

/** The experiment after a live change of the learning rate. What changes nothing leaves no entry. */
export function withRateAt(experiment: Experiment, step: number, learningRate: number): Experiment {
  const earlier = learningRatesOf(experiment).filter((entry) => entry.step < step);
  const goesOn = earlier.at(-1)?.learningRate === learningRate;
  return withLearningRates(experiment, goesOn ? earlier : [...earlier, { step, learningRate }]);
}

/** The experiment at these learning rates; the identical one where it has them already. */
function withLearningRates(experiment: Experiment, rates: readonly LearningRateEntry[]): Experiment {
  const last = rates.at(-1);
  if (last === undefined || areSame(learningRatesOf(experiment), rates, hasSameRate)) return experiment;
  const ratesBefore = byEnd(rates);
  const { ratesBefore: _, ...rest } = experiment;
  const changed = { ...rest, learningRate: last.learningRate };
  return ratesBefore.length === 0 ? changed : { ...changed, ratesBefore };
}

/**
 * The experiment with what a lab says of its past. What ends otherwise than the experiment says is left as it is: it
 * has been changed since. The identical one where it says so already.
 */
export function withPast(experiment: Experiment, { schedules, learningRates }: Past): Experiment {
  const { warmUpSteps, learningRate } = experiment;
  const isCurrent = learningRates.at(-1)?.learningRate === learningRate;
  const rated = isCurrent ? withLearningRates(experiment, learningRates) : experiment;
  if (schedules.length !== experiment.runs.length) return rated;
  const runs = experiment.runs.map((spec, run) => {
    const schedule = schedules[run];
    return schedule !== undefined && endsWith(schedule, spec)
      ? withSchedule(spec, schedule, warmUpSteps)
      : spec;
  });
  return runs.every((spec, run) => spec === experiment.runs[run]) ? rated : { ...rated, runs };
}

function endsWith(schedule: Schedule | undefined, { objective }: RunSpec): boolean {
  return schedule !== undefined && schedule.length > 0 && isSameObjective(targetOf(schedule), objective);
}

/** True where the experiment says of the past just what the lab says. */
export function isPast(experiment: Experiment, { schedules, learningRates }: Past): boolean {
  const { runs, warmUpSteps } = experiment;
  return (
    schedules.length === runs.length &&
    runs.every((spec, run) => isSameSchedule(scheduleOf(spec, warmUpSteps), schedules[run] ?? [])) &&
    withLearningRates(experiment, learningRates) === experiment
  );
}

/** The same with what the controls show from the start: what was done before is forgotten. */
export function begunAnew({ ratesBefore: _, ...experiment }: Experiment): Experiment {
  return { ...experiment, runs: experiment.runs.map(({ title, objective }) => ({ title, objective })) };
}

/** The past that a checkpoint tells. */
export function pastOf({ runs, learningRates }: Pick<Checkpoint, 'runs' | 'learningRates'>): Past {
  return { schedules: runs.map(({ schedule }) => schedule), learningRates };
}
