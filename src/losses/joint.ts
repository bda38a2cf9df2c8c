/**
 * The joint objective of a run: J = λ₀·head + λ₁·centre term + λ₂·metric term (Gao et al. 2018, Eq. 6, with any term
 * in each slot).
 */

import * as tf from '@tensorflow/tfjs-core';
import type { Objective, WeightedTerm } from './objective.ts';
import { type BatchOutputs, hasOwnCentres, type Knobs, type LossModule, SLOTS } from './term.ts';
import { TERMS, termOf } from './terms.ts';

/** The losses by id, loaded. */
export type Losses = ReadonlyMap<string, LossModule>;

/** The code of every term. */
export async function loadLosses(): Promise<Losses> {
  const entries = TERMS.map(async ({ record, load }) => [record.id, await load()] as const);
  return new Map(await Promise.all(entries));
}

/** What the terms of an objective see of one batch. */
export interface JointInputs extends BatchOutputs {
  /** Trained centres [classes, dim] by the id of their term. */
  readonly trainedCentres?: Readonly<Record<string, tf.Tensor2D>>;
}

export interface JointLoss {
  /** What is minimised: a scalar. */
  readonly total: tf.Scalar;
  /** [4]: the unweighted terms in the order of the slots, NaN for one that was not evaluated, then the total. For reading, not for gradients. */
  readonly terms: tf.Tensor1D;
}

/**
 * Terms at weight 0 are evaluated as well, so that each can be shown, but cost no backward pass. Left out are those that
 * need the whole batch or centres of their own.
 */
export function jointLoss(inputs: JointInputs, objective: Objective, losses: Losses): JointLoss {
  const values = SLOTS.map((slot) => termValue(objective[slot], inputs, losses));
  const weighted = SLOTS.flatMap((slot, index) => {
    const { weight } = objective[slot];
    const value = values[index];
    return weight === 0 || value === undefined ? [] : [tf.mul(value, weight)];
  });
  // With all weights at 0 there is nothing to learn, but the features must stay on the gradient's path.
  const total = weighted.length > 0 ? tf.addN(weighted) : tf.mul(tf.sum(inputs.features), 0);
  const shown = values.map((value) => value ?? tf.scalar(Number.NaN));
  return { total: total as tf.Scalar, terms: tf.stack([...shown, total]) as tf.Tensor1D };
}

function termValue(
  { id, weight, knobs }: WeightedTerm,
  { trainedCentres = {}, ...batch }: JointInputs,
  losses: Losses,
): tf.Scalar | undefined {
  const { needs, sumsOverHeldOut } = termOf(id);
  const asked = needs(knobs);
  const { wholeBatch } = asked;
  const own = hasOwnCentres(asked) ? trainedCentres[id] : batch.centres;
  if (weight === 0 && (wholeBatch || own === undefined)) return undefined;
  const module = losses.get(id);
  if (module === undefined || own === undefined) throw new Error(`The loss “${id}” is not ready.`);
  const present = sumsOverHeldOut ? undefined : batch.present;
  return meanOver({ ...batch, centres: own, present }, knobs, module);
}

/** The value of one term. The mean over no samples is 0, with gradient zero. */
export function meanOver(batch: BatchOutputs, knobs: Knobs, { loss }: LossModule): tf.Scalar {
  if (batch.features.shape[0] === 0) return tf.sum(batch.features) as tf.Scalar;
  return loss(batch, knobs);
}
