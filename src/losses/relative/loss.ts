/**
 * Relative margins: the own centre must be nearer than every other (sum) or than the nearest other (max), by a margin that
 * compares distances with each other and so fixes no scale.
 *
 *     sum:  J_V = (1/B) Σ_i Σ_{j≠y} [ D_y − D_j + α ]₊
 *     max:  J_V = (1/B) Σ_i [ D_y − min_{j≠y} D_j + α ]₊ ,   D_j = ‖x − c_j‖, or its square
 *
 * Hinges of multi-class support vector machines (../hinge/loss.ts) with −D_j as scores. Centres are trained: with moving
 * ones, whose rivals never recoil, features run away.
 */

import * as tf from '@tensorflow/tfjs-core';
import { distancesToTrained, squaredDistances } from '../distances.ts';
import { firstLargest, rivalsOf } from '../rivals.ts';
import type { BatchOutputs, KnobsOf } from '../term.ts';
import type { relative } from './record.ts';

/** J_V, a scalar, from features [batch, dim], one-hot labels [batch, classes] and centres [classes, dim]. */
export function loss(
  { features, oneHot, centres, present }: BatchOutputs,
  { variant, squared, alpha }: KnobsOf<typeof relative>,
): tf.Scalar {
  return tf.tidy(() => {
    const D = squared ? squaredDistances(features, centres) : distancesToTrained(features, centres);
    const own = tf.sum(tf.mul(oneHot, D), 1, true);
    const rivals = rivalsOf(oneHot, present);
    const counted = variant === 'sum' ? rivals : firstLargest(tf.neg(D), rivals);
    const H = tf.relu(tf.add(tf.sub(own, D), alpha));
    return tf.mean(tf.sum(tf.mul(counted, H), 1)) as tf.Scalar;
  });
}
