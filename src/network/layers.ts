/** The layers both networks are made of: how each is parametrised and what it computes. */

import * as tf from '@tensorflow/tfjs-core';
import { CLASSES, CLASSIFIER, type ParameterSpec, type Parameters } from './network.ts';

/** He et al. 2015: PReLU slopes start at 0.25. */
const INITIAL_SLOPE = 0.25;

/** The parameter of that name. Throws where a network names a parameter that it does not declare. */
export function parameter<T extends tf.Tensor>(parameters: Parameters, name: string): T {
  const tensor = parameters[name];
  if (tensor === undefined) throw new Error(`The network has no parameter "${name}".`);
  return tensor as T;
}

/** Weights [size, size, in, out], bias [out] and a PReLU slope a channel [out]. */
export function convolutionSpecs(name: string, size: number, input: number, output: number): ParameterSpec[] {
  const fanIn = size * size * input;
  return [
    { name: `${name}/weights`, shape: [size, size, input, output], initializer: { kind: 'he', fanIn } },
    { name: `${name}/bias`, shape: [output], initializer: { kind: 'constant', value: 0 } },
    { name: `${name}/slope`, shape: [output], initializer: { kind: 'constant', value: INITIAL_SLOPE } },
  ];
}

/** Convolution, bias, PReLU: [batch, h, w, in] to [batch, h', w', out]. */
export function convolution(
  parameters: Parameters,
  name: string,
  x: tf.Tensor4D,
  { stride, pad }: { stride: number; pad: number },
): tf.Tensor4D {
  const filter = parameter<tf.Tensor4D>(parameters, `${name}/weights`);
  const convolved: tf.Tensor4D = tf.conv2d(x, filter, stride, pad, 'NHWC', 1, 'floor');
  return biasedPrelu(parameters, name, convolved);
}

/** Weights [in, out], bias [out] and a PReLU slope a unit [out]. */
export function denseSpecs(name: string, input: number, output: number): ParameterSpec[] {
  return [
    { name: `${name}/weights`, shape: [input, output], initializer: { kind: 'he', fanIn: input } },
    { name: `${name}/bias`, shape: [output], initializer: { kind: 'constant', value: 0 } },
    { name: `${name}/slope`, shape: [output], initializer: { kind: 'constant', value: INITIAL_SLOPE } },
  ];
}

/** Product, bias, PReLU: [batch, in] to [batch, out]. */
export function dense(parameters: Parameters, name: string, x: tf.Tensor2D): tf.Tensor2D {
  const product = tf.matMul<tf.Tensor2D>(x, parameter<tf.Tensor2D>(parameters, `${name}/weights`));
  return biasedPrelu(parameters, name, product);
}

/** The linear feature layer, with bias, and the classifier on it, without (Wen et al.: with it the picture changes). */
export function headSpecs(input: number, dim: number): ParameterSpec[] {
  return [
    {
      name: 'features/weights',
      shape: [input, dim],
      initializer: { kind: 'xavier', fanIn: input, fanOut: dim },
    },
    { name: 'features/bias', shape: [dim], initializer: { kind: 'constant', value: 0 } },
    {
      name: CLASSIFIER,
      shape: [dim, CLASSES],
      initializer: { kind: 'xavier', fanIn: dim, fanOut: CLASSES },
    },
  ];
}

/** [batch, in] to features [batch, dim]: linear, since a PReLU here would shrink the negative coordinates. */
export function featureLayer(parameters: Parameters, x: tf.Tensor2D): tf.Tensor2D {
  const product = tf.matMul<tf.Tensor2D>(x, parameter<tf.Tensor2D>(parameters, 'features/weights'));
  return tf.add(product, parameter(parameters, 'features/bias'));
}

/** The classifier's weights W, [dim, classes]: a column an agent. */
export function agentsOf(parameters: Parameters): tf.Tensor2D {
  return parameter<tf.Tensor2D>(parameters, CLASSIFIER);
}

function biasedPrelu<T extends tf.Tensor>(parameters: Parameters, name: string, x: T): T {
  const biased = tf.add(x, parameter(parameters, `${name}/bias`));
  return tf.prelu(biased, parameter(parameters, `${name}/slope`)) as T;
}
