/** One run: a network's parameters, its class centres, and the step that makes them learn. */

import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { updatedCentres } from '../losses/centres.ts';
import { jointLoss } from '../losses/joint.ts';
import {
  changeAt,
  type Objective,
  objectiveAt,
  type Schedule,
  startingSchedule,
  targetOf,
} from '../losses/objective.ts';
import { logits } from '../network/layers.ts';
import type { Network } from '../network/network.ts';
import { flatten, unflatten } from '../network/parameters.ts';
import { type AdamState, adamUpdate } from './adam.ts';
import type { HaltedRun, LossTerms, RunCheckpoint } from './protocol.ts';
import { read } from './readback.ts';

/** One batch on the device, shared by all runs. */
export interface Batch {
  /** [batch, side, side, 1], scaled. */
  readonly images: tf.Tensor4D;
  /** [batch, classes]. */
  readonly oneHot: tf.Tensor2D;
  /** [classes], 0 for those that are held out; left out where none is. */
  readonly present?: tf.Tensor1D | undefined;
}

/** State of the tensors that a run owns between steps. */
interface RunState extends AdamState {
  /** [classes, dim]. */
  readonly centres: tf.Tensor2D;
  /** [4]: softmax, center, margin, total of the last batch; absent before the first step. */
  readonly terms?: tf.Tensor1D;
}

/** A state and how many runs hold it: runs that have learnt exactly the same hold one together. */
interface HeldState {
  readonly tensors: RunState;
  holders: number;
}

export class Run {
  readonly network: Network;
  schedule: Schedule;
  /** Set while the run waits in its last good state. */
  halted: HaltedRun | undefined;
  #held: HeldState;

  constructor(network: Network, checkpoint: RunCheckpoint) {
    this.network = network;
    this.schedule = checkpoint.schedule;
    this.halted = checkpoint.halted;
    const tensors = {
      parameters: tf.tensor1d(checkpoint.parameters),
      firstMoments: tf.tensor1d(checkpoint.firstMoments),
      secondMoments: tf.tensor1d(checkpoint.secondMoments),
      centres: tf.tensor2d(checkpoint.centres, [network.classes, network.dim]),
    };
    this.#held = { tensors, holders: 1 };
  }

  /** Stands for what this run has learnt: the same object in runs that hold it together. */
  get state(): object {
    return this.#held;
  }

  /** Takes over what another run has learnt, as its own, without a copy. */
  adopt(other: Run): void {
    other.#held.holders++;
    release(this.#held);
    this.#held = other.#held;
  }

  /** Features [batch, dim] of images [batch, side, side, 1]; the caller disposes them. */
  features(images: tf.Tensor4D): tf.Tensor2D {
    return tf.tidy(() =>
      this.network.features(unflatten(this.network, this.#held.tensors.parameters), images),
    );
  }

  /** One update of parameters, moments and centres. `step` counts the updates made before. */
  trainStep(batch: Batch, step: number, learningRate: number): void {
    const objective = objectiveAt(this.schedule, step);
    const old = this.#held.tensors;
    const tensors = tf.tidy(() => {
      const { gradient, features, terms } = gradientOf(this.network, old, batch, objective);
      const { parameters, firstMoments, secondMoments } = adamUpdate(old, gradient, { step, learningRate });
      // After the optimiser, with the features of this step's forward pass.
      const centres = updatedCentres(old.centres, features, batch.oneHot);
      features.dispose();
      return { parameters, firstMoments, secondMoments, centres, terms };
    });
    release(this.#held);
    this.#held = { tensors, holders: 1 };
  }

  /** The loss terms of the last batch, or undefined before the first step. Waits for the device. */
  async lossTerms(): Promise<LossTerms | undefined> {
    const { terms } = this.#held.tensors;
    if (terms === undefined) return undefined;
    const [softmax = Number.NaN, center = Number.NaN, margin = Number.NaN, total = Number.NaN] =
      await read(terms);
    return { softmax, center, margin, total };
  }

  /** Live: `objective` holds from `step` on. Before the first step it starts the plan anew, warm-up included. */
  setObjective(objective: Objective, step: number, warmUpSteps: number): void {
    this.schedule =
      step === 0 ? startingSchedule(objective, warmUpSteps) : changeAt(this.schedule, step, objective);
  }

  /** Plans the warm-up of a run that has not begun. */
  setWarmUp(warmUpSteps: number): void {
    this.schedule = startingSchedule(targetOf(this.schedule), warmUpSteps);
  }

  /** Puts the centres, [classes × dim]. */
  setCentres(values: Float32Array): void {
    const { parameters, firstMoments, secondMoments } = this.#held.tensors;
    const tensors = {
      parameters: parameters.clone(),
      firstMoments: firstMoments.clone(),
      secondMoments: secondMoments.clone(),
      centres: tf.tensor2d(values, [this.network.classes, this.network.dim]),
    };
    release(this.#held);
    this.#held = { tensors, holders: 1 };
  }

  /** Everything that this run needs to go on bit for bit. */
  async checkpoint(): Promise<RunCheckpoint> {
    const { parameters, firstMoments, secondMoments, centres } = this.#held.tensors;
    return {
      schedule: this.schedule,
      parameters: await read(parameters),
      firstMoments: await read(firstMoments),
      secondMoments: await read(secondMoments),
      centres: await read(centres),
      halted: this.halted,
    };
  }

  /** θ [parameter count] and the centres [classes × dim], on the host. */
  async weights(): Promise<{ parameters: Float32Array; centres: Float32Array }> {
    const { parameters, centres } = this.#held.tensors;
    return { parameters: await read(parameters), centres: await read(centres) };
  }

  dispose(): void {
    release(this.#held);
  }
}

/**
 * Forward and backward pass: ∂J/∂θ [parameter count], and what the forward pass saw, kept until the
 * caller disposes it. A parameter that the objective does not reach (the classifier without softmax)
 * has gradient zero.
 */
function gradientOf(network: Network, state: RunState, batch: Batch, objective: Objective) {
  const parameters = unflatten(network, state.parameters);
  const tensors = Object.values(parameters);
  let seen: { features: tf.Tensor2D; terms: tf.Tensor1D } | undefined;
  const forward = () => {
    const features = network.features(parameters, batch.images);
    const { total, terms } = jointLoss(
      {
        features,
        logits: logits(parameters, features),
        oneHot: batch.oneHot,
        centres: state.centres,
        present: batch.present,
      },
      objective,
    );
    seen = { features: tf.keep(features), terms: tf.keep(terms) };
    return total;
  };
  const { grads } = tf.engine().gradients(forward, tensors, undefined, true);
  if (seen === undefined) throw new Error('The loss was never evaluated.');
  const gradient = flatten(tensors.map((tensor, i) => grads[i] ?? tf.zerosLike(tensor)));
  return { gradient, ...seen };
}

/** One holder less; the last one disposes the tensors. */
function release(held: HeldState): void {
  held.holders--;
  if (held.holders > 0) return;
  for (const tensor of Object.values(held.tensors) as tf.Tensor[]) tensor.dispose();
}
