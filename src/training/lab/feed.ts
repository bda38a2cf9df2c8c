/**
 * Batches on the device. Where transfers are expensive, the images of many steps are sent together and a
 * batch is a slice of them.
 */

import * as tf from '@tensorflow/tfjs-core';
import type { BatchOrder } from '../../data/batches.ts';
import { chosen, type LabelledImages } from '../../data/labelled-images.ts';
import type { BackendName } from '../experiment.ts';
import { imageTensor, labelTensor } from './batch.ts';
import type { Rows } from './parts.ts';

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

/** One batch: what runs share of it is made once, when the first asks. */
export class StepBatch {
  readonly #makeImages: (rows: Rows) => tf.Tensor4D;
  readonly #makeOneHot: (rows: Rows) => tf.Tensor2D;
  readonly #makeBytes: (rows: Rows) => LabelledImages;
  readonly #images = new Map<string, tf.Tensor4D>();
  readonly #oneHot = new Map<string, tf.Tensor2D>();
  readonly #bytes = new Map<string, LabelledImages>();

  constructor(
    makeImages: (rows: Rows) => tf.Tensor4D,
    makeOneHot: (rows: Rows) => tf.Tensor2D,
    makeBytes: (rows: Rows) => LabelledImages = () => {
      throw new Error('These images are on a device.');
    },
  ) {
    this.#makeImages = makeImages;
    this.#makeOneHot = makeOneHot;
    this.#makeBytes = makeBytes;
  }

  /** [count, side, side, 1], scaled. */
  imagesOf(rows: Rows): tf.Tensor4D {
    return remembered(this.#images, rows, this.#makeImages);
  }

  /** [count, classes]. */
  oneHotOf(rows: Rows): tf.Tensor2D {
    return remembered(this.#oneHot, rows, this.#makeOneHot);
  }

  /** Bytes of these rows, for other workers; only where images do not stay on a device. */
  bytesOf(rows: Rows): LabelledImages {
    return remembered(this.#bytes, rows, this.#makeBytes);
  }

  dispose(): void {
    for (const tensor of [...this.#images.values(), ...this.#oneHot.values()]) tensor.dispose();
  }
}

function remembered<T>(known: Map<string, T>, rows: Rows, make: (rows: Rows) => T): T {
  const key = `${rows.start} ${rows.count}`;
  const found = known.get(key) ?? make(rows);
  known.set(key, found);
  return found;
}

/** Hands out one run order’s batches as tensors. Holds at most one block of images on the device. */
export class Feed {
  readonly #training: LabelledImages;
  readonly #order: BatchOrder;
  readonly #stepsTogether: number;
  readonly #changed: ((images: Uint8Array, step: number) => Uint8Array) | undefined;
  #block: Block | undefined;

  /**
   * @param stepsTogether whose images go to the device in one transfer, at most
   * @param changed what becomes of the images of a step's batch, [batch × side²]; nothing where it is left out
   */
  constructor(
    training: LabelledImages,
    order: BatchOrder,
    stepsTogether: number,
    changed?: (images: Uint8Array, step: number) => Uint8Array,
  ) {
    this.#training = training;
    this.#changed = changed;
    this.#order = order;
    this.#stepsTogether = stepsTogether;
  }

  /** The batch of `step`, cut into tensors as they are asked for; whoever takes it disposes it. */
  batchOf(step: number): StepBatch {
    const block = this.#stepsTogether > 1 ? this.#blockOf(step) : undefined;
    if (block === undefined) {
      const { images, indices } = this.#batchIn(step);
      const rows = ({ start, count }: Rows) => indices.subarray(start, start + count);
      return new StepBatch(
        (part) => imageTensor(images, rows(part)),
        (part) => labelTensor(images, rows(part)),
        (part) => chosen(images, rows(part)),
      );
    }
    const first = (step - block.firstStep) * this.#order.batchSize;
    const [, height, width, channels] = block.images.shape;
    return new StepBatch(
      ({ start, count }) =>
        count === block.images.shape[0]
          ? tf.clone(block.images)
          : tf.slice4d(block.images, [first + start, 0, 0, 0], [count, height, width, channels]),
      ({ start, count }) =>
        count === block.oneHot.shape[0]
          ? tf.clone(block.oneHot)
          : tf.slice2d(block.oneHot, [first + start, 0], [count, block.oneHot.shape[1]]),
    );
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

  /** The batches of some steps: images, and which of them they are. */
  #batchIn(step: number, steps = 1): { readonly images: LabelledImages; readonly indices: Uint32Array } {
    const indices = Uint32Array.from(this.#order.indicesOf(step, steps));
    if (this.#changed === undefined) return { images: this.#training, indices };
    const batch = chosen(this.#training, indices);
    const size = batch.images.length / steps;
    for (let i = 0; i < steps; i++) {
      batch.images.set(this.#changed(batch.images.subarray(i * size, (i + 1) * size), step + i), i * size);
    }
    return { images: batch, indices: Uint32Array.from(indices.keys()) };
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
    const source = this.#batchIn(firstStep, steps);
    const images = imageTensor(source.images, source.indices);
    const oneHot = labelTensor(source.images, source.indices);
    this.#block = { firstStep, steps, images, oneHot };
    return this.#block;
  }
}
