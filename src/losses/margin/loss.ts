/**
 * Margin loss: each sample is pulled to within α₊ of its own centre and pushed out to α₋ from every
 * other (Gao et al. 2018, Eq. 3). Distances are plain, not squared; all other centres count.
 *
 *     J_M = (1/B) Σ_i Σ_j [ l_ij · (‖x_i − c_j‖ − α_{l_ij}) ]₊ ,   l_ij = +1 if y_i = j, else −1
 *
 * Further forms: with squares of distances and margins; with the nearest of the other centres alone; on directions x̂.
 *
 * A hinge is inactive at equality. Moving centres are constants: no gradient reaches them. A class that takes no
 * part (held out of training) has l_ij = 0: its centre has no meaning and exerts no force. In feature units.
 */

import * as tf from '@tensorflow/tfjs-core';
import { directions } from '../cosines.ts';
import { distancesToCentres, distancesToTrained, squaredDistances } from '../distances.ts';
import { firstLargest, rivalsOf } from '../rivals.ts';
import type { BatchOutputs, KnobsOf } from '../term.ts';
import type { margin } from './record.ts';

/** J_M, a scalar, from features [batch, dim], one-hot labels [batch, classes] and centres [classes, dim]. */
export function loss(
  { features, oneHot, centres, present }: BatchOutputs,
  { variant, alphaPlus, alphaMinus, centres: kind }: KnobsOf<typeof margin>,
): tf.Scalar {
  return tf.tidy(() => {
    const batch = features.shape[0];
    const x = variant === 'normalised' ? directions(features, 1) : features;
    const D = distances(x, centres);
    const signs = tf.sub(tf.mul(oneHot, 2), 1);
    const L = present === undefined ? signs : tf.mul(signs, present);
    const A = tf.add(tf.mul(oneHot, alphaPlus - alphaMinus), alphaMinus);
    const H = tf.relu(tf.mul(L, tf.sub(D, variant === 'squared' ? tf.square(A) : A)));
    const counted = variant === 'nearest' ? tf.mul(H, ownAndNearest(D)) : H;
    return tf.div(tf.sum(counted), batch) as tf.Scalar;
  });

  function distances(x: tf.Tensor2D, to: tf.Tensor2D): tf.Tensor2D {
    if (variant === 'squared') return squaredDistances(x, to);
    return kind === 'trained' ? distancesToTrained(x, to) : distancesToCentres(x, to);
  }

  function ownAndNearest(D: tf.Tensor2D): tf.Tensor2D {
    return tf.add(oneHot, firstLargest(tf.neg(D), rivalsOf(oneHot, present)));
  }
}
