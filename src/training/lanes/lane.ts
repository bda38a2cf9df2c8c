/** The inside of a lane: it opens the same backend as the worker that started it, and answers tasks. */

import * as tf from '@tensorflow/tfjs-core';
import { reasonOf } from '../../data/reason-of.ts';
import { imageBytes, shapeOf } from '../../data/set.ts';
import { type Losses, loadLosses } from '../../losses/joint.ts';
import type { Network } from '../../network/network.ts';
import { NETWORKS } from '../../network/networks.ts';
import { unflatten } from '../../network/parameters.ts';
import { imageTensor, labelTensor } from '../lab/batch.ts';
import { gradientOf } from '../lab/gradient.ts';
import type { GradientTask, LaneAnswer, LaneTask } from '../lab/lanes.ts';
import { type FromLane, type ToLane, taskOf, transferOf } from './messages.ts';
import { serve } from './shared-queue.ts';

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
  return async (message) => {
    try {
      const losses = await opening;
      if ('queue' in message) {
        serve(message.queue, (parcel) => ({ text: '', floats: computed(taskOf(parcel), losses), bytes: [] }));
      } else {
        const answer = computed(message.task, losses);
        post({ type: 'done', id: message.id, answer }, transferOf(answer));
      }
    } catch (error) {
      refuse(error);
    }
  };
}

/** What a task asks for. */
export function computed(task: LaneTask, losses: Losses): LaneAnswer {
  const network = NETWORKS[task.network]({ dim: task.dim, ...shapeOf(task.set) });
  const parameters = tf.tensor1d(task.parameters);
  const images = imagesOf(task);
  const results =
    task.kind === 'features'
      ? [featuresOf(network, parameters, images)]
      : gradientOfTask(task, network, { parameters, images }, losses);
  const answer = results.map((tensor) => tensor.dataSync<'float32'>());
  tf.dispose([parameters, images, ...results]);
  return answer;
}

function imagesOf({ set, images }: LaneTask): tf.Tensor4D {
  const count = images.length / imageBytes(set);
  return imageTensor(
    { set, images },
    Uint32Array.from({ length: count }, (_, row) => row),
  );
}

function featuresOf(network: Network, parameters: tf.Tensor1D, images: tf.Tensor4D): tf.Tensor {
  return tf.tidy(() => network.features(unflatten(network, parameters), images));
}

/** The gradient of one part. */
function gradientOfTask(
  { set, dim, trained, centres, objective, labels, present, share }: GradientTask,
  network: Network,
  { parameters, images }: { readonly parameters: tf.Tensor1D; readonly images: tf.Tensor4D },
  losses: Losses,
): tf.Tensor[] {
  const rows = Uint32Array.from(labels, (_, row) => row);
  const learner = {
    parameters,
    centres: tf.tensor2d(centres, [network.classes, dim]),
    trained,
    objective,
  };
  const batch = {
    images,
    oneHot: labelTensor({ set, labels }, rows),
    present: present && tf.tensor1d([...present]),
  };
  const { gradient, features, terms } = gradientOf(network, losses, learner, batch, share);
  tf.dispose([learner.centres, batch.oneHot, batch.present ?? []]);
  return [gradient, features, terms];
}
