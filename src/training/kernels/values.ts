/** Products, vectors and what is done value by value, on the lab's SIMD kernels. */

import * as tf from '@tensorflow/tfjs-core';
import type { AdamAttributes } from '../lab/adam.ts';
import type { PixelAttributes } from '../lab/batch.ts';
import { areFloats, FLOAT_BYTES, inPanels, type KernelCall, type Shape4D, tensors } from './calls.ts';
import type { PadSizes, SimdKernels } from './simd.ts';

export function product({ inputs, attrs }: KernelCall, kernels: SimdKernels): tf.TensorInfo | undefined {
  const { a, b } = tensors(inputs, 'a', 'b');
  const { transposeA, transposeB } = attrs as unknown as { transposeA: boolean; transposeB: boolean };
  const isOneProduct =
    a.shape.slice(0, -2).every((size) => size === 1) && b.shape.slice(0, -2).every((size) => size === 1);
  if (!isOneProduct || !areFloats(a, b)) return undefined;
  const [rowsOfA, columnsOfA] = a.shape.slice(-2) as [number, number];
  const [rowsOfB, columnsOfB] = b.shape.slice(-2) as [number, number];
  const [m, k] = transposeA ? [columnsOfA, rowsOfA] : [rowsOfA, columnsOfA];
  const n = transposeB ? rowsOfB : columnsOfB;
  const c = kernels.output([...a.shape.slice(0, -2), m, n]);
  kernels.withScratch(k * inPanels(n), (scratch) => {
    const [pa, pb, pc] = [kernels.pointer(a), kernels.pointer(b), kernels.pointer(c)];
    const [rowOfA, stepA] = byteSteps(columnsOfA, transposeA);
    const [rowOfB, stepB] = byteSteps(columnsOfB, transposeB);
    kernels.run.product(pa, rowOfA, stepA, pb, rowOfB, stepB, pc, scratch, m, n, k);
  });
  return c;
}

/** Bytes from row to row, and along a row, of a matrix with so many columns, or of its transposition. */
function byteSteps(columns: number, isTransposed: boolean): [row: number, step: number] {
  const [row, step] = [columns * FLOAT_BYTES, FLOAT_BYTES];
  return isTransposed ? [step, row] : [row, step];
}

/** The middle of images, or some rows. The stock kernel goes value by value, or copies the whole first. */
export function cropped({ inputs, attrs }: KernelCall, kernels: SimdKernels): tf.TensorInfo | undefined {
  const { x } = tensors(inputs, 'x');
  if (!areFloats(x)) return undefined;
  const { begin, size } = attrs as unknown as { begin: number[]; size: number[] };
  const [starts, sizes] = tf.slice_util.parseSliceParams(x, begin, size) as [number[], number[]];
  if (x.rank === 1 || sizes.slice(1).every((size, axis) => size === x.shape[axis + 1])) {
    const y = kernels.output(sizes);
    // Whole rows lie together.
    const row = (x.size / (x.shape[0] ?? 1)) * FLOAT_BYTES;
    const [start = 0] = starts;
    const part = kernels.bytes(kernels.pointer(x) + start * row, (sizes[0] ?? 0) * row);
    kernels.bytes(kernels.pointer(y), part.length).set(part);
    return y;
  }
  if (x.rank !== 4 || sizes[0] !== x.shape[0] || sizes[3] !== x.shape[3]) return undefined;
  const [, height, width] = x.shape as Shape4D;
  const y = kernels.output(sizes);
  const [, top = 0, left = 0] = starts;
  const whole: PadSizes = [...(sizes as Shape4D), top, left, height, width];
  kernels.run.crop(kernels.pointer(x), kernels.pointer(y), ...whole);
  return y;
}

/** The same values under another name, as on other backends. The stock kernel copies them. */
export function shared({ inputs }: KernelCall, { backend }: SimdKernels): tf.TensorInfo {
  const { x } = tensors(inputs, 'x');
  backend.incRef(x.dataId);
  return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
}

