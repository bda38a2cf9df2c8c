/**
 * The gradient of one part of a batch: it depends on what is handed in and on nothing else, so that any worker may
 * compute it. Of a batch of n samples, m of them count m/n; the parts' gradients and terms add up to the batch's.
 */

import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { jointLoss, type Losses } from '../../losses/joint.ts';
import type { Objective } from '../../losses/objective.ts';
import { agentsOf } from '../../network/layers.ts';
import type { Network } from '../../network/network.ts';
import { flatten, unflatten } from '../../network/parameters.ts';
import type { TrainedCentres } from '../checkpoint.ts';
import { trainedCentresIn } from './trained-centres.ts';

/** Samples on the device: a batch, or a part of one. */
export interface Batch {
  /** [samples, side, side, 1], scaled. */
  readonly images: tf.Tensor4D;
  /** [samples, classes]. */
  readonly oneHot: tf.Tensor2D;
  /** [classes], 0 for those that are held out; left out where none is. */
  readonly present?: tf.Tensor1D | undefined;
}

/** What learns, and by which objective. */
export interface Learner {
  /** θ with trained centres at its end, [parameter count]. */
  readonly parameters: tf.Tensor1D;
  /** Moving centres, [classes, dim]. */
  readonly centres: tf.Tensor2D;
  /** What stands at the end of θ, in order. */
  readonly trained: readonly TrainedCentres[];
  readonly objective: Objective;
}

/** Its owner disposes the tensors. */
export interface Gradient {
  /** ∂J/∂θ, [parameter count]; zero for a parameter that the objective does not reach (the classifier without a head). */
  readonly gradient: tf.Tensor1D;
  /** x of the forward pass, [samples, dim]. */
  readonly features: tf.Tensor2D;
  /** [4]: the terms in the order of the slots, NaN for one that was not evaluated, then the total. */
  readonly terms: tf.Tensor1D;
}

/**
 * Forward and backward pass.
 *
 * @param share of the batch that these samples are, in (0, 1]
 */
export function gradientOf(
  network: Network,
  losses: Losses,
  { parameters: theta, centres, trained, objective }: Learner,
  { images, oneHot, present }: Batch,
  share = 1,
): Gradient {
  return tf.tidy(() => {
    const parameters = unflatten(network, theta);
    const trainedCentres = trainedCentresIn({ parameters: theta, centres }, trained);
    const tensors = [...Object.values(parameters), ...Object.values(trainedCentres)];
    const shared = <T extends tf.Tensor>(value: T) => (share === 1 ? value : (tf.mul(value, share) as T));
    let seen: { features: tf.Tensor2D; terms: tf.Tensor1D } | undefined;
    const forward = () => {
      const features = network.features(parameters, images);
      const inputs = { features, oneHot, agents: agentsOf(parameters), centres, trainedCentres, present };
      const { total, terms } = jointLoss(inputs, objective, losses);
      seen = { features: tf.keep(features), terms: tf.keep(shared(terms)) };
      return shared(total);
    };
    const { grads } = tf.engine().gradients(forward, tensors, undefined, true);
    if (seen === undefined) throw new Error('The loss was never evaluated.');
    return { gradient: flatten(tensors.map((tensor, i) => grads[i] ?? tf.zerosLike(tensor))), ...seen };
  });
}

/** The gradient of the whole batch from those of its parts, added in their order; the parts are disposed. */
export function sumOf(parts: readonly Gradient[]): Gradient {
  const [only, ...others] = parts;
  if (only === undefined) throw new RangeError('A batch has a part.');
  if (others.length === 0) return only;
  const added = (tensors: tf.Tensor1D[]) => tensors.reduce((sum, each) => tf.add(sum, each));
  const sum = tf.tidy(() => ({
    gradient: added(parts.map(({ gradient }) => gradient)),
    features: tf.concat2d(
      parts.map(({ features }) => features),
      0,
    ),
    terms: added(parts.map(({ terms }) => terms)),
  }));
  for (const part of parts) disposeGradient(part);
  return sum;
}

export function disposeGradient({ gradient, features, terms }: Gradient): void {
  tf.dispose([gradient, features, terms]);
}
