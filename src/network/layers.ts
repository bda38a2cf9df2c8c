/** The layers both networks are made of: what each computes. How each is parametrised: parameter-specs.ts. */

import * as tf from '@tensorflow/tfjs-core';
import type { Parameters } from './network.ts';
import { CLASSIFIER } from './parameter-specs.ts';

/** The parameter of that name. Throws where a network names a parameter that it does not declare. */
export function parameter<T extends tf.Tensor>(parameters: Parameters, name: string): T {
  const tensor = parameters[name];
  if (tensor === undefined) throw new Error(`The network has no parameter "${name}".`);
  return tensor as T;
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

/** Product, bias, PReLU: [batch, in] to [batch, out]. */
export function dense(parameters: Parameters, name: string, x: tf.Tensor2D): tf.Tensor2D {
  const product = tf.matMul<tf.Tensor2D>(x, parameter<tf.Tensor2D>(parameters, `${name}/weights`));
  return biasedPrelu(parameters, name, product);
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
