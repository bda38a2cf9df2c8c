/**
 * Ring loss: every feature is drawn to one length (Zheng et al. 2018), here a fixed one.
 *
 *     J_R = (1/2B) Σ_i ( ‖x_i‖ − R )²
 */

import * as tf from '@tensorflow/tfjs-core';
import { lengths } from '../cosines.ts';
import type { BatchOutputs, KnobsOf } from '../term.ts';
import type { ring } from './record.ts';

/** J_R, a scalar, from features [batch, dim]. */
export function loss({ features }: BatchOutputs, { R }: KnobsOf<typeof ring>): tf.Scalar {
  return tf.tidy(() => tf.mul(tf.mean(tf.square(tf.sub(lengths(features, 1), R))), 0.5) as tf.Scalar);
}