/** Something [..., channels] and a bias [channels]. */
export function biased({ inputs }: KernelCall, kernels: SimdKernels): tf.TensorInfo | undefined {
  const { a: x, b: bias } = tensors(inputs, 'a', 'b');
  if (!areFloats(x, bias) || bias.rank !== 1 || x.rank < 2 || x.shape.at(-1) !== bias.size) return undefined;
  const y = kernels.output(x.shape);
  const [px, pbias, py] = [kernels.pointer(x), kernels.pointer(bias), kernels.pointer(y)];
  kernels.run.addBias(px, pbias, py, x.size / bias.size, bias.size);
  return y;
}

/** The sum over all axes but the last: the gradient of a bias. */
export function columnSums({ inputs, attrs }: KernelCall, kernels: SimdKernels): tf.TensorInfo | undefined {
  const { x } = tensors(inputs, 'x');
  const { axis, keepDims } = attrs as unknown as { axis: number | number[]; keepDims: boolean };
  const axes = tf.util.parseAxisParam(axis, x.shape);
  const isOurs =
    areFloats(x) &&
    !keepDims &&
    x.rank > 1 &&
    axes.length === x.rank - 1 &&
    axes.every((each) => each < x.rank - 1);
  if (!isOurs) return undefined;
  const channels = x.shape.at(-1) as number;
  const sums = kernels.output([channels]);
  kernels.run.columnSums(kernels.pointer(x), kernels.pointer(sums), x.size / channels, channels);
  return sums;
}

/** Images as bytes to a network's input. See training/lab/batch.ts. */
export function pixels({ attrs }: KernelCall, kernels: SimdKernels): tf.TensorInfo {
  const { images, bytesAnImage, indices, offset, scale } = attrs as unknown as PixelAttributes;
  const count = indices.length * bytesAnImage;
  const values = kernels.output([count]);
  kernels.withScratch(Math.ceil(count / FLOAT_BYTES), (bytes) => {
    const target = kernels.bytes(bytes, count);
    for (const [row, index] of indices.entries()) {
      target.set(images.subarray(index * bytesAnImage, (index + 1) * bytesAnImage), row * bytesAnImage);
    }
    kernels.run.pixels(bytes, kernels.pointer(values), count, offset, scale);
  });
  return values;
}

/** One update of all parameters. See training/lab/adam.ts. */
export function adam({ inputs, attrs }: KernelCall, kernels: SimdKernels): tf.TensorInfo[] {
  const names = ['parameters', 'firstMoments', 'secondMoments', 'gradient'] as const;
  const named = tensors(inputs, ...names);
  const { parameters } = named;
  const { beta1, beta2, stepSize, epsilon } = attrs as unknown as AdamAttributes;
  const outputs = names.slice(1).map(() => kernels.output(parameters.shape));
  const [p, m, v, g] = names.map((name) => kernels.pointer(named[name])) as [number, number, number, number];
  const [newP, newM, newV] = outputs.map((tensor) => kernels.pointer(tensor)) as [number, number, number];
  const decay = [beta1, 1 - beta1, beta2, 1 - beta2] as const;
  kernels.run.adam(p, m, v, g, newP, newM, newV, parameters.size, ...decay, stepSize, epsilon);
  return outputs;
}

/** Inputs x [..., channels], alpha [channels], dy; outputs the gradients of x and of alpha. */
export function preluGradient({ inputs }: KernelCall, kernels: SimdKernels): tf.TensorInfo[] {
  const { x, alpha, dy } = tensors(inputs, 'x', 'alpha', 'dy');
  const dx = kernels.output(x.shape);
  const dalpha = kernels.output(alpha.shape);
  const pointers = [x, alpha, dy, dx, dalpha].map((tensor) => kernels.pointer(tensor));
  const [px, palpha, pdy, pdx, pdalpha] = pointers as [number, number, number, number, number];
  kernels.run.preluGradient(px, palpha, pdy, pdx, pdalpha, x.size / alpha.size, alpha.size);
  return [dx, dalpha];
}
