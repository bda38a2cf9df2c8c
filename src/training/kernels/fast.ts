/**
 * Puts the lab's SIMD kernels in the place of slower ones, through `registerKernel` and
 * `registerGradient`: networks and losses do not know. Whatever a kernel can't serve (another type,
 * another layout, filters too large for the cache) goes to the kernel that was there before.
 */

import * as tf from '@tensorflow/tfjs-core';
import { type ConvolutionSizes, type PadSizes, SimdKernels } from './simd.ts';

/** The kernels of the backend that is open; another backend's tensors are not theirs. */
let current: SimdKernels | undefined;

/**
 * Filters up to so many values are served here: a panel of their columns stays in the first cache. Above,
 * XNNPACK's packed weights are faster.
 */
const LARGEST_FILTER = 8192;

type KernelCall = Parameters<tf.KernelFunc>[0];

/** Opens the kernels on the WASM backend that is set, and registers them. @throws as `SimdKernels.open` */
export async function openFastKernels(binary: BufferSource): Promise<void> {
  current = await SimdKernels.open(binary);
  if (isRegistered) return;
  isRegistered = true;
  faster('Conv2D', convolution);
  faster('Conv2DBackpropFilter', filterGradient);
  faster('Conv2DBackpropInput', inputGradient);
  faster('BatchMatMul', product);
  faster('MaxPoolGrad', maxPoolGradient);
  faster('PadV2', framed);
  faster('Slice', cropped);
  tf.registerKernel({
    kernelName: PRELU_GRADIENT,
    backendName: 'wasm',
    kernelFunc: preluGradient as tf.KernelFunc,
  });
  fasterPreluGradient();
}

let isRegistered = false;

/** Undefined where this call is not for the fast kernel. */
type FastKernel = (call: KernelCall, kernels: SimdKernels) => tf.TensorInfo | undefined;

function faster(kernelName: string, fast: FastKernel): void {
  const before = tf.getKernel(kernelName, 'wasm');
  if (before === undefined) throw new Error(`The WASM backend has no kernel ${kernelName}.`);
  tf.unregisterKernel(kernelName, 'wasm');
  tf.registerKernel({
    ...before,
    kernelFunc: (call) => {
      const kernels = current?.backend === call.backend ? current : undefined;
      return (kernels === undefined ? undefined : fast(call, kernels)) ?? before.kernelFunc(call);
    },
  });
}

interface ConvolutionAttributes {
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number;
  readonly dilations?: [number, number] | number;
  readonly dataFormat?: string;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

type Shape4D = [number, number, number, number];

interface Geometry {
  readonly sizes: ConvolutionSizes;
  readonly outShape: Shape4D;
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
  if (filterShape.reduce((product, size) => product * size) > LARGEST_FILTER) return undefined;
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
    pads:
      height === inHeight && width === inWidth
        ? undefined
        : [info.batchSize, inHeight, inWidth, input, padInfo.top, padInfo.left, height, width],
  };
}

function convolution({ inputs, attrs }: KernelCall, kernels: SimdKernels): tf.TensorInfo | undefined {
  const { x, filter } = tensors(inputs, 'x', 'filter');
  const geometry = geometryOf(
    x.shape as Shape4D,
    filter.shape as Shape4D,
    attrs as unknown as ConvolutionAttributes,
  );
  if (geometry === undefined || !areFloats(x, filter)) return undefined;
  return withPadded(x, geometry, kernels, (padded) => {
    const y = kernels.output(geometry.outShape);
    kernels.run.convolution(padded, kernels.pointer(filter), kernels.pointer(y), ...geometry.sizes);
    return y;
  });
}

