/** Reads results from the device; one that does not answer in time is an error. */

import * as tf from '@tensorflow/tfjs-core';

/** Far above what the slowest device takes for the work that a read waits for. */
const LIMIT_MS = 20_000;
/** A pass of LeNets++ takes a hundred times as long. */
const LONGER_MS: Readonly<Record<string, number>> = { 'lenets++': 300_000 };

/**
 * The values of a tensor as an array of its own.
 *
 * @throws Error with a sentence where the device does not answer in time
 */
export async function read(tensor: tf.Tensor): Promise<Float32Array> {
  // WebGL answers a synchronous read far sooner than a polled one; WebGPU has none.
  return Float32Array.from(tf.getBackend() === 'webgpu' ? await readPolled(tensor) : tensor.dataSync());
}

/**
 * The same, with messages handled meanwhile: for reads that wait for much work.
 *
 * @param network whose work it is, by name
 */
export async function readPolled(tensor: tf.Tensor, network = ''): Promise<Float32Array> {
  const limit = LONGER_MS[network] ?? LIMIT_MS;
  return within(limit, tensor.data<'float32'>(), 'the device that computes did not answer in time');
}

/** @throws Error with this reason where the promise does not settle in time */
export async function within<T>(milliseconds: number, promise: Promise<T>, reason: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(reason)), milliseconds);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}
