/**
 * Adam (Kingma & Ba 2015) over one flat parameter vector, as a pure function of its state. Bias
 * correction comes from an integer step count, in doubles, so that a restored run goes on bit for bit.
 *
 *     m ← β₁m + (1−β₁)g    v ← β₂v + (1−β₂)g²    θ ← θ − η·m̂ / (√v̂ + ε)
 */

import * as tf from '@tensorflow/tfjs-core';

const BETA1 = 0.9;
const BETA2 = 0.999;
/** Explicit: TensorFlow.js would choose another one on WebGL than elsewhere (tfjs #6980). */
const EPSILON = 1e-8;

/**
 * A kernel that a backend may register: the whole update at once. Inputs parameters, firstMoments,
 * secondMoments, gradient; outputs the first three anew.
 */
export const ADAM = 'LabAdam';

export interface AdamAttributes {
  readonly beta1: number;
  readonly beta2: number;
  /** η·√(1−β₂ᵗ) / (1−β₁ᵗ) */
  readonly stepSize: number;
  /** ε·√(1−β₂ᵗ) */
  readonly epsilon: number;
}

/** All [parameter count]. */
export interface AdamState {
  readonly parameters: tf.Tensor1D;
  readonly firstMoments: tf.Tensor1D;
  readonly secondMoments: tf.Tensor1D;
}

/**
 * @param gradient ∂J/∂θ, [parameter count]
 * @param step how many updates were made before this one
 * @returns the new state; the old one is left to its owner
 */
export function adamUpdate(
  state: AdamState,
  gradient: tf.Tensor1D,
  { step, learningRate }: { step: number; learningRate: number },
): AdamState {
  const t = step + 1;
  const rootCorrection2 = Math.sqrt(1 - BETA2 ** t);
  const stepSize = (learningRate * rootCorrection2) / (1 - BETA1 ** t);
  // θ − η·(m/(1−β₁ᵗ)) / (√(v/(1−β₂ᵗ)) + ε), with √(1−β₂ᵗ) taken out of the fraction.
  const epsilon = EPSILON * rootCorrection2;
  const attributes: AdamAttributes = { beta1: BETA1, beta2: BETA2, stepSize, epsilon };
  return tf.getKernel(ADAM, tf.getBackend()) === undefined
    ? composed(state, gradient, attributes)
    : inOneKernel(state, gradient, attributes);
}

function inOneKernel(state: AdamState, gradient: tf.Tensor1D, attributes: AdamAttributes): AdamState {
  const { parameters, firstMoments, secondMoments } = state;
  const inputs = { parameters, firstMoments, secondMoments, gradient };
  const outputs: unknown = tf.engine().runKernel(ADAM, inputs, { ...attributes });
  const [newParameters, newFirst, newSecond] = outputs as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
  return { parameters: newParameters, firstMoments: newFirst, secondMoments: newSecond };
}

/** On a backend without that kernel. */
function composed(
  state: AdamState,
  gradient: tf.Tensor1D,
  { beta1, beta2, stepSize, epsilon }: AdamAttributes,
): AdamState {
  const firstMoments = tf.add(tf.mul(state.firstMoments, beta1), tf.mul(gradient, 1 - beta1));
  const secondMoments = tf.add(tf.mul(state.secondMoments, beta2), tf.mul(tf.square(gradient), 1 - beta2));
  const update = tf.div(tf.mul(firstMoments, stepSize), tf.add(tf.sqrt(secondMoments), epsilon));
  return {
    parameters: tf.sub(state.parameters, update),
    firstMoments: firstMoments as tf.Tensor1D,
    secondMoments: secondMoments as tf.Tensor1D,
  };
}
