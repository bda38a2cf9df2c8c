/**
 * The lab's own SIMD kernels (assembly/index.ts) in the memory of TensorFlow.js's WASM backend: they
 * compute on its tensors without a copy.
 */

import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

/** Sizes and pointers (byte offsets into the backend's memory), as assembly/index.ts says. */
interface Exports {
  product(a: number, b: number, c: number, m: number, n: number, k: number): void;
  productTransposedA(a: number, b: number, c: number, m: number, n: number, k: number): void;
  convolution(x: number, filter: number, y: number, ...sizes: ConvolutionSizes): void;
  filterGradient(x: number, dy: number, dw: number, ...sizes: ConvolutionSizes): void;
  inputGradient(dy: number, turned: number, dx: number, scratch: number, ...sizes: ConvolutionSizes): void;
  pad(x: number, padded: number, ...sizes: PadSizes): void;
  crop(padded: number, x: number, ...sizes: PadSizes): void;
  maxPoolGradient(x: number, dy: number, dx: number, ...sizes: PoolSizes): void;
  preluGradient(
    x: number,
    slope: number,
    dy: number,
    dx: number,
    dslope: number,
    rows: number,
    channels: number,
  ): void;
}

export type ConvolutionSizes = [
  batch: number,
  /** Of the padded input. */
  height: number,
  width: number,
  input: number,
  outHeight: number,
  outWidth: number,
  output: number,
  filterHeight: number,
  filterWidth: number,
  stride: number,
];

export type PadSizes = [
  batch: number,
  height: number,
  width: number,
  channels: number,
  top: number,
  left: number,
  paddedHeight: number,
  paddedWidth: number,
];

export type PoolSizes = [
  batch: number,
  height: number,
  width: number,
  channels: number,
  outHeight: number,
  outWidth: number,
  windowHeight: number,
  windowWidth: number,
  strideHeight: number,
  strideWidth: number,
  top: number,
  left: number,
];

export class SimdKernels {
  readonly backend: BackendWasm;
  readonly run: Exports;

  private constructor(backend: BackendWasm, run: Exports) {
    this.backend = backend;
    this.run = run;
  }

  /**
   * Opens the kernels on the WASM backend that is set.
   *
   * @throws Error where the browser has no SIMD, or the backend's memory can't be had
   */
  static async open(binary: BufferSource): Promise<SimdKernels> {
    const backend = tf.backend() as BackendWasm;
    // The Emscripten module shows its exports; they are not in its types.
    const { asm } = backend.wasm as unknown as { asm?: { memory?: WebAssembly.Memory } };
    const memory = asm?.memory;
    if (!(memory instanceof WebAssembly.Memory)) throw new Error('The backend does not show its memory.');
    const { instance } = await WebAssembly.instantiate(binary, { env: { memory } });
    return new SimdKernels(backend, instance.exports as unknown as Exports);
  }

  /** Where a float32 tensor lies in the backend's memory. */
  pointer({ dataId }: tf.TensorInfo): number {
    const data = this.backend.dataIdMap.get(dataId) as { memoryOffset: number };
    return data.memoryOffset;
  }

  /** Room for intermediate values, until `work` is done. */
  withScratch<T>(count: number, work: (pointer: number) => T): T {
    const scratch = this.output([count]);
    try {
      return work(this.pointer(scratch));
    } finally {
      this.backend.disposeData(scratch.dataId);
    }
  }

  /** A new tensor whose values are not set yet. */
  output(shape: number[]): tf.TensorInfo {
    return this.backend.makeOutput(shape, 'float32');
  }
}
