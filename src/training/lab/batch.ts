/** Bytes of chosen samples to the tensors that a step takes. */

import * as tf from '@tensorflow/tfjs-core';
import { classCount, type DataSet, imageBytes } from '../../data/set.ts';
import { PIXEL_OFFSET, PIXEL_SCALE } from '../../network/network.ts';

/**
 * A kernel that a backend may register: no inputs; attributes as `PixelAttributes`; one output, scaled
 * values [count].
 */
export const SCALED_PIXELS = 'LabScaledPixels';

export interface PixelAttributes {
  /** Images [count × bytesAnImage] of which some are taken. */
  readonly images: Uint8Array;
  readonly bytesAnImage: number;
  readonly indices: Uint32Array;
  readonly offset: number;
  readonly scale: number;
}

/** Every byte's input value: (x − 127.5) / 128. */
const INPUT_OF_BYTE = Float32Array.from({ length: 256 }, (_, byte) => (byte - PIXEL_OFFSET) * PIXEL_SCALE);

/**
 * @param indices which of the images
 * @returns [indices, side, side, 1], scaled to about ±1
 */
export function imageTensor(
  { set, images }: { readonly set: Pick<DataSet, 'side'>; readonly images: Uint8Array },
  indices: Uint32Array,
): tf.Tensor4D {
  const shape: [number, number, number, number] = [indices.length, set.side, set.side, 1];
  const bytesAnImage = imageBytes(set);
  const attributes: PixelAttributes = {
    images,
    bytesAnImage,
    indices,
    offset: PIXEL_OFFSET,
    scale: PIXEL_SCALE,
  };
  if (tf.getKernel(SCALED_PIXELS, tf.getBackend()) === undefined) {
    return tf.tensor4d(scaledPixels(attributes), shape);
  }
  return tf.tidy(() => {
    // A kernel's attributes may be of any kind, whatever their type says.
    const values = tf
      .engine()
      .runKernel<tf.Tensor>(SCALED_PIXELS, {}, attributes as unknown as tf.NamedAttrMap);
    return tf.reshape(values, shape);
  });
}

/** On a backend without that kernel. */
function scaledPixels({ images, bytesAnImage, indices }: PixelAttributes): Float32Array {
  const values = new Float32Array(indices.length * bytesAnImage);
  let target = 0;
  for (const index of indices) {
    const start = index * bytesAnImage;
    for (let i = start; i < start + bytesAnImage; i++) {
      values[target++] = INPUT_OF_BYTE[images[i] as number] as number;
    }
  }
  return values;
}

/** One-hot labels [indices, classes]. */
export function labelTensor(
  { set, labels }: { readonly set: Pick<DataSet, 'classNames'>; readonly labels: Uint8Array },
  indices: Uint32Array,
): tf.Tensor2D {
  const classes = classCount(set);
  const values = new Float32Array(indices.length * classes);
  for (let row = 0; row < indices.length; row++) {
    values[row * classes + (labels[indices[row] as number] as number)] = 1;
  }
  return tf.tensor2d(values, [indices.length, classes]);
}
