/**
 * Gradients written with forward operations only. TensorFlow.js's WASM backend lacks some training
 * kernels and has naive loops for others, while XNNPACK runs a plain convolution and a plain matrix
 * product fast: so each gradient here is one of those, on rearranged operands.
 *
 * Tensors are NHWC, filters [height, width, in, out]; any backend can run these functions.
 */

import * as tf from '@tensorflow/tfjs-core';

/** Geometry of the forward convolution. Pads are what was added on each side; dilation is 1. */
export interface ConvolutionGeometry {
  readonly stride: readonly [height: number, width: number];
  readonly pad: {
    readonly top: number;
    readonly bottom: number;
    readonly left: number;
    readonly right: number;
  };
}

/**
 * ∂L/∂filter of a convolution. Summing over batch and positions is a convolution of its own: the
 * images, with batch and channel exchanged, with the output gradient as the filter, dilated by the stride.
 *
 * @param x the convolution's input, [batch, h, w, in]
 * @param dy gradient of its output, [batch, h', w', out]
 * @param filterShape [height, width, in, out]
 */
export function convolutionFilterGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  filterShape: readonly [number, number, number, number],
  { stride, pad }: ConvolutionGeometry,
): tf.Tensor4D {
  return tf.tidy(() => {
    const [height, width, input, output] = filterShape;
    const padded = padded4D(x, pad);
    const channelsAsBatch = tf.transpose(padded, [3, 1, 2, 0]);
    const gradientAsFilter = tf.transpose(dy, [1, 2, 0, 3]);
    const full = tf.conv2d(channelsAsBatch, gradientAsFilter, 1, 'valid', 'NHWC', [...stride]);
    // Rows that the forward stride never reached give positions beyond the filter's size.
    const cropped = tf.slice4d(full, [0, 0, 0, 0], [input, height, width, output]);
    return tf.transpose(cropped, [1, 2, 0, 3]);
  });
}

/**
 * ∂L/∂x of a convolution: the output gradient, spread by the stride, convolved with the filter turned
 * by 180° and with its channels exchanged.
 *
 * @param dy gradient of the convolution's output, [batch, h', w', out]
 * @param filter [height, width, in, out]
 * @param inputShape [batch, h, w, in]
 */
export function convolutionInputGradient(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  inputShape: readonly [number, number, number, number],
  { stride, pad }: ConvolutionGeometry,
): tf.Tensor4D {
  return tf.tidy(() => {
    const [filterHeight, filterWidth] = filter.shape;
    const [, height, width] = inputShape;
    const spread = spreadByStride(dy, stride);
    const before = { top: filterHeight - 1 - pad.top, left: filterWidth - 1 - pad.left };
    const after = {
      bottom: height + filterHeight - 1 - before.top - spread.shape[1],
      right: width + filterWidth - 1 - before.left - spread.shape[2],
    };
    const framed = padded4D(spread, { ...before, ...after });
    const turned = tf.transpose(tf.reverse4d(filter, [0, 1]), [0, 1, 3, 2]);
    return tf.conv2d(framed, turned, 1, 'valid');
  });
}

/** Puts stride − 1 zeros after every row and column: [b, h, w, c] to [b, h·s, w·s, c]. */
function spreadByStride(x: tf.Tensor4D, [strideHeight, strideWidth]: readonly [number, number]): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  if (strideHeight === 1 && strideWidth === 1) return x;
  const columns = tf.pad3d(tf.reshape(x, [batch * height * width, 1, channels]), [
    [0, 0],
    [0, strideWidth - 1],
    [0, 0],
  ]);
  const wide = width * strideWidth;
  const rows = tf.pad3d(tf.reshape(columns, [batch * height, 1, wide * channels]), [
    [0, 0],
    [0, strideHeight - 1],
    [0, 0],
  ]);
  return tf.reshape(rows, [batch, height * strideHeight, wide, channels]);
}

/** Zero padding of height and width; a negative pad crops. */
function padded4D(x: tf.Tensor4D, pad: ConvolutionGeometry['pad']): tf.Tensor4D {
  const { top, bottom, left, right } = pad;
  const cropped = tf.slice4d(
    x,
    [0, Math.max(0, -top), Math.max(0, -left), 0],
    [
      x.shape[0],
      x.shape[1] - Math.max(0, -top) - Math.max(0, -bottom),
      x.shape[2] - Math.max(0, -left) - Math.max(0, -right),
      x.shape[3],
    ],
  );
  if (top <= 0 && bottom <= 0 && left <= 0 && right <= 0) return cropped;
  return tf.pad4d(cropped, [
    [0, 0],
    [Math.max(0, top), Math.max(0, bottom)],
    [Math.max(0, left), Math.max(0, right)],
    [0, 0],
  ]);
}

/**
 * ∂L/∂x of max pooling: each window's gradient goes to its first largest value, whatever the signs.
 *
 * @param dy [batch, h', w', channels]
 * @param x [batch, h, w, channels]
 */
export function maxPoolGradient(
  dy: tf.Tensor4D,
  x: tf.Tensor4D,
  window: {
    readonly size: readonly [number, number];
    readonly stride: readonly [number, number];
    readonly padTop: number;
    readonly padLeft: number;
  },
): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const [, outHeight, outWidth] = dy.shape;
  const values = x.dataSync();
  const gradients = dy.dataSync();
  const result = new Float32Array(values.length);
  let source = 0;
  for (let b = 0; b < batch; b++) {
    for (let row = 0; row < outHeight; row++) {
      const top = row * window.stride[0] - window.padTop;
      const rowEnd = Math.min(height, top + window.size[0]);
      for (let column = 0; column < outWidth; column++) {
        const left = column * window.stride[1] - window.padLeft;
        const columnEnd = Math.min(width, left + window.size[1]);
        for (let channel = 0; channel < channels; channel++) {
          let largest = Number.NEGATIVE_INFINITY;
          let target = -1;
          for (let y = Math.max(0, top); y < rowEnd; y++) {
            for (let z = Math.max(0, left); z < columnEnd; z++) {
              const index = ((b * height + y) * width + z) * channels + channel;
              const value = values[index] as number;
              if (value > largest) {
                largest = value;
                target = index;
              }
            }
          }
          if (target >= 0) result[target] = (result[target] as number) + (gradients[source] as number);
          source++;
        }
      }
    }
  }
  return tf.tensor4d(result, x.shape);
}
