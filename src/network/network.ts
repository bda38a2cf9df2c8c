/** What a network is: an ordered list of parameters and two pure functions of them. */

import type * as tf from '@tensorflow/tfjs-core';

export type Initializer =
  /** Normal with standard deviation √(2 / fan-in) (He et al. 2015): before a PReLU. */
  | { readonly kind: 'he'; readonly fanIn: number }
  /** Uniform in ±√(6 / (fan-in + fan-out)) (Glorot & Bengio 2010): before a linear output. */
  | { readonly kind: 'xavier'; readonly fanIn: number; readonly fanOut: number }
  | { readonly kind: 'constant'; readonly value: number };

export interface ParameterSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initializer: Initializer;
}

/** Parameters by name, each with the shape of its spec. */
export type Parameters = Readonly<Record<string, tf.Tensor>>;

export interface Network {
  readonly name: string;
  /** Width of the feature layer: 2 for the plots. */
  readonly dim: number;
  readonly parameters: readonly ParameterSpec[];
  /** Images [batch, 28, 28, 1], scaled to about ±1, to features [batch, dim]. */
  features(parameters: Parameters, images: tf.Tensor4D): tf.Tensor2D;
}

/** The name of the classifier's weights W, [dim, classes], in every network's parameters. */
export const CLASSIFIER = 'classifier/weights';
export const CLASSES = 10;

/** Pixels 0..255 to the network's input: (x − 127.5) / 128, as the official center-loss example does. */
export const PIXEL_OFFSET = 127.5;
export const PIXEL_SCALE = 1 / 128;
