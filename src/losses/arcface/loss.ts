/**
 * ArcFace: softmax on scaled cosines, with a margin on the own angle (Deng et al. 2019).
 *
 *     z_y = s·cos(θ_y + m) ,   z_j = s·cosθ_j
 *
 * cos(θ + m) = cosθ·cos m − sinθ·sin m, so that no arc cosine is differentiated. Where θ + m would pass π the own
 * logit goes on falling as s·(cosθ − m·sin m); it jumps a little there, by s·(1 − cos m − m·sin m).
 */

import * as tf from '@tensorflow/tfjs-core';
import { cosines } from '../cosines.ts';
import { crossEntropy } from '../softmax/loss.ts';
import type { BatchOutputs, KnobsOf } from '../term.ts';
import type { arcface } from './record.ts';

/** The slope of the sine is infinite at 0 and π. */
const LARGEST_COSINE = 1 - 1e-7;

/** Cross-entropy of z in nats, a scalar: features [batch, dim], one-hot labels [batch, classes], agents [dim, classes]. */
export function loss(
  { features, oneHot, agents, present }: BatchOutputs,
  { s, m }: KnobsOf<typeof arcface>,
): tf.Scalar {
  return tf.tidy(() => {
    const c = tf.clipByValue(cosines(features, agents), -LARGEST_COSINE, LARGEST_COSINE);
    const sine = tf.sqrt(tf.sub(1, tf.square(c)));
    const added = tf.sub(tf.mul(c, Math.cos(m)), tf.mul(sine, Math.sin(m)));
    const beyond = tf.sub(c, m * Math.sin(m));
    // A step has gradient 0: which side of π − m a sample is on is a choice, not a force.
    const isWithin = tf.step(tf.add(c, Math.cos(m)));
    const own = tf.add(tf.mul(isWithin, added), tf.mul(tf.sub(1, isWithin), beyond));
    const z = tf.add(tf.mul(oneHot, own), tf.mul(tf.sub(1, oneHot), c)) as tf.Tensor2D;
    return crossEntropy(tf.mul(z, s), oneHot, present);
  });
}
