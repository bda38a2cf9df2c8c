/**
 * All parameters of a network as one flat vector: what the optimiser updates, what a checkpoint
 * stores, and how it is laid out.
 */

import * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '../data/random.ts';
import type { Network, Parameters } from './network.ts';
import { parameterCount, sizeOf } from './parameter-specs.ts';

/** θ at step 0, [parameter count]; equal seeds give equal values on every machine. */
export function initialParameters(network: Network, seed: number): Float32Array {
  const random = createRandom(seed, 'parameters');
  const theta = new Float32Array(parameterCount(network.parameters));
  let offset = 0;
  for (const spec of network.parameters) {
    const end = offset + sizeOf(spec);
    const { initializer } = spec;
    for (let i = offset; i < end; i++) {
      if (initializer.kind === 'he') {
        theta[i] = random.normal() * Math.sqrt(2 / initializer.fanIn);
      } else if (initializer.kind === 'xavier') {
        const limit = Math.sqrt(6 / (initializer.fanIn + initializer.fanOut));
        theta[i] = (2 * random.uniform() - 1) * limit;
      } else {
        theta[i] = initializer.value;
      }
    }
    offset = end;
  }
  return theta;
}

/** θ [parameter count] as tensors of their own shapes. */
export function unflatten(network: Network, theta: tf.Tensor1D): Parameters {
  const parameters: Record<string, tf.Tensor> = {};
  let offset = 0;
  for (const spec of network.parameters) {
    const size = sizeOf(spec);
    parameters[spec.name] = tf.reshape(tf.slice1d(theta, offset, size), [...spec.shape]);
    offset += size;
  }
  return parameters;
}

/** The inverse of `unflatten`: tensors in the order of the network's parameters, to one vector. */
export function flatten(tensors: readonly tf.Tensor[]): tf.Tensor1D {
  return tf.concat1d(tensors.map((tensor) => tf.reshape(tensor, [-1])));
}

/** One parameter's part of θ, a view. Throws for a name that the network does not have. */
export function parameterView(network: Network, theta: Float32Array, name: string): Float32Array {
  let offset = 0;
  for (const spec of network.parameters) {
    const size = sizeOf(spec);
    if (spec.name === name) return theta.subarray(offset, offset + size);
    offset += size;
  }
  throw new Error(`The network has no parameter "${name}".`);
}
