/**
 * One loss on numbers of one's own: its value and gradients, as `npm run loss` prints them. On whatever backend is
 * set, in single precision.
 */

import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { type Losses, meanOver } from './joint.ts';
import { parseKnobs } from './objective.ts';
import type { BatchOutputs } from './term.ts';
import { termOf } from './terms.ts';

/** A batch and a loss on it. Every row of numbers is `dim` long. */
export interface LossCase {
  /** The id of a loss term. */
  readonly loss: string;
  /** Values of its knobs by key; those left out are at their defaults. */
  readonly params: Readonly<Record<string, unknown>>;
  /** x, [batch, dim] */
  readonly features: Rows;
  /** [batch], each below `classes` */
  readonly labels: readonly number[];
  readonly classes: number;
  /** C, [classes, dim]: for a loss with centres */
  readonly centres?: Rows | undefined;
  /** A row an agent w_j, [classes, dim]: for a loss with agents */
  readonly agents?: Rows | undefined;
  /** [classes], 1 for a class that takes part, else 0; all do where it is left out */
  readonly present?: readonly number[] | undefined;
}

export interface CaseResult {
  /** The mean over the batch. */
  readonly value: number;
  /** ∂/∂x, [batch, dim] */
  readonly gradFeatures: Rows;
  /** [classes, dim]: where the loss has agents */
  readonly gradAgents?: Rows;
  /** [classes, dim]: where the loss trains its centres */
  readonly gradCentres?: Rows;
}

export type Rows = readonly (readonly number[])[];

/**
 * @throws RangeError with a sentence for an unknown loss or knob, a value out of a knob's range, missing agents or
 *   centres, and for what has no finite value in single precision
 */
export function evaluateCase(given: LossCase, losses: Losses): CaseResult {
  const record = termOf(given.loss);
  const knobs = parseKnobs(record, given.params);
  const needs = record.needs(knobs);
  if (needs.agents && given.agents === undefined) {
    throw new RangeError(`${record.title} needs “agents”, a row for each class.`);
  }
  if (needs.centres !== undefined && given.centres === undefined) {
    throw new RangeError(`${record.title} needs “centres”, a row for each class.`);
  }
  const module = losses.get(record.id);
  if (module === undefined) throw new Error(`The loss “${record.id}” is not loaded.`);
  let result: CaseResult | undefined;
  tf.tidy(() => {
    const batch = batchOf(given);
    const { features, agents, centres } = batch;
    const { value, grads } = tf
      .engine()
      .gradients(() => meanOver(batch, knobs, module), [features, agents, centres], undefined, true);
    // What the loss does not reach has gradient zero.
    const gradient = (index: number, of: tf.Tensor2D) =>
      (grads[index] as tf.Tensor2D | null) ?? tf.zerosLike(of);
    result = {
      value: value.dataSync()[0] as number,
      gradFeatures: gradient(0, features).arraySync(),
      ...(needs.agents ? { gradAgents: tf.transpose(gradient(1, agents)).arraySync() } : {}),
      ...(needs.centres === 'trained' ? { gradCentres: gradient(2, centres).arraySync() } : {}),
    };
  });
  if (result === undefined) throw new Error('The loss was never evaluated.');
  if (!isAllFinite(result)) {
    throw new RangeError('The value or a gradient is no finite number in single precision.');
  }
  return result;
}

function isAllFinite({ value, ...gradients }: CaseResult): boolean {
  return [[[value]], ...Object.values(gradients)].every((rows: Rows) =>
    rows.every((row) => row.every(Number.isFinite)),
  );
}

/** The case as tensors, of which the caller disposes. Agents and centres that it lacks are 0. */
export function batchOf({ features, labels, classes, centres, agents, present }: LossCase): BatchOutputs {
  const dim = (features[0] ?? agents?.[0] ?? centres?.[0] ?? []).length;
  const matrix = (rows: Rows | undefined) =>
    tf.tensor2d(Float32Array.from((rows ?? []).flat()), [rows?.length ?? 0, dim]);
  const perClass = (rows: Rows | undefined) =>
    rows === undefined ? (tf.zeros([classes, dim]) as tf.Tensor2D) : matrix(rows);
  const oneHot = new Float32Array(labels.length * classes);
  labels.forEach((label, row) => {
    oneHot[row * classes + label] = 1;
  });
  return {
    features: matrix(features),
    oneHot: tf.tensor2d(oneHot, [labels.length, classes]),
    agents: tf.transpose(perClass(agents)),
    centres: perClass(centres),
    present: present && tf.tensor1d([...present], 'float32'),
  };
}
