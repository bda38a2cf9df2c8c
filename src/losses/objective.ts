/**
 * What a run minimises, as plain data: the weights and margins of the joint objective, its named
 * settings, and the schedule that says which objective holds at which step. No tensors here.
 *
 *     J = λ₀·J_softmax + λ₁·J_center + λ₂·J_margin(α₊, α₋)      (Gao et al. 2018, Eq. 6)
 */

/** Weights λ and margins α of the joint objective. Margins are distances in feature space. */
export interface Objective {
  readonly lambda0: number;
  readonly lambda1: number;
  readonly lambda2: number;
  readonly alphaPlus: number;
  readonly alphaMinus: number;
}

/** The closed range of every number that an objective holds. */
export const OBJECTIVE_RANGES: Record<keyof Objective, readonly [min: number, max: number]> = {
  lambda0: [0, 2],
  lambda1: [0, 2],
  lambda2: [0, 2],
  alphaPlus: [0, 3],
  alphaMinus: [0.5, 12],
};

/** The three settings that the "Loss" radios offer. */
export const LOSS_NAMES = ['softmax', 'center', 'margin'] as const;
export type LossName = (typeof LOSS_NAMES)[number];

/** The margins the lab starts with, chosen on a split of the training set: docs/defaults.md. */
export const DEFAULT_MARGINS = { alphaPlus: 0.5, alphaMinus: 8 } as const;

/** The weights of the three radios, chosen on a split of the training set: docs/defaults.md. */
export const LOSS_WEIGHTS: Record<LossName, Pick<Objective, 'lambda0' | 'lambda1' | 'lambda2'>> = {
  softmax: { lambda0: 1, lambda1: 0, lambda2: 0 },
  center: { lambda0: 1, lambda1: 0.1, lambda2: 0 },
  margin: { lambda0: 0, lambda1: 0, lambda2: 1 },
};

/** The objective of a radio, with the margins given or the default ones. */
export function objectiveOf(
  loss: LossName,
  margins: Pick<Objective, 'alphaPlus' | 'alphaMinus'> = DEFAULT_MARGINS,
): Objective {
  const { alphaPlus, alphaMinus } = margins;
  return { ...LOSS_WEIGHTS[loss], alphaPlus, alphaMinus };
}

/** The radio that describes these weights, or undefined for weights of one's own. */
export function lossNameOf(objective: Objective): LossName | undefined {
  return LOSS_NAMES.find((name) => {
    const weights = LOSS_WEIGHTS[name];
    return (
      weights.lambda0 === objective.lambda0 &&
      weights.lambda1 === objective.lambda1 &&
      weights.lambda2 === objective.lambda2
    );
  });
}

export function isSameObjective(a: Objective, b: Objective): boolean {
  return (Object.keys(OBJECTIVE_RANGES) as (keyof Objective)[]).every((field) => a[field] === b[field]);
}

/** How a sample is classified: by the largest logit where softmax is trained, else by the nearest centre. */
export type DecisionRule = 'logits' | 'nearest centre';

/** The rule that fits an objective: without softmax no classifier is trained. */
export function decisionRuleOf(objective: Objective): DecisionRule {
  return objective.lambda0 > 0 ? 'logits' : 'nearest centre';
}

/** From `step` on (that step included) a run minimises `objective`. */
export interface ScheduleEntry {
  readonly step: number;
  readonly objective: Objective;
}

/** Entries in rising order of step; the first is at step 0. */
export type Schedule = readonly ScheduleEntry[];

/**
 * The schedule of a run that starts with `objective`: softmax alone until `warmUpSteps`, then the
 * objective, where it has no softmax of its own (the letter's "tune"); the objective from the start,
 * where it has or where the warm-up is 0.
 */
export function startingSchedule(objective: Objective, warmUpSteps: number): Schedule {
  if (objective.lambda0 > 0 || warmUpSteps === 0) return [{ step: 0, objective }];
  const warmUp = { ...objective, ...LOSS_WEIGHTS.softmax };
  return [
    { step: 0, objective: warmUp },
    { step: warmUpSteps, objective },
  ];
}

/** The schedule after a live change: it holds from `step` on, and whatever was planned later is dropped. */
export function changeAt(schedule: Schedule, step: number, objective: Objective): Schedule {
  return [...schedule.filter((entry) => entry.step < step), { step, objective }];
}

/** The objective that is minimised in `step` (steps count from 0). */
export function objectiveAt(schedule: Schedule, step: number): Objective {
  const entry = schedule.findLast((candidate) => candidate.step <= step) ?? schedule[0];
  if (entry === undefined) throw new Error('A schedule needs at least one entry.');
  return entry.objective;
}

/** The objective that the schedule ends with: what the run's controls show. */
export function targetOf(schedule: Schedule): Objective {
  return objectiveAt(schedule, Number.POSITIVE_INFINITY);
}

/** True in a softmax-only beginning that an objective without softmax follows. */
export function isWarmingUp(schedule: Schedule, step: number): boolean {
  const [first, second] = schedule;
  if (first === undefined || second === undefined || step >= second.step) return false;
  return lossNameOf(first.objective) === 'softmax' && second.objective.lambda0 === 0;
}

/** The letter's: min(468 steps, half of the run). 468 batches of 128 are one epoch of MNIST. */
export function defaultWarmUp(runSteps: number): number {
  return Math.min(468, Math.floor(runSteps / 2));
}