function filterGradient({ inputs, attrs }: KernelCall, kernels: SimdKernels): tf.TensorInfo | undefined {
  const { x, dy } = tensors(inputs, 'x', 'dy');
  const { filterShape } = attrs as unknown as { filterShape: Shape4D };
  const geometry = geometryOf(x.shape as Shape4D, filterShape, attrs as unknown as ConvolutionAttributes);
  if (geometry === undefined || !areFloats(x, dy)) return undefined;
  return withPadded(x, geometry, kernels, (padded) => {
    const dw = kernels.output([...filterShape]);
    kernels.run.filterGradient(padded, kernels.pointer(dy), kernels.pointer(dw), ...geometry.sizes);
    return dw;
  });
}

function inputGradient({ inputs, attrs }: KernelCall, kernels: SimdKernels): tf.TensorInfo | undefined {
  const { dy, filter } = tensors(inputs, 'dy', 'filter');
  const { inputShape } = attrs as unknown as { inputShape: Shape4D };
  const geometry = geometryOf(inputShape, filter.shape as Shape4D, attrs as unknown as ConvolutionAttributes);
  if (geometry === undefined || !areFloats(dy, filter)) return undefined;
  const { sizes, pads } = geometry;
  const [batch, height, width, input, outHeight, outWidth, output] = sizes;
  const patch = filter.size / output;
  // [patch, output] to [output, patch].
  const turned = tf.tidy(() => tf.transpose(tf.reshape(filter, [patch, output])));
  const dx = kernels.output(inputShape);
  kernels.withScratch(outHeight * outWidth * patch, (scratch) => {
    const [pdy, pturned] = [kernels.pointer(dy), kernels.pointer(turned)];
    if (pads === undefined) {
      kernels.run.inputGradient(pdy, pturned, kernels.pointer(dx), scratch, ...sizes);
      return;
    }
    kernels.withScratch(batch * height * width * input, (padded) => {
      kernels.run.inputGradient(pdy, pturned, padded, scratch, ...sizes);
      kernels.run.crop(padded, kernels.pointer(dx), ...pads);
    });
  });
  turned.dispose();
  return dx;
}

function product({ inputs, attrs }: KernelCall, kernels: SimdKernels): tf.TensorInfo | undefined {
  const { a, b } = tensors(inputs, 'a', 'b');
  const { transposeA, transposeB } = attrs as unknown as { transposeA: boolean; transposeB: boolean };
  const isOneProduct =
    a.shape.slice(0, -2).every((size) => size === 1) && b.shape.slice(0, -2).every((size) => size === 1);
  if (!isOneProduct || (transposeA && transposeB) || !areFloats(a, b)) return undefined;
  const [rowsOfA, columnsOfA] = a.shape.slice(-2) as [number, number];
  const [rowsOfB, columnsOfB] = b.shape.slice(-2) as [number, number];
  const plainB = transposeB ? tf.tidy(() => tf.transpose(tf.reshape(b, [rowsOfB, columnsOfB]))) : b;
  const m = transposeA ? columnsOfA : rowsOfA;
  const n = transposeB ? rowsOfB : columnsOfB;
  const c = kernels.output([...a.shape.slice(0, -2), m, n]);
  const [pointerA, pointerB, pointerC] = [a, plainB, c].map((tensor) => kernels.pointer(tensor)) as [
    number,
    number,
    number,
  ];
  if (transposeA) kernels.run.productTransposedA(pointerA, pointerB, pointerC, rowsOfA, n, columnsOfA);
  else kernels.run.product(pointerA, pointerB, pointerC, rowsOfA, n, columnsOfA);
  if (transposeB) plainB.dispose();
  return c;
}

