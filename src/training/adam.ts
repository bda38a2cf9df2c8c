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
  const firstMoments = tf.add(tf.mul(state.firstMoments, BETA1), tf.mul(gradient, 1 - BETA1));
  const secondMoments = tf.add(tf.mul(state.secondMoments, BETA2), tf.mul(tf.square(gradient), 1 - BETA2));
  const update = tf.div(tf.mul(firstMoments, stepSize), tf.add(tf.sqrt(secondMoments), epsilon));
  return {
    parameters: tf.sub(state.parameters, update),
    firstMoments: firstMoments as tf.Tensor1D,
    secondMoments: secondMoments as tf.Tensor1D,
  };
}
