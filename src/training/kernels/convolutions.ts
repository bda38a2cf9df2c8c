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
  readonly sizes: ConvolutionSizes;
  readonly outShape: Shape4D;
  readonly top: number;
  readonly left: number;
  /** Of the input in the padded input; undefined where nothing is padded. */
  readonly pads: PadSizes | undefined;
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
  const { strideHeight, strideWidth, padInfo, inHeight, inWidth, outHeight, outWidth } = info;
  const [filterHeight, filterWidth, input, output] = filterShape;
  if (strideHeight !== strideWidth || input !== info.inChannels) return undefined;
  const height = Math.max(
    inHeight + padInfo.top + padInfo.bottom,
    (outHeight - 1) * strideHeight + filterHeight,
  );
  const width = Math.max(inWidth + padInfo.left + padInfo.right, (outWidth - 1) * strideWidth + filterWidth);
  return {
    sizes: [
      info.batchSize,
      height,
      width,
      input,
      outHeight,
      outWidth,
      output,
      filterHeight,
      filterWidth,
      strideHeight,
    ],
    outShape: [info.batchSize, outHeight, outWidth, output],
    top: padInfo.top,
    left: padInfo.left,
    pads:
      height === inHeight && width === inWidth
        ? undefined
        : [info.batchSize, inHeight, inWidth, input, padInfo.top, padInfo.left, height, width],
  };
}

export function convolution({ inputs, attrs }: KernelCall, kernels: SimdKernels): tf.TensorInfo | undefined {
  const { x, filter } = tensors(inputs, 'x', 'filter');
  const geometry = geometryOf(
    x.shape as Shape4D,
    filter.shape as Shape4D,
    attrs as unknown as ConvolutionAttributes,
  );
  if (geometry === undefined || !areFloats(x, filter)) return undefined;
  const y = kernels.output(geometry.outShape);
  withPadded(x, geometry, kernels, (padded) => {
    const [output = 0] = filter.shape.slice(-1);
    kernels.withScratch((filter.size / output) * inPanels(output), (scratch) => {
      const [pfilter, py] = [kernels.pointer(filter), kernels.pointer(y)];
      kernels.run.convolution(padded, pfilter, py, scratch, ...geometry.sizes);
    });
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
  const dw = kernels.output([...filterShape]);
  withPadded(x, geometry, kernels, (padded) => {
    const [, outHeight, outWidth, output] = geometry.outShape;
    kernels.withScratch(outHeight * outWidth * inPanels(output), (scratch) => {
      const [pdy, pdw] = [kernels.pointer(dy), kernels.pointer(dw)];
      kernels.run.filterGradient(padded, pdy, pdw, scratch, ...geometry.sizes);
    });
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
  const { sizes, top, left } = geometry;
  const [batch, height, width, input] = inputShape;
  const [, , , , outHeight, outWidth, output, filterHeight, filterWidth, stride] = sizes;
  // Taps of the filter that a pixel can meet; dy gets a frame of zeros, so that every pixel meets as many.
  const down = Math.ceil(filterHeight / stride);
  const across = Math.ceil(filterWidth / stride);
  const rows = down - 1 + Math.max(outHeight, Math.floor((height - 1 + top) / stride) + 1);
  const columns = across - 1 + Math.max(outWidth, Math.floor((width - 1 + left) / stride) + 1);
  const dx = kernels.output(inputShape);
  kernels.withScratch(batch * rows * columns * output, (framed) => {
    const frame: PadSizes = [batch, outHeight, outWidth, output, down - 1, across - 1, rows, columns];
    kernels.run.pad(kernels.pointer(dy), framed, ...frame);
    kernels.withScratch(down * across * output * inPanels(input), (scratch) => {
      const [pfilter, pdx] = [kernels.pointer(filter), kernels.pointer(dx)];
      const images = [batch, height, width, input, top, left] as const;
      const taps = [output, filterHeight, filterWidth, stride] as const;
      kernels.run.inputGradient(framed, pfilter, pdx, scratch, ...images, rows, columns, ...taps);
    });
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

/** Runs `work` on a pointer to the input with its pads. */
function withPadded(
  x: tf.Tensor,
  { sizes, pads }: Geometry,
  kernels: SimdKernels,
  work: (padded: number) => void,
): void {
  if (pads === undefined) {
    work(kernels.pointer(x));
    return;
  }
  const [batch, height, width, input] = sizes;
  kernels.withScratch(batch * height * width * input, (padded) => {
    kernels.run.pad(kernels.pointer(x), padded, ...pads);
    work(padded);
  });
}
