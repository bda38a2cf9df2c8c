/** How much of the plain own logit L-Softmax and A-Softmax mix in, less and less as they are trained: λ. */

import { type Annealed, type NumberKnob, numberOf } from './term.ts';

/** The schedule of the official SphereFace code (Liu et al. 2017): λ(t) = max(λ_min, 1000 / (1 + 0.12 t)), t from 1. */
const BASE = 1000;
const GAMMA = 0.12;

export const LAMBDA_MIN = {
  kind: 'number',
  key: 'lambdaMin',
  symbol: 'λ_min',
  word: 'least plain share',
  unit: 'none',
  range: [0, 50],
  step: 0.5,
  default: 5,
  help: 'The own logit is the mean of the plain one, λ times, and of the one with margin, once. λ falls from 1000 to this within some 1,700 steps of training with this loss: its own beginning.',
} as const satisfies NumberKnob;

export const LAMBDA = {
  key: 'lambda',
  range: [0, BASE],
  at: (knobs, stepsSinceStart) =>
    Math.max(numberOf(knobs, LAMBDA_MIN.key), BASE / (1 + GAMMA * (stepsSinceStart + 1))),
} as const satisfies Annealed;

/** λ as it stands: annealed, or given; else at its end. */
export function lambdaIn({
  lambda,
  lambdaMin,
}: {
  readonly lambda?: number;
  readonly lambdaMin: number;
}): number {
  return lambda ?? lambdaMin;
}
