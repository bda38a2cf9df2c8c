/**
 * Batches on the device. Where transfers are expensive, the images of many steps are sent together and a
 * batch is a slice of them.
 */

import * as tf from '@tensorflow/tfjs-core';
import type { BatchOrder } from '../../data/batches.ts';
import type { LabelledImages } from '../../data/labelled-images.ts';
import { BATCH_SIZE, type BackendName } from '../experiment.ts';
import { imageTensor, labelTensor } from './batch.ts';

/** Steps whose images go to the backend's device together: a GPU waits for every transfer. */
export const STEPS_A_TRANSFER: Record<BackendName, number> = { webgl: 16, webgpu: 16, wasm: 1, cpu: 1 };

interface Block {
  readonly firstStep: number;
  readonly steps: number;
  /** [steps · batch, side, side, 1] */
  readonly images: tf.Tensor4D;
  /** [steps · batch, classes] */
  readonly oneHot: tf.Tensor2D;
}

/** Hands out one run order’s batches as tensors. Holds at most one block of images on the device. */
export class Feed {
  readonly #training: LabelledImages;
  readonly #order: BatchOrder;
  readonly #stepsTogether: number;
  #block: Block | undefined;

  /** @param stepsTogether whose images go to the device in one transfer, at most */
  constructor(training: LabelledImages, order: BatchOrder, stepsTogether: number) {
    this.#training = training;
    this.#order = order;
    this.#stepsTogether = stepsTogether;
  }

  /** The batch of `step`, [batch, side, side, 1] and [batch, classes]; the caller disposes both. */
  batchOf(step: number): { images: tf.Tensor4D; oneHot: tf.Tensor2D } {
    const block = this.#blockOf(step);
    if (block.steps === 1) return { images: tf.clone(block.images), oneHot: tf.clone(block.oneHot) };
    const start = (step - block.firstStep) * BATCH_SIZE;
    const [, height, width, channels] = block.images.shape;
    return {
      images: tf.slice4d(block.images, [start, 0, 0, 0], [BATCH_SIZE, height, width, channels]),
      oneHot: tf.slice2d(block.oneHot, [start, 0], [BATCH_SIZE, block.oneHot.shape[1]]),
    };
  }

  /** How many training images must have arrived before `batchOf(step)`. */
  imagesNeeded(step: number): number {
    if (this.#holds(step)) return 0;
    // Sent together are only images that arrive with those of this step.
    const { firstStep, steps } = this.#planned(step);
    return this.#order.highestIndexOf(firstStep, steps) + 1;
  }

  dispose(): void {
    this.#block?.images.dispose();
    this.#block?.oneHot.dispose();
    this.#block = undefined;
  }

  #holds(step: number): boolean {
    const block = this.#block;
    return block !== undefined && step >= block.firstStep && step < block.firstStep + block.steps;
  }

  #planned(step: number): { firstStep: number; steps: number } {
    return { firstStep: step, steps: this.#order.stepsArrivingWith(step, this.#stepsTogether) };
  }

  #blockOf(step: number): Block {
    if (this.#block !== undefined && this.#holds(step)) return this.#block;
    this.dispose();
    const { firstStep, steps } = this.#planned(step);
    const indices = this.#order.indicesOf(firstStep, steps);
    const images = imageTensor(this.#training, indices);
    const oneHot = labelTensor(this.#training, indices);
    this.#block = { firstStep, steps, images, oneHot };
    return this.#block;
  }
}
