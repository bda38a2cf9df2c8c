/** What the parts of a file's header may be: shared by sessions and recordings. */

import * as v from 'valibot';
import { OBJECTIVE_RANGES, type Objective } from '../losses/objective.ts';

export const within = ([min, max]: readonly [number, number]) =>
  v.pipe(v.number(), v.minValue(min), v.maxValue(max));

export const objectiveSchema = v.object({
  lambda0: within(OBJECTIVE_RANGES.lambda0),
  lambda1: within(OBJECTIVE_RANGES.lambda1),
  lambda2: within(OBJECTIVE_RANGES.lambda2),
  alphaPlus: within(OBJECTIVE_RANGES.alphaPlus),
  alphaMinus: within(OBJECTIVE_RANGES.alphaMinus),
} satisfies Record<keyof Objective, unknown>);

export const stepSchema = v.pipe(within([0, 2 ** 31]), v.integer());

/** Entries in rising order of step; the first is at step 0. */
export const scheduleSchema = v.pipe(
  v.array(v.object({ step: stepSchema, objective: objectiveSchema })),
  v.minLength(1),
  v.maxLength(2000),
  v.check((entries) => entries.every(({ step }, i) => step > (entries[i - 1]?.step ?? -1))),
  v.check((entries) => entries[0]?.step === 0),
);
