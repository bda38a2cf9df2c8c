/** Bytes of chosen samples to the tensors that a step takes. */

import * as tf from '@tensorflow/tfjs-core';
import { CLASSES, PIXEL_OFFSET, PIXEL_SCALE } from '../network/network.ts';

export const IMAGE_SIZE = 28;
export const PIXELS = IMAGE_SIZE * IMAGE_SIZE;

/** Images as bytes [count × 784] and their labels [count]. The first shards suffice to begin with. */
export interface LabelledImages {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/**
 * A kernel that a backend may register: no inputs; attributes as `PixelAttributes`; one output, scaled
 * values [count].
 */
export const SCALED_PIXELS = 'LabScaledPixels';

export interface PixelAttributes {
  /** Images [× 784] of which some are taken. */
  readonly images: Uint8Array;
  readonly indices: Uint32Array;
  readonly offset: number;
  readonly scale: number;
}

/** Every byte's input value: (x − 127.5) / 128. */
const INPUT_OF_BYTE = Float32Array.from({ length: 256 }, (_, byte) => (byte - PIXEL_OFFSET) * PIXEL_SCALE);

/**
 * @param images [count × 784] bytes
 * @param indices which of them
 * @returns [indices, 28, 28, 1], scaled to about ±1
 */
export function imageTensor(images: Uint8Array, indices: Uint32Array): tf.Tensor4D {
  const shape: [number, number, number, number] = [indices.length, IMAGE_SIZE, IMAGE_SIZE, 1];
  if (tf.getKernel(SCALED_PIXELS, tf.getBackend()) === undefined) {
    return tf.tensor4d(scaledPixels(images, indices), shape);
  }
  const attributes: PixelAttributes = { images, indices, offset: PIXEL_OFFSET, scale: PIXEL_SCALE };
  return tf.tidy(() => {
    // A kernel's attributes may be of any kind, whatever their type says.
    const values = tf
      .engine()
      .runKernel<tf.Tensor>(SCALED_PIXELS, {}, attributes as unknown as tf.NamedAttrMap);
    return tf.reshape(values, shape);
  });
}

/** On a backend without that kernel. */
function scaledPixels(images: Uint8Array, indices: Uint32Array): Float32Array {
  const values = new Float32Array(indices.length * PIXELS);
  let target = 0;
  for (const index of indices) {
    const start = index * PIXELS;
    for (let i = start; i < start + PIXELS; i++) {
      values[target++] = INPUT_OF_BYTE[images[i] as number] as number;
    }
  }
  return values;
}

/** One-hot labels [indices, 10]. */
export function labelTensor(labels: Uint8Array, indices: Uint32Array): tf.Tensor2D {
  const values = new Float32Array(indices.length * CLASSES);
  for (let row = 0; row < indices.length; row++) {
    values[row * CLASSES + (labels[indices[row] as number] as number)] = 1;
  }
  return tf.tensor2d(values, [indices.length, CLASSES]);
}
