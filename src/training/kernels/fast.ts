/**
 * Puts the lab's SIMD kernels in the place of slower ones, through `registerKernel` and
 * `registerGradient`: networks and losses do not know. Whatever a kernel can't serve (another type,
 * another layout) goes to the kernel that was there before.
 */

import * as tf from '@tensorflow/tfjs-core';
import { ADAM } from '../lab/adam.ts';
import { SCALED_PIXELS } from '../lab/batch.ts';
import type { FastKernel, KernelCall } from './calls.ts';
import { convolution, filterGradient, framed, inputGradient, maxPoolGradient } from './convolutions.ts';
import { SimdKernels } from './simd.ts';
import { adam, biased, columnSums, cropped, pixels, preluGradient, product, shared } from './values.ts';

/** The kernels of the backend that is open; another backend's tensors are not theirs. */
let current: SimdKernels | undefined;
let isRegistered = false;

/** Opens the kernels on the WASM backend that is set, and registers them. @throws as `SimdKernels.open` */
export async function openFastKernels(binary: BufferSource): Promise<void> {
  current = await SimdKernels.open(binary);
  if (isRegistered) return;
  isRegistered = true;
  faster('Conv2D', convolution);
  own('Conv2DBackpropFilter', (call, kernels) => served(filterGradient(call, kernels)));
  faster('Conv2DBackpropInput', inputGradient);
  faster('BatchMatMul', product);
  faster('MaxPoolGrad', maxPoolGradient);
  faster('PadV2', framed);
  faster('Slice', cropped);
  faster('Add', biased);
  faster('Sum', columnSums);
  faster('Identity', shared);
  own(SCALED_PIXELS, pixels);
  own(PRELU_GRADIENT, preluGradient);
  own(ADAM, adam);
  fasterPreluGradient();
}

/** Puts a kernel before the one that is there. */
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

/** Adds a kernel that TensorFlow.js does not have. */
function own(
  kernelName: string,
  kernel: (call: KernelCall, kernels: SimdKernels) => tf.TensorInfo | tf.TensorInfo[],
): void {
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: (call) => {
      if (current?.backend !== call.backend) throw new Error('The SIMD kernels are not open.');
      return kernel(call, current);
    },
  });
}

/** Where there is no other kernel to turn to. */
function served(result: tf.TensorInfo | undefined): tf.TensorInfo {
  if (result === undefined)
    throw new Error('On WebAssembly, this convolution has no gradient of its filter.');
  return result;
}

const PRELU_GRADIENT = 'LabPreluGradient';

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
