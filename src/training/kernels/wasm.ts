/**
 * What TensorFlow.js 4.22's WASM backend needs to train: the missing Conv2DBackpropFilter, a
 * MaxPoolGrad that is right where a window holds no positive value, and faster forms of
 * Conv2DBackpropInput and of products with a transposed operand. Registered through the public
 * `registerKernel`, so that networks and losses do not know.
 */

import * as tf from '@tensorflow/tfjs-core';
import {
  type ConvolutionGeometry,
  convolutionFilterGradient,
  convolutionInputGradient,
  maxPoolGradient,
} from './composed.ts';

type Inputs = tf.NamedTensorInfoMap;
type Attributes = tf.NamedAttrMap | undefined;

/** Call once the WASM backend has been imported, before it is used; calling it again does nothing. */
export function registerWasmTrainingKernels(): void {
  if (registered) return;
  registered = true;
  replace('Conv2DBackpropFilter', ({ inputs, attrs }) => {
    const x = tensorOf(inputs, 'x') as tf.Tensor4D;
    const dy = tensorOf(inputs, 'dy') as tf.Tensor4D;
    const { filterShape } = attrs as unknown as { filterShape: [number, number, number, number] };
    return convolutionFilterGradient(x, dy, filterShape, geometryOf(x.shape, filterShape, attrs));
  });
  replace('Conv2DBackpropInput', ({ inputs, attrs }) => {
    const dy = tensorOf(inputs, 'dy') as tf.Tensor4D;
    const filter = tensorOf(inputs, 'filter') as tf.Tensor4D;
    const { inputShape } = attrs as unknown as { inputShape: [number, number, number, number] };
    return convolutionInputGradient(dy, filter, inputShape, geometryOf(inputShape, filter.shape, attrs));
  });
  replace('MaxPoolGrad', ({ inputs, attrs }) => {
    const x = tensorOf(inputs, 'input') as tf.Tensor4D;
    const dy = tensorOf(inputs, 'dy') as tf.Tensor4D;
    const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as PoolAttributes;
    const info = tf.backend_util.computePool2DInfo(x.shape, filterSize, strides, 1, pad, dimRoundingMode);
    return maxPoolGradient(dy, x, {
      size: [info.filterHeight, info.filterWidth],
      stride: [info.strideHeight, info.strideWidth],
      padTop: info.padInfo.top,
      padLeft: info.padInfo.left,
    });
  });
  transposeBeforeProducts();
}

let registered = false;

interface ConvolutionAttributes {
  strides: [number, number] | number;
  pad: 'valid' | 'same' | number;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

interface PoolAttributes extends ConvolutionAttributes {
  filterSize: [number, number] | number;
}

/** Stride and pads as the forward kernel computed them. Throws on channels-first data, which the lab never has. */
function geometryOf(
  inputShape: readonly [number, number, number, number],
  filterShape: readonly [number, number, number, number],
  attributes: Attributes,
): ConvolutionGeometry {
  const { strides, pad, dimRoundingMode } = attributes as unknown as ConvolutionAttributes;
  const info = tf.backend_util.computeConv2DInfo(
    [...inputShape],
    [...filterShape],
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  return { stride: [info.strideHeight, info.strideWidth], pad: info.padInfo };
}

/** The stock kernel's products with a transposed operand are naive loops; a transposition first is far cheaper. */
function transposeBeforeProducts(): void {
  const stock = tf.getKernel('BatchMatMul', 'wasm');
  if (stock === undefined) throw new Error('The WASM backend has no BatchMatMul kernel.');
  replace(
    'BatchMatMul',
    (call) => {
      const { transposeA, transposeB } = call.attrs as unknown as {
        transposeA: boolean;
        transposeB: boolean;
      };
      if (!transposeA && !transposeB) return stock.kernelFunc(call) as tf.TensorInfo;
      const a = tensorOf(call.inputs, 'a');
      const b = tensorOf(call.inputs, 'b');
      const plainA = transposeA ? transposedMatrices(a) : a;
      const plainB = transposeB ? transposedMatrices(b) : b;
      const result = stock.kernelFunc({
        ...call,
        inputs: { a: plainA, b: plainB },
        attrs: { transposeA: false, transposeB: false },
      });
      if (transposeA) plainA.dispose();
      if (transposeB) plainB.dispose();
      return result as tf.TensorInfo;
    },
    stock,
  );
}

/** [..., rows, columns] to [..., columns, rows]. */
function transposedMatrices(x: tf.Tensor): tf.Tensor {
  const axes = Array.from({ length: x.rank }, (_, axis) => axis);
  const [rows, columns] = [x.rank - 2, x.rank - 1];
  return tf.transpose(x, [...axes.slice(0, rows), columns, rows]);
}

type KernelCall = Parameters<tf.KernelFunc>[0];

/** Registers a kernel in the place of the stock one. A kernel that calls the `wrapped` one keeps its set-up and disposal. */
function replace(
  kernelName: string,
  kernelFunc: (call: KernelCall) => tf.TensorInfo,
  wrapped?: tf.KernelConfig,
): void {
  if (tf.getKernel(kernelName, 'wasm') !== undefined) tf.unregisterKernel(kernelName, 'wasm');
  tf.registerKernel({ ...wrapped, kernelName, backendName: 'wasm', kernelFunc: kernelFunc as tf.KernelFunc });
}

/** The engine hands kernels its own tensors under the type of plain descriptions. */
function tensorOf(inputs: Inputs, name: string): tf.Tensor {
  const info = inputs[name];
  if (!(info instanceof tf.Tensor)) throw new Error(`The kernel was called without the tensor "${name}".`);
  return info;
}
