/**
 * LeNets++ (Wen et al. 2016, Table 1; Gao et al. 2018, Table I): about 80.9 million multiplications an image.
 *
 *     (conv 5×5, 32)×2 → pool → (conv 5×5, 64)×2 → pool → (conv 5×5, 128)×2 → pool → features → logits
 *
 * Padding 2, PReLU throughout, pools 2×2 with stride 2: 28 → 14 → 7 → 3. Unlike the Caffe example the
 * feature layer is linear, and the last pool drops the odd row and column.
 */

import * as tf from '@tensorflow/tfjs-core';
import { convolution, featureLayer } from './layers.ts';
import type { Network } from './network.ts';
import { LENETS_STAGES, lenetsFlat, lenetsSpecs, type NetworkShape } from './parameter-specs.ts';

export function lenets(shape: NetworkShape): Network {
  return {
    ...shape,
    name: 'lenets++',
    parameters: lenetsSpecs(shape),
    features(parameters, images) {
      let x = images;
      for (const { name } of LENETS_STAGES) {
        x = convolution(parameters, `${name}/conv1`, x, { stride: 1, pad: 2 });
        x = convolution(parameters, `${name}/conv2`, x, { stride: 1, pad: 2 });
        x = tf.maxPool(x, 2, 2, 'valid');
      }
      return featureLayer(parameters, tf.reshape(x, [-1, lenetsFlat(shape)]));
    },
  };
}
