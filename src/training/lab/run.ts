/** One run: a network's parameters, its class centres, and the step that makes them learn. */

import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { updatedCentres } from '../../losses/centres.ts';
import { jointLoss, type Losses } from '../../losses/joint.ts';
import { decidingTerm, type Objective } from '../../losses/objective.ts';
import { objectiveAt, type Schedule } from '../../losses/schedule.ts';
import { SLOTS } from '../../losses/term.ts';
import { agentsOf } from '../../network/layers.ts';
import type { Network } from '../../network/network.ts';
import { flatten, unflatten } from '../../network/parameters.ts';
import type { HaltedRun, RunCheckpoint, TrainedCentres } from '../checkpoint.ts';
import type { AdamState } from './adam.ts';
import { read } from './readback.ts';
import { trainedCentresIn, updateAll, updatedParts, withTrainedCentres } from './trained-centres.ts';

/** One batch on the device, shared by all runs. */
export interface Batch {
  /** [batch, side, side, 1], scaled. */
  readonly images: tf.Tensor4D;
  /** [batch, classes]. */
  readonly oneHot: tf.Tensor2D;
  /** [classes], 0 for those that are held out; left out where none is. */
  readonly present?: tf.Tensor1D | undefined;
}

/** Loss terms over one batch, unweighted, by their ids, and as `total` the weighted sum that was minimised. */
export interface LossTerms {
  readonly [term: string]: number;
  readonly total: number;
}

/** State of the tensors that a run owns between steps. */
interface RunState extends AdamState {
  /** Moving centres, [classes, dim]. */
  readonly centres: tf.Tensor2D;
  /** [4]: the terms of the last batch in the order of the slots, then the total; absent before the first step. */
  readonly terms?: tf.Tensor1D;
}

/** A state and how many runs hold it: runs that have learnt exactly the same hold one together. */
interface HeldState {
  readonly tensors: RunState;
  /** What stands at the end of θ, in order. */
  readonly trained: readonly TrainedCentres[];
  /** Whose values `terms` are. */
  readonly objective?: Objective;
  holders: number;
}

/** Trains one objective. Owns its tensors, or shares them with runs in an equal state, until `dispose`. */
export class Run {
  readonly network: Network;
  /** What it learns by; the lab keeps it as the experiment says. */
  schedule: Schedule;
  /** Set while the run waits in its last good state. */
  halted: HaltedRun | undefined;
  readonly #losses: Losses;
  #held: HeldState;

  constructor(network: Network, losses: Losses, checkpoint: RunCheckpoint) {
    this.network = network;
    this.#losses = losses;
    this.schedule = checkpoint.schedule;
    this.halted = checkpoint.halted;
    const tensors = {
      parameters: tf.tensor1d(checkpoint.parameters),
      firstMoments: tf.tensor1d(checkpoint.firstMoments),
      secondMoments: tf.tensor1d(checkpoint.secondMoments),
      centres: tf.tensor2d(checkpoint.centres, [network.classes, network.dim]),
    };
    this.#held = { tensors, trained: checkpoint.trained ?? [], holders: 1 };
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
    const held = this.#held;
    let trained: readonly TrainedCentres[] = [];
    const tensors = tf.tidy(() => {
      const begun = withTrainedCentres(held.tensors, held.trained, objective);
      const old = begun.state;
      const { gradient, features, terms } = this.#gradientOf(old, begun.trained, batch, objective);
      const updated = updateAll(old, gradient, begun.trained, { objective, step, learningRate });
      trained = updatedParts(begun.trained, objective);
      // After the optimiser, with the features of this step's forward pass.
      const centres = updatedCentres(old.centres, features, batch.oneHot);
      features.dispose();
      return { ...updated, centres, terms };
    });
    release(held);
    this.#held = { tensors, trained, objective, holders: 1 };
  }

