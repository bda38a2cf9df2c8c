/** Convolutions, pooling and pads of images, on the lab's SIMD kernels. */

import * as tf from '@tensorflow/tfjs-core';
import { areFloats, inPanels, type KernelCall, type Shape4D, tensors } from './calls.ts';
import type { ConvolutionSizes, PadSizes, SimdKernels } from './simd.ts';

interface ConvolutionAttributes {
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number;
  readonly dilations?: [number, number] | number;
  readonly dataFormat?: string;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

interface Geometry {
  readonly batch: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly input: number;
  readonly top: number;
  readonly left: number;
  /** Of the padded input. */
  readonly height: number;
  readonly width: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly output: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly stride: number;
}

/** Undefined for a convolution that these kernels do not serve. */
function geometryOf(
  inputShape: Shape4D,
  filterShape: Shape4D,
  attrs: ConvolutionAttributes,
): Geometry | undefined {
  const { strides, pad, dilations = 1, dataFormat = 'NHWC', dimRoundingMode } = attrs;
  if (dataFormat !== 'NHWC' || [dilations].flat().some((dilation) => dilation !== 1)) return undefined;
  const info = tf.backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad, dimRoundingMode);
  const { inHeight, inWidth, outHeight, outWidth, strideHeight: stride } = info;
  const { top, left, bottom, right } = info.padInfo;
  const [filterHeight, filterWidth, input, output] = filterShape;
  if (stride !== info.strideWidth || input !== info.inChannels) return undefined;
  const height = Math.max(inHeight + top + bottom, (outHeight - 1) * stride + filterHeight);
  const width = Math.max(inWidth + left + right, (outWidth - 1) * stride + filterWidth);
  const images = { batch: info.batchSize, inHeight, inWidth, input, top, left, height, width };
  return { ...images, outHeight, outWidth, output, filterHeight, filterWidth, stride };
}

function sizesOf(geometry: Geometry): ConvolutionSizes {
  const { batch, inHeight, inWidth, input, top, left, height, width } = geometry;
  const { outHeight, outWidth, output, filterHeight, filterWidth, stride } = geometry;
  const images = [batch, inHeight, inWidth, input, top, left, height, width] as const;
  return [...images, outHeight, outWidth, output, filterHeight, filterWidth, stride];
}

export function convolution({ inputs, attrs }: KernelCall, kernels: SimdKernels): tf.TensorInfo | undefined {
  const { x, filter } = tensors(inputs, 'x', 'filter');
  const attributes = attrs as unknown as ConvolutionAttributes;
  const geometry = geometryOf(x.shape as Shape4D, filter.shape as Shape4D, attributes);
  if (geometry === undefined || !areFloats(x, filter)) return undefined;
  const { batch, input, height, width, outHeight, outWidth, output, filterHeight, filterWidth } = geometry;
  const y = kernels.output([batch, outHeight, outWidth, output]);
  const room = height * width * input + filterHeight * filterWidth * input * inPanels(output);
  kernels.withScratch(room, (scratch) => {
    const [px, pfilter, py] = [kernels.pointer(x), kernels.pointer(filter), kernels.pointer(y)];
    kernels.run.convolution(px, pfilter, py, scratch, ...sizesOf(geometry));
  });
  return y;
}

export function filterGradient(
  { inputs, attrs }: KernelCall,
  kernels: SimdKernels,
): tf.TensorInfo | undefined {
  const { x, dy } = tensors(inputs, 'x', 'dy');
  const { filterShape } = attrs as unknown as { filterShape: Shape4D };
  const geometry = geometryOf(x.shape as Shape4D, filterShape, attrs as unknown as ConvolutionAttributes);
  if (geometry === undefined || !areFloats(x, dy)) return undefined;
  const { input, height, width, outHeight, outWidth, output } = geometry;
  const dw = kernels.output([...filterShape]);
  const room = height * width * input + outHeight * outWidth * inPanels(output);
  kernels.withScratch(room, (scratch) => {
    const [px, pdy, pdw] = [kernels.pointer(x), kernels.pointer(dy), kernels.pointer(dw)];
    kernels.run.filterGradient(px, pdy, pdw, scratch, ...sizesOf(geometry));
  });
  return dw;
}

