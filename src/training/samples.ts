/** The test images that the plots show: a balanced part of the test set, or all of it. */

import type { Mnist } from '../data/mnist.ts';
import { balancedProbe } from '../data/probe.ts';
import { type LabelledImages, PIXELS } from './batch.ts';
import type { SampleSet } from './protocol.ts';

export const PROBE_PER_CLASS = 200;
/** Test images that must have arrived for the balanced part: the first shard holds 200 of every digit. */
export const PROBE_IMAGES = 5000;

export class Samples {
  /** What the reader wants to see. */
  wanted: SampleSet = 'balanced';
  #shown: LabelledImages | undefined;

  /** Undefined before the first choice. */
  get shown(): LabelledImages | undefined {
    return this.#shown;
  }

  /**
   * Shows what is wanted as far as it has arrived.
   *
   * @returns the images with their indices in the test set, [count]; undefined where they are those that were shown before
   */
  choose(data: Mnist): (LabelledImages & { readonly indices: Uint32Array }) | undefined {
    const isAll = this.wanted === 'all' && data.testCount === data.testLabels.length;
    const indices = isAll
      ? Uint32Array.from(data.testLabels, (_, index) => index)
      : balancedProbe(data.testLabels.subarray(0, PROBE_IMAGES), PROBE_PER_CLASS);
    if (indices.length === this.#shown?.labels.length) return undefined;
    this.#shown = chosen(data.testImages, data.testLabels, indices);
    return { ...this.#shown, indices };
  }
}

/** The first images of a set. */
export function first({ images, labels }: LabelledImages, count: number): LabelledImages {
  return { images: images.subarray(0, count * PIXELS), labels: labels.subarray(0, count) };
}

/** The chosen samples, copied together. */
function chosen(images: Uint8Array, labels: Uint8Array, indices: Uint32Array): LabelledImages {
  const result = { images: new Uint8Array(indices.length * PIXELS), labels: new Uint8Array(indices.length) };
  for (const [row, index] of indices.entries()) {
    result.images.set(images.subarray(index * PIXELS, (index + 1) * PIXELS), row * PIXELS);
    result.labels[row] = labels[index] as number;
  }
  return result;
}