  /** The loss terms of the last batch, or undefined before the first step. Waits for the device. */
  async lossTerms(): Promise<LossTerms | undefined> {
    const { tensors, objective } = this.#held;
    if (tensors.terms === undefined || objective === undefined) return undefined;
    const values = await read(tensors.terms);
    const named = SLOTS.map((slot, index): [string, number] => [objective[slot].id, values[index] as number]);
    // A term that was not evaluated is left out; one that is no longer a number shows in the total.
    const evaluated = named.filter(([, value]) => !Number.isNaN(value));
    return { ...Object.fromEntries(evaluated), total: values[SLOTS.length] as number };
  }

  /** Sets the centres, [classes × dim]. */
  setCentres(values: Float32Array): void {
    const { parameters, firstMoments, secondMoments } = this.#held.tensors;
    const tensors = {
      parameters: parameters.clone(),
      firstMoments: firstMoments.clone(),
      secondMoments: secondMoments.clone(),
      centres: tf.tensor2d(values, [this.network.classes, this.network.dim]),
    };
    release(this.#held);
    this.#held = { tensors, trained: [], holders: 1 };
  }

  /** Everything that this run needs to go on bit for bit. */
  async checkpoint(): Promise<RunCheckpoint> {
    const { tensors, trained } = this.#held;
    const { parameters, firstMoments, secondMoments, centres } = tensors;
    return {
      schedule: this.schedule,
      parameters: await read(parameters),
      firstMoments: await read(firstMoments),
      secondMoments: await read(secondMoments),
      centres: await read(centres),
      ...(trained.length === 0 ? {} : { trained }),
      halted: this.halted,
    };
  }

  /**
   * θ [parameter count] and the centres [classes × dim] that the objective of a step decides by, on the host: those
   * that its deciding term trains, else the moving ones.
   */
  async weights(step: number): Promise<{ parameters: Float32Array; centres: Float32Array }> {
    const { tensors, trained } = this.#held;
    const parameters = await read(tensors.parameters);
    const { id } = decidingTerm(objectiveAt(this.schedule, step));
    const index = trained.findIndex(({ term }) => term === id);
    if (index < 0) return { parameters, centres: await read(tensors.centres) };
    const { size } = tensors.centres;
    const start = parameters.length - (trained.length - index) * size;
    return { parameters, centres: parameters.slice(start, start + size) };
  }

  dispose(): void {
    release(this.#held);
  }

  /**
   * Forward and backward pass: ∂J/∂θ [parameter count], and what the forward pass saw, kept until the caller
   * disposes it. A parameter that the objective does not reach (the classifier without a head) has gradient zero.
   */
  #gradientOf(state: RunState, trained: readonly TrainedCentres[], batch: Batch, objective: Objective) {
    const parameters = unflatten(this.network, state.parameters);
    const trainedCentres = trainedCentresIn(state, trained);
    const tensors = [...Object.values(parameters), ...Object.values(trainedCentres)];
    let seen: { features: tf.Tensor2D; terms: tf.Tensor1D } | undefined;
    const forward = () => {
      const features = this.network.features(parameters, batch.images);
      const { oneHot, present } = batch;
      const agents = agentsOf(parameters);
      const inputs = { features, oneHot, agents, centres: state.centres, trainedCentres, present };
      const { total, terms } = jointLoss(inputs, objective, this.#losses);
      seen = { features: tf.keep(features), terms: tf.keep(terms) };
      return total;
    };
    const { grads } = tf.engine().gradients(forward, tensors, undefined, true);
    if (seen === undefined) throw new Error('The loss was never evaluated.');
    const gradient = flatten(tensors.map((tensor, i) => grads[i] ?? tf.zerosLike(tensor)));
    return { gradient, ...seen };
  }
}

/** Removes one holder; with the last one the tensors are disposed. */
function release(held: HeldState): void {
  held.holders--;
  if (held.holders > 0) return;
  for (const tensor of Object.values(held.tensors) as tf.Tensor[]) tensor.dispose();
}
