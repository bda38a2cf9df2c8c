/** One run: a network's parameters, its class centres, and the step that makes them learn. */

import * as tf from '@tensorflow/tfjs-core';
import { updatedCentres } from '../../losses/centres.ts';
import type { Losses } from '../../losses/joint.ts';
import { centreSpreadOf, decidingTerm, type Objective } from '../../losses/objective.ts';
import { objectiveActingAt, objectiveAt, type Schedule } from '../../losses/schedule.ts';
import { SLOTS } from '../../losses/term.ts';
import type { Network } from '../../network/network.ts';
import { unflatten } from '../../network/parameters.ts';
import type { HaltedRun, RunCheckpoint, TrainedCentres } from '../checkpoint.ts';
import type { AdamState } from './adam.ts';
import { type Batch, disposeGradient, type Gradient, gradientOf, type Learner, sumOf } from './gradient.ts';
import { read } from './readback.ts';
import { updateAll, updatedParts, withTrainedCentres } from './trained-centres.ts';

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

/** What a step's gradient is taken of, and what the step updates. */
export interface StepLearner extends Learner, AdamState {
  /** θ and moments were made for this step, since the objective trains more than the one before. */
  readonly isFresh: boolean;
}

/** What was made for one step alone. */
function disposeLearner({ isFresh, parameters, firstMoments, secondMoments }: StepLearner): void {
  if (isFresh) tf.dispose([parameters, firstMoments, secondMoments]);
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

  /**
   * What the gradient of a step is to be taken of, with what its objective begins to train. `learn` ends it.
   *
   * @param step updates made before
   */
  learnerAt(step: number): StepLearner {
    const objective = objectiveActingAt(this.schedule, step);
    const { tensors, trained } = this.#held;
    let begun = { state: tensors, trained };
    tf.tidy(() => {
      begun = withTrainedCentres(tensors, trained, objective);
      const { parameters, firstMoments, secondMoments } = begun.state;
      return begun.state === tensors ? [] : [parameters, firstMoments, secondMoments];
    });
    return { ...begun.state, trained: begun.trained, objective, isFresh: begun.state !== tensors };
  }

  /**
   * One update of parameters, moments and centres.
   *
   * @param parts gradients of the batch's parts in their order; they are disposed, and the learner is
   * @param batch labels of the whole batch, and which classes take part
   */
  learn(
    learner: StepLearner,
    parts: readonly Gradient[],
    { oneHot, present }: Pick<Batch, 'oneHot' | 'present'>,
    { step, learningRate }: { readonly step: number; readonly learningRate: number },
  ): void {
    const { objective, trained } = learner;
    const sum = sumOf(parts);
    const { features } = sum;
    const tensors = tf.tidy(() => {
      const by = { objective, step, learningRate, features, oneHot };
      const updated = updateAll(learner, sum.gradient, trained, by);
      // After the optimiser, with the features of this step's forward pass.
      const centres = updatedCentres(learner.centres, features, oneHot, {
        spread: centreSpreadOf(objective),
        present,
      });
      return { ...updated, centres, terms: tf.clone(sum.terms) };
    });
    disposeGradient(sum);
    disposeLearner(learner);
    release(this.#held);
    this.#held = { tensors, trained: updatedParts(trained, objective), objective, holders: 1 };
  }

  /** The same of a whole batch at once, here. */
  trainStep(batch: Batch, step: number, learningRate: number): void {
    const learner = this.learnerAt(step);
    this.learn(learner, [this.gradientOf(learner, batch)], batch, { step, learningRate });
  }

  /** As `gradientOf` of gradient.ts. */
  gradientOf(learner: Learner, batch: Batch, share = 1): Gradient {
    return gradientOf(this.network, this.#losses, learner, batch, share);
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

  /** θ with trained centres at its end, [parameter count], on the host. */
  theta(): Promise<Float32Array> {
    return read(this.#held.tensors.parameters);
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
    const parameters = await this.theta();
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
}

/** Removes one holder; with the last one the tensors are disposed. */
function release(held: HeldState): void {
  held.holders--;
  if (held.holders > 0) return;
  for (const tensor of Object.values(held.tensors) as tf.Tensor[]) tensor.dispose();
}
