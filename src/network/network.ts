/** What a network is: an ordered list of parameters and two pure functions of them. */

import type * as tf from '@tensorflow/tfjs-core';
import type { NetworkShape, ParameterSpec } from './parameter-specs.ts';

/** Parameters by name, each with the shape of its spec. */
export type Parameters = Readonly<Record<string, tf.Tensor>>;

export interface Network extends NetworkShape {
  /** As the table of networks has it. */
  readonly name: 'compact' | 'lenets++';
  readonly parameters: readonly ParameterSpec[];
  /** Images [batch, side, side, 1], scaled to about ±1, to features [batch, dim]. */
  features(parameters: Parameters, images: tf.Tensor4D): tf.Tensor2D;
}

/** Pixels 0..255 to the network's input: (x − 127.5) / 128, as the official center-loss example does. */
export const PIXEL_OFFSET = 127.5;
export const PIXEL_SCALE = 1 / 128;
