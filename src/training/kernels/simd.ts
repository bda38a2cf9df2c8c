/**
 * The lab's own SIMD kernels (assembly/index.ts) in the memory of TensorFlow.js's WASM backend: they
 * compute on its tensors without a copy.
 */

import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

/** Sizes and pointers (byte offsets into the backend's memory), as assembly/index.ts says. */
interface Exports {
  /** A and B each with the bytes from row to row and along a row. */
  product(
    a: number,
    rowOfA: number,
    stepA: number,
    b: number,
    rowOfB: number,
    stepB: number,
    c: number,
    scratch: number,
    m: number,
    n: number,
    k: number,
  ): void;
  convolution(x: number, filter: number, y: number, scratch: number, ...sizes: ConvolutionSizes): void;
  filterGradient(x: number, dy: number, dw: number, scratch: number, ...sizes: ConvolutionSizes): void;
  inputGradient(dy: number, filter: number, dx: number, scratch: number, ...sizes: InputGradientSizes): void;
  pad(x: number, padded: number, ...sizes: PadSizes): void;
  crop(padded: number, x: number, ...sizes: PadSizes): void;
  maxPoolGradient(x: number, dy: number, dx: number, ...sizes: PoolSizes): void;
  pixels(bytes: number, values: number, count: number, offset: number, scale: number): void;
  addBias(x: number, bias: number, y: number, rows: number, channels: number): void;
  columnSums(x: number, sums: number, rows: number, channels: number): void;
  adam(
    parameters: number,
    firstMoments: number,
    secondMoments: number,
    gradient: number,
    newParameters: number,
    newFirstMoments: number,
    newSecondMoments: number,
    count: number,
    beta1: number,
    oneMinusBeta1: number,
    beta2: number,
    oneMinusBeta2: number,
    stepSize: number,
    epsilon: number,
  ): void;
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
  inHeight: number,
  inWidth: number,
  input: number,
  top: number,
  left: number,
  /** Of the padded input. */
  height: number,
  width: number,
  outHeight: number,
  outWidth: number,
  output: number,
  filterHeight: number,
  filterWidth: number,
  stride: number,
];

export type InputGradientSizes = [
  batch: number,
  /** Of the input, without padding. */
  height: number,
  width: number,
  input: number,
  top: number,
  left: number,
  outHeight: number,
  outWidth: number,
  /** Of the output's gradient with its frame. */
  rowsOfDy: number,
  columnsOfDy: number,
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

  readonly #memory: WebAssembly.Memory;

  private constructor(backend: BackendWasm, memory: WebAssembly.Memory, run: Exports) {
    this.backend = backend;
    this.#memory = memory;
    this.run = run;
  }

  /**
   * Opens the kernels on the WASM backend that is set.
   *
   * @param binary one of the builds of assembly/
   * @throws Error where the browser has no SIMD, or the backend's memory can't be had
   */
  static async open(binary: BufferSource): Promise<SimdKernels> {
    const backend = tf.backend() as BackendWasm;
    // The Emscripten module shows its exports; they are not in its types.
    const { asm } = backend.wasm as unknown as { asm?: { memory?: WebAssembly.Memory } };
    const memory = asm?.memory;
    if (!(memory instanceof WebAssembly.Memory)) throw new Error('The backend does not show its memory.');
    const { instance } = await WebAssembly.instantiate(binary, { env: { memory } });
    return new SimdKernels(backend, memory, instance.exports as unknown as Exports);
  }

  /** Where a float32 tensor lies in the backend's memory. */
  pointer({ dataId }: tf.TensorInfo): number {
    const data = this.backend.dataIdMap.get(dataId) as { memoryOffset: number };
    return data.memoryOffset;
  }

  /** A view of the backend's memory; it holds until the next allocation. */
  bytes(pointer: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, pointer, length);
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
