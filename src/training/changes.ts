/**
 * Live changes: what runs learn is changed while they train. One record a change, from which protocol, page, host,
 * client and lab derive what they know of it.
 */

import * as v from 'valibot';
import type { Objective } from '../losses/objective.ts';
import { type Experiment, MAX_RUNS, type RunSpec } from './experiment.ts';
import { scheduleOf, withObjectiveAt, withRateAt, withSchedule, withWarmUp } from './past.ts';
import { learningRateSchema, objectiveSchema, runSchema, warmUpSchema } from './schemas.ts';

/** The runs in lock-step, as far as changes act on them. */
export interface ChangeableLab {
  setObjective(run: number, objective: Objective): void;
  setLearningRate(learningRate: number): void;
  setWarmUp(warmUpSteps: number): void;
  addRun(run: RunSpec): Promise<void>;
  removeRun(run: number): void;
  goBack(learningRate: number | undefined): Promise<void>;
}

interface ChangeRecord<C> {
  readonly schema: v.GenericSchema<unknown, C>;
  /** There are other runs afterwards, or the same at an earlier step: what was said of the old ones counts no more. */
  readonly runsBecomeOthers: boolean;
  /** The experiment afterwards; `step` is the first for which it holds. */
  readonly experiment: (experiment: Experiment, change: C, step: number) => Experiment;
  /** Carries it out, between two steps. */
  readonly lab: (lab: ChangeableLab, change: C) => void | Promise<void>;
}

/** Infers a record's change from its schema. */
const record = <S extends v.GenericSchema>(
  entry: Omit<ChangeRecord<v.InferOutput<S>>, 'schema'> & { readonly schema: S },
) => entry;

/** A run's position. */
const run = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_RUNS - 1));

export const CHANGES = {
  /** Acts at the next step. Before the first step it plans the warm-up anew. */
  setObjective: record({
    schema: v.object({ type: v.literal('setObjective'), run, objective: objectiveSchema }),
    runsBecomeOthers: false,
    experiment: (experiment, { run, objective }, step) => ({
      ...experiment,
      runs: experiment.runs.map((spec, index) =>
        index === run ? withObjectiveAt(spec, step, objective, experiment.warmUpSteps) : spec,
      ),
    }),
    lab: (lab, { run, objective }) => lab.setObjective(run, objective),
  }),

  /** Acts at the next step. */
  setLearningRate: record({
    schema: v.object({ type: v.literal('setLearningRate'), learningRate: learningRateSchema }),
    runsBecomeOthers: false,
    experiment: (experiment, { learningRate }, step) => withRateAt(experiment, step, learningRate),
    lab: (lab, { learningRate }) => lab.setLearningRate(learningRate),
  }),

  /** Plans the warm-up anew before the first step; afterwards it waits for the next reset. */
  setWarmUp: record({
    schema: v.object({ type: v.literal('setWarmUp'), warmUpSteps: warmUpSchema }),
    runsBecomeOthers: false,
    experiment: (experiment, { warmUpSteps }, step) => ({
      ...experiment,
      warmUpSteps,
      runs: experiment.runs.map((spec) =>
        step === 0
          ? withWarmUp(spec, warmUpSteps)
          : withSchedule(spec, scheduleOf(spec, experiment.warmUpSteps), warmUpSteps),
      ),
    }),
    lab: (lab, { warmUpSteps }) => lab.setWarmUp(warmUpSteps),
  }),

  /** A run joins: it learns every batch from step 0 that the others have seen, then goes on with them. */
  addRun: record({
    schema: v.object({ type: v.literal('addRun'), run: runSchema }),
    runsBecomeOthers: true,
    experiment: (experiment, { run }) => ({ ...experiment, runs: [...experiment.runs, run] }),
    lab: (lab, { run }) => lab.addRun(run),
  }),

  /** The last run can't be removed. */
  removeRun: record({
    schema: v.object({ type: v.literal('removeRun'), run }),
    runsBecomeOthers: true,
    experiment: (experiment, { run }) => ({
      ...experiment,
      runs: experiment.runs.filter((_, index) => index !== run),
    }),
    lab: (lab, { run }) => lab.removeRun(run),
  }),

  /**
   * All runs back to the last state in which none had diverged, at another learning rate where one is given; what was
   * changed since holds.
   */
  goBack: record({
    schema: v.object({ type: v.literal('goBack'), learningRate: v.optional(learningRateSchema) }),
    runsBecomeOthers: true,
    experiment: (experiment, { learningRate = experiment.learningRate }, step) => ({
      ...withRateAt(experiment, step, learningRate),
      runs: experiment.runs.map((spec) =>
        withObjectiveAt(spec, step, spec.objective, experiment.warmUpSteps),
      ),
    }),
    lab: (lab, { learningRate }) => lab.goBack(learningRate),
  }),
};

/** A command that changes what runs learn: it must not be lost with a worker. */
export type Change = v.InferOutput<(typeof CHANGES)[keyof typeof CHANGES]['schema']>;

export const changeSchema = v.variant(
  'type',
  Object.values(CHANGES).map(({ schema }) => schema),
);

/** True for commands that change what runs learn; narrows the type. */
export function isChange(command: { readonly type: string }): command is Change {
  return Object.hasOwn(CHANGES, command.type);
}

/** The record of a change’s kind: its schema, and its effect on the experiment and on the lab. */
export function recordOf<C extends Change>(change: C): ChangeRecord<C> {
  // A change's own type picks the record of its kind, which TypeScript can't follow.
  return CHANGES[change.type] as unknown as ChangeRecord<C>;
}

/**
 * The experiment after a change. A new seed, network or open set is none: these take a reset.
 *
 * @param step the first for which the change holds; the lab knows it
 */
export function afterChange(experiment: Experiment, change: Change, step: number): Experiment {
  return recordOf(change).experiment(experiment, change, step);
}
