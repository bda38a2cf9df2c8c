/** What all kernels need to read their calls. */

import * as tf from '@tensorflow/tfjs-core';
import type { SimdKernels } from './simd.ts';

export type KernelCall = Parameters<tf.KernelFunc>[0];

/** Undefined where this call is not for the fast kernel. */
export type FastKernel = (call: KernelCall, kernels: SimdKernels) => tf.TensorInfo | undefined;

export type Shape4D = [number, number, number, number];

/** The engine hands kernels its own tensors under the type of plain descriptions. */
export function tensors<Name extends string>(
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

/** The same where descriptions are all that is needed, and all that there may be. */
export function tensorsOf<Name extends string>(
  inputs: tf.NamedTensorInfoMap,
  ...names: Name[]
): Record<Name, tf.TensorInfo> {
  const found = names.map((name) => {
    const info = inputs[name];
    if (info === undefined) throw new Error(`The kernel was called without the tensor "${name}".`);
    return [name, info] as const;
  });
  return Object.fromEntries(found) as Record<Name, tf.TensorInfo>;
}

export function areFloats(...all: readonly tf.Tensor[]): boolean {
  return all.every(({ dtype }) => dtype === 'float32');
}

export const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;

/** Columns of a panel in assembly/index.ts. */
const WIDE = 8;

/** Columns rounded up to whole panels. */
export function inPanels(columns: number): number {
  return Math.ceil(columns / WIDE) * WIDE;
}