export function inputGradient(
  { inputs, attrs }: KernelCall,
  kernels: SimdKernels,
): tf.TensorInfo | undefined {
  const { dy, filter } = tensors(inputs, 'dy', 'filter');
  const { inputShape } = attrs as unknown as { inputShape: Shape4D };
  const geometry = geometryOf(inputShape, filter.shape as Shape4D, attrs as unknown as ConvolutionAttributes);
  if (geometry === undefined || !areFloats(dy, filter)) return undefined;
  const { batch, inHeight, inWidth, input, top, left } = geometry;
  const { outHeight, outWidth, output, filterHeight, filterWidth, stride } = geometry;
  // Taps of the filter that a pixel can meet; dy gets a frame of zeros, so that every pixel meets as many.
  const down = Math.ceil(filterHeight / stride);
  const across = Math.ceil(filterWidth / stride);
  const rows = down - 1 + Math.max(outHeight, Math.floor((inHeight - 1 + top) / stride) + 1);
  const columns = across - 1 + Math.max(outWidth, Math.floor((inWidth - 1 + left) / stride) + 1);
  const dx = kernels.output(inputShape);
  const room = rows * columns * output + filterHeight * filterWidth * output * inPanels(input);
  kernels.withScratch(room, (scratch) => {
    const [pdy, pfilter, pdx] = [kernels.pointer(dy), kernels.pointer(filter), kernels.pointer(dx)];
    const images = [batch, inHeight, inWidth, input, top, left] as const;
    const gradients = [outHeight, outWidth, rows, columns, output] as const;
    const taps = [filterHeight, filterWidth, stride] as const;
    kernels.run.inputGradient(pdy, pfilter, pdx, scratch, ...images, ...gradients, ...taps);
  });
  return dx;
}

export function maxPoolGradient(
  { inputs, attrs }: KernelCall,
  kernels: SimdKernels,
): tf.TensorInfo | undefined {
  const { input: x, dy } = tensors(inputs, 'input', 'dy');
  const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as ConvolutionAttributes & {
    filterSize: [number, number] | number;
  };
  if (!areFloats(x, dy)) return undefined;
  const shape = x.shape as Shape4D;
  const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const dx = kernels.output(shape);
  kernels.run.maxPoolGradient(
    kernels.pointer(x),
    kernels.pointer(dy),
    kernels.pointer(dx),
    ...shape,
    info.outHeight,
    info.outWidth,
    info.filterHeight,
    info.filterWidth,
    info.strideHeight,
    info.strideWidth,
    info.padInfo.top,
    info.padInfo.left,
  );
  return dx;
}

/** Zeros round images. The stock kernel goes value by value. */
export function framed({ inputs, attrs }: KernelCall, kernels: SimdKernels): tf.TensorInfo | undefined {
  const { x } = tensors(inputs, 'x');
  const { paddings, constantValue } = attrs as unknown as {
    paddings: [number, number][];
    constantValue: number;
  };
  const [batches, rows, columns, channels] = paddings;
  const isOurs =
    areFloats(x) &&
    constantValue === 0 &&
    paddings.length === 4 &&
    [batches, channels].flat().every((size) => size === 0);
  if (!isOurs || rows === undefined || columns === undefined) return undefined;
  const [batch, height, width, depth] = x.shape as Shape4D;
  const outHeight = height + rows[0] + rows[1];
  const outWidth = width + columns[0] + columns[1];
  const y = kernels.output([batch, outHeight, outWidth, depth]);
  const sizes: PadSizes = [batch, height, width, depth, rows[0], columns[0], outHeight, outWidth];
  kernels.run.pad(kernels.pointer(x), kernels.pointer(y), ...sizes);
  return y;
}