function maxPoolGradient({ inputs, attrs }: KernelCall, kernels: SimdKernels): tf.TensorInfo | undefined {
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
function framed({ inputs, attrs }: KernelCall, kernels: SimdKernels): tf.TensorInfo | undefined {
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

/** The middle of images. The stock kernel goes value by value. */
function cropped({ inputs, attrs }: KernelCall, kernels: SimdKernels): tf.TensorInfo | undefined {
  const { x } = tensors(inputs, 'x');
  if (x.rank !== 4 || !areFloats(x)) return undefined;
  const { begin, size } = attrs as unknown as { begin: number[]; size: number[] };
  const [starts, sizes] = tf.slice_util.parseSliceParams(x, begin, size) as [number[], Shape4D];
  const [batch, height, width, depth] = x.shape as Shape4D;
  if (sizes[0] !== batch || sizes[3] !== depth) return undefined;
  const y = kernels.output(sizes);
  const [, top = 0, left = 0] = starts;
  kernels.run.crop(
    kernels.pointer(x),
    kernels.pointer(y),
    batch,
    sizes[1],
    sizes[2],
    depth,
    top,
    left,
    height,
    width,
  );
  return y;
}

const PRELU_GRADIENT = 'LabPreluGradient';

/** Inputs x [..., channels], alpha [channels], dy; outputs the gradients of x and of alpha. */
function preluGradient({ inputs }: KernelCall): tf.TensorInfo[] {
  const kernels = current;
  if (kernels === undefined) throw new Error('The SIMD kernels are not open.');
  const { x, alpha, dy } = tensors(inputs, 'x', 'alpha', 'dy');
  const dx = kernels.output(x.shape);
  const dalpha = kernels.output(alpha.shape);
  const pointers = [x, alpha, dy, dx, dalpha].map((tensor) => kernels.pointer(tensor));
  const [px, palpha, pdy, pdx, pdalpha] = pointers as [number, number, number, number, number];
  kernels.run.preluGradient(px, palpha, pdy, pdx, pdalpha, x.size / alpha.size, alpha.size);
  return [dx, dalpha];
}

/** TensorFlow.js composes PReLU's gradients from ten kernels; a slope a channel is served by one. */
function fasterPreluGradient(): void {
  const before = tf.getGradient('Prelu');
  if (before === undefined) throw new Error('PReLU has no gradient to replace.');
  tf.unregisterGradient('Prelu');
  tf.registerGradient({
    ...before,
    gradFunc: (dy, saved, attrs) => {
      const [x, alpha] = saved as [tf.Tensor, tf.Tensor];
      const isChannelwise = alpha.size === x.shape.at(-1) && alpha.size === alpha.shape.at(-1);
      const isOurs = current !== undefined && tf.getBackend() === 'wasm' && tf.backend() === current.backend;
      if (!isOurs || !isChannelwise || Array.isArray(dy)) return before.gradFunc(dy, saved, attrs);
      // At once: each gradient below is asked for in a scope of its own, which disposes what is not returned.
      const both = tf.engine().runKernel(PRELU_GRADIENT, { x, alpha, dy }) as unknown as tf.Tensor[];
      const [dx = x, dalpha = alpha] = both;
      return { x: () => dx, alpha: () => dalpha };
    },
  });
}

/** Runs `work` on a pointer to the input with its pads. */
function withPadded(
  x: tf.Tensor,
  { sizes, pads }: Geometry,
  kernels: SimdKernels,
  work: (padded: number) => tf.TensorInfo,
): tf.TensorInfo {
  if (pads === undefined) return work(kernels.pointer(x));
  const [batch, height, width, input] = sizes;
  return kernels.withScratch(batch * height * width * input, (padded) => {
    kernels.run.pad(kernels.pointer(x), padded, ...pads);
    return work(padded);
  });
}

/** The engine hands kernels its own tensors under the type of plain descriptions. */
function tensors<Name extends string>(
  inputs: tf.NamedTensorInfoMap,
  ...names: Name[]
): Record<Name, tf.Tensor> {
  const found = names.map((name) => {
    const info = inputs[name];
    if (!(info instanceof tf.Tensor)) throw new Error(`The kernel was called without the tensor "${name}".`);
    return [name, info] as const;
  });
  return Object.fromEntries(found) as Record<Name, tf.Tensor>;
}

function areFloats(...all: readonly tf.Tensor[]): boolean {
  return all.every(({ dtype }) => dtype === 'float32');
}
