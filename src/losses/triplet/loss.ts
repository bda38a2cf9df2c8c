/**
 * Triplet loss: a sample must be nearer to one of its class than to one of another, by a margin (Schroff et al. 2015).
 *
 *     semi-hard:   J_T = mean_{(a,p)} [ α + D_ap² − D_an² ]₊        n: the nearest that is farther than p, else the farthest
 *     batch-hard:  J_T = mean_a [ α + max_p D_ap − min_n D_an ]₊    (Hermans et al. 2017; plain distances)
 *
 * Over the batch, on features as they are. mining.ts picks; no gradient goes through the choice.
 */

import * as tf from '@tensorflow/tfjs-core';
import { pairDistances } from '../pairs.ts';
import type { BatchOutputs, KnobsOf } from '../term.ts';
import { batchHard, semiHard } from './mining.ts';
import type { triplet } from './record.ts';

/** J_T, a scalar, from features [batch, dim] and one-hot labels [batch, classes]. */
export function loss(
  { features, oneHot }: BatchOutputs,
  { variant, alpha }: KnobsOf<typeof triplet>,
): tf.Scalar {
  return tf.tidy(() => {
    const plain = pairDistances(features);
    const D = variant === 'semi-hard' ? tf.square(plain) : plain;
    const mine = variant === 'semi-hard' ? semiHard : batchHard;
    // Read in the midst of a step: the choice is made on numbers.
    const labels = tf.argMax(oneHot, 1).dataSync();
    const { coefficients, offset } = mine({ distances: D.dataSync<'float32'>(), labels }, alpha);
    const counted = tf.mul(tf.tensor2d(coefficients, [labels.length, labels.length]), D);
    return tf.add(tf.sum(counted), offset) as tf.Scalar;
  });
}
