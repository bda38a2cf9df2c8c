/** The inside of a lane: it opens the same backend as the worker that started it, and answers tasks. */

import * as tf from '@tensorflow/tfjs-core';
import { reasonOf } from '../../data/reason-of.ts';
import { shapeOf } from '../../data/set.ts';
import { type Losses, loadLosses } from '../../losses/joint.ts';
import { NETWORKS } from '../../network/networks.ts';
import { imageTensor, labelTensor } from '../lab/batch.ts';
import { gradientOf } from '../lab/gradient.ts';
import type { PartResult, PartTask } from '../lab/lanes.ts';
import { type FromLane, type ToLane, transferOf } from './messages.ts';

export interface LaneOptions {
  readonly post: (message: FromLane, transfer?: ArrayBuffer[]) => void;
  /** Opens WebAssembly, or what comes next where it fails; with the reason. */
  readonly openBackend: () => Promise<{ readonly backend: string; readonly reason: string }>;
}

/** Opens a lane. Its messages wait until it is ready: what it returns takes them, in their order. */
export function openLane({ post, openBackend }: LaneOptions): (message: ToLane) => Promise<void> {
  const opening = (async () => {
    const [{ backend, reason }, losses] = await Promise.all([openBackend(), loadLosses()]);
    // Another backend rounds otherwise.
    if (backend !== 'wasm') throw new Error(`it has no WebAssembly: ${reason}`);
    post({ type: 'ready' });
    return losses;
  })();
  const refuse = (error: unknown) => post({ type: 'refused', reason: reasonOf(error) });
  opening.catch(refuse);
  return async ({ id, task }) => {
    try {
      const result = computed(task, await opening);
      post({ type: 'done', id, result }, transferOf(result));
    } catch (error) {
      refuse(error);
    }
  };
}

/** The gradient of one part. */
export function computed(task: PartTask, losses: Losses): PartResult {
  const { dim, set, parameters, trained, centres, objective, images, labels, present, share } = task;
  const network = NETWORKS[task.network]({ dim, ...shapeOf(set) });
  const rows = Uint32Array.from(labels, (_, row) => row);
  const learner = {
    parameters: tf.tensor1d(parameters),
    centres: tf.tensor2d(centres, [network.classes, dim]),
    trained,
    objective,
  };
  const batch = {
    images: imageTensor({ set, images }, rows),
    oneHot: labelTensor({ set, labels }, rows),
    present: present && tf.tensor1d([...present]),
  };
  const result = gradientOf(network, losses, learner, batch, share);
  const values = (tensor: tf.Tensor) => Float32Array.from(tensor.dataSync<'float32'>());
  const read = {
    gradient: values(result.gradient),
    features: values(result.features),
    terms: values(result.terms),
  };
  tf.dispose([learner.parameters, learner.centres, batch.images, batch.oneHot]);
  tf.dispose([batch.present ?? [], result.gradient, result.features, result.terms]);
  return read;
}
