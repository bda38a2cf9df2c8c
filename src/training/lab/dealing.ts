/** The parts of a step, dealt out to this worker and its lanes: whoever computes a part, the bits are the same. */

import * as tf from '@tensorflow/tfjs-core';
import type { StepBatch } from './feed.ts';
import type { Gradient } from './gradient.ts';
import type { GradientTask, LaneAnswer, Lanes } from './lanes.ts';
import { inLockstep } from './lockstep.ts';
import type { Rows } from './parts.ts';
import type { Run, StepLearner } from './run.ts';

/** A part of a batch, for one run. */
export interface Part {
  readonly run: Run;
  readonly learner: StepLearner;
  readonly rows: Rows;
}

export interface Dealing {
  readonly lanes: Lanes;
  readonly batch: StepBatch;
  /** Images of the whole batch. */
  readonly batchSize: number;
  /** [classes], 0 for those that are held out; undefined where none is. */
  readonly present: tf.Tensor1D | undefined;
}

/** Gradients in the order of the parts, which are dealt out in turn, this worker first. */
export async function gradientsOf(parts: readonly Part[], dealing: Dealing): Promise<Gradient[]> {
  const { lanes } = dealing;
  const workers = lanes.others + 1;
  // What others compute is under way before this worker begins with its own.
  const elsewhere = parts.map((part, index) => {
    const worker = index % workers;
    return worker === 0 ? undefined : lanes.ask(worker - 1, taskOf(part, dealing));
  });
  const mine = parts.filter((_, index) => elsewhere[index] === undefined);
  const own = new Map(inLockstep(mine, (part) => [part, gradientHere(part, dealing)] as const));
  const gradients: Gradient[] = [];
  for (const [index, part] of parts.entries()) {
    const answer = await elsewhere[index]?.();
    gradients.push(
      own.get(part) ?? (answer === undefined ? gradientHere(part, dealing) : gradientFrom(answer, part)),
    );
  }
  return gradients;
}

function gradientHere({ run, learner, rows }: Part, { batch, batchSize, present }: Dealing): Gradient {
  const part = { images: batch.imagesOf(rows), oneHot: batch.oneHotOf(rows), present };
  return run.gradientOf(learner, part, rows.count / batchSize);
}

function taskOf({ run, learner, rows }: Part, { batch, batchSize, present }: Dealing): GradientTask {
  const { images, labels, set } = batch.bytesOf(rows);
  return {
    kind: 'gradient',
    network: run.network.name,
    dim: run.network.dim,
    set: { side: set.side, classNames: set.classNames },
    parameters: hostValues(learner.parameters),
    trained: learner.trained,
    centres: hostValues(learner.centres),
    objective: learner.objective,
    images,
    labels,
    present: present && Array.from(hostValues(present)),
    share: rows.count / batchSize,
  };
}

/** A lane's answer on this worker's device. */
function gradientFrom(answer: LaneAnswer, { run, rows }: Part): Gradient {
  const [gradient, features, terms] = answer as [Float32Array, Float32Array, Float32Array];
  return {
    gradient: tf.tensor1d(gradient),
    features: tf.tensor2d(features, [rows.count, run.network.dim]),
    terms: tf.tensor1d(terms),
  };
}

/** Only on WebAssembly, where values are at hand. */
function hostValues(tensor: tf.Tensor): Float32Array {
  return tensor.dataSync<'float32'>();
}
