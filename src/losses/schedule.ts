/** Which objective holds at which step: a plan that live changes rewrite. */

import {
  activeTerms,
  hasSameTerms,
  isSameObjective,
  type Objective,
  ObjectiveError,
  parseObjective,
  softmaxAlone,
  startsWithSoftmax,
  withTerm,
} from './objective.ts';
import { SLOTS, type Slot } from './term.ts';
import { termOf } from './terms.ts';

/** From `step` on (that step included) a run minimises `objective`. */
export interface ScheduleEntry {
  readonly step: number;
  readonly objective: Objective;
  /** Only of the first: a softmax beginning that was planned, and no choice of the reader's. */
  readonly isWarmUp?: true | undefined;
}

/** Entries in rising order of step; the first is at step 0. */
export type Schedule = readonly ScheduleEntry[];

/**
 * The schedule of a run that starts with `objective`: softmax alone until `warmUpSteps`, then the objective, where
 * its terms ask for that (the letter's "tune"); else, and where the warm-up is 0, the objective from the start.
 */
export function startingSchedule(objective: Objective, warmUpSteps: number): Schedule {
  if (!startsWithSoftmax(objective) || warmUpSteps === 0) return [{ step: 0, objective }];
  return [
    { step: 0, objective: softmaxAlone(objective), isWarmUp: true },
    { step: warmUpSteps, objective },
  ];
}

/**
 * The schedule after a live change: it holds from `step` on, and whatever was planned later is dropped. What changes
 * nothing, and what was changed back before it acted, leaves no entry.
 */
export function changeAt(schedule: Schedule, step: number, objective: Objective): Schedule {
  const earlier = schedule.filter((entry) => entry.step < step);
  const last = earlier.at(-1);
  const goesOn = last !== undefined && !last.isWarmUp && isSameObjective(last.objective, objective);
  return goesOn ? earlier : [...earlier, { step, objective }];
}

/** The objective that is minimised in `step` (steps count from 0). */
export function objectiveAt(schedule: Schedule, step: number): Objective {
  return entryAt(schedule, step).objective;
}

function entryAt(schedule: Schedule, step: number): ScheduleEntry {
  const entry = schedule.findLast((candidate) => candidate.step <= step) ?? schedule[0];
  if (entry === undefined) throw new Error('A schedule needs at least one entry.');
  return entry;
}

/**
 * The objective that is minimised in `step`, with what its terms anneal by themselves among their knobs: counted from
 * when a term begins to act, so that it is a function of schedule and step alone.
 */
export function objectiveActingAt(schedule: Schedule, step: number): Objective {
  const objective = objectiveAt(schedule, step);
  return SLOTS.reduce((acting, slot) => {
    const { id, weight, knobs } = objective[slot];
    const { annealed } = termOf(id);
    if (annealed === undefined || weight === 0 || knobs[annealed.key] !== undefined) return acting;
    const steps = step - startOf(schedule, step, slot);
    return withTerm(acting, slot, { knobs: { ...knobs, [annealed.key]: annealed.at(knobs, steps) } });
  }, objective);
}

/** The step at which the term that acts in a slot began to. */
function startOf(schedule: Schedule, step: number, slot: Slot): number {
  const past = schedule.filter((entry, index) => index === 0 || entry.step <= step);
  const { id } = objectiveAt(schedule, step)[slot];
  const other = past.findLastIndex(
    ({ objective }) => objective[slot].id !== id || objective[slot].weight === 0,
  );
  return past[other + 1]?.step ?? 0;
}

/** The objective that the schedule ends with: what the run's controls show. */
export function targetOf(schedule: Schedule): Objective {
  return objectiveAt(schedule, Number.POSITIVE_INFINITY);
}

/** True in a softmax beginning that was planned; never after a choice of the reader's. */
export function isWarmingUp(schedule: Schedule, step: number): boolean {
  return entryAt(schedule, step).isWarmUp === true;
}

/** True where a run has begun from random weights by what asks for softmax first: classes keep the order that they find. */
export function isUnprepared(schedule: Schedule): boolean {
  const [first] = schedule;
  return (
    first !== undefined &&
    !first.isWarmUp &&
    startsWithSoftmax(first.objective) &&
    activeTerms(first.objective).length > 0
  );
}

/** True where both have the same objectives from the same steps on. */
export function isSameSchedule(a: Schedule, b: Schedule): boolean {
  return areSame(a, b, (one, other) => one.isWarmUp === other.isWarmUp && hasSameObjective(one, other));
}

export function hasSameObjective(a: ScheduleEntry, b: ScheduleEntry): boolean {
  return isSameObjective(a.objective, b.objective);
}

/** True where both have entries at the same steps that are the same in what else counts. */
export function areSame<T extends { readonly step: number }>(
  a: readonly T[],
  b: readonly T[],
  isSame: (one: T, other: T) => boolean,
): boolean {
  return (
    a.length === b.length &&
    a.every((entry, index) => {
      const other = b[index];
      return other !== undefined && other.step === entry.step && isSame(entry, other);
    })
  );
}

/**
 * A schedule of a file from before warm-ups were marked as such: its softmax beginning is one where an objective
 * follows that asks for it, at the step at which warm-ups ended (any, where that is not known).
 */
export function withWarmUpMarked(schedule: Schedule, warmUpSteps?: number): Schedule {
  const [first, second, ...others] = schedule;
  if (first === undefined || second === undefined || first.isWarmUp) return schedule;
  const isPlanned =
    hasSameTerms(first.objective, softmaxAlone(first.objective)) &&
    startsWithSoftmax(second.objective) &&
    second.step === (warmUpSteps ?? second.step);
  return isPlanned ? [{ ...first, isWarmUp: true }, second, ...others] : schedule;
}

/** Live changes of one run: more than anyone makes by hand. */
const MOST_ENTRIES = 20_000;
/** Training ends there: what is written down of a step, in files and messages, goes no further. */
export const LAST_STEP = 2 ** 31;

/**
 * A schedule from outside: a file, a message.
 *
 * @throws ObjectiveError with a sentence where it does not begin at step 0, does not rise, or holds what is no objective
 */
export function parseSchedule(value: unknown): Schedule {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_ENTRIES) {
    throw new ObjectiveError('A schedule needs at least one entry, and has no more than anyone makes.');
  }
  let last = -1;
  return value.map((entry: unknown, index): ScheduleEntry => {
    const { step, objective, isWarmUp } = (entry ?? {}) as Readonly<Record<string, unknown>>;
    const isStep = typeof step === 'number' && Number.isInteger(step) && step > last && step <= LAST_STEP;
    if (!isStep || (index === 0 && step !== 0)) {
      throw new ObjectiveError('The steps of a schedule begin at 0 and rise.');
    }
    last = step;
    const own = { step, objective: parseObjective(objective) };
    return index === 0 && isWarmUp === true && value.length > 1 ? { ...own, isWarmUp } : own;
  });
}

/** The letter's: min(468 steps, half of the run). 468 batches of 128 are one epoch of MNIST. */
export function defaultWarmUp(runSteps: number): number {
  return Math.min(468, Math.floor(runSteps / 2));
}
