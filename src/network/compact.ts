/**
 * The compact network: what a browser without a GPU trains at thousands of images a second.
 *
 *     28×28 → conv 5×5/2, 8 → 14×14 → conv 5×5/2, 16 → 7×7 → dense 64 → features → logits
 *
 * Padding 2 on every side, PReLU throughout, a linear feature layer, no bias before the logits. Images of
 * another side than MNIST's 28 only make the dense layer's input another.
 */

import * as tf from '@tensorflow/tfjs-core';
import { convolution, dense, featureLayer } from './layers.ts';
import type { Network } from './network.ts';
import { compactFlat, compactSpecs, type NetworkShape } from './parameter-specs.ts';

export function compact(shape: NetworkShape): Network {
  return {
    ...shape,
    name: 'compact',
    parameters: compactSpecs(shape),
    features(parameters, images) {
      const conv1 = convolution(parameters, 'conv1', images, { stride: 2, pad: 2 });
      const conv2 = convolution(parameters, 'conv2', conv1, { stride: 2, pad: 2 });
      const hidden = dense(parameters, 'dense', tf.reshape(conv2, [-1, compactFlat(shape)]));
      return featureLayer(parameters, hidden);
    },
  };
}
