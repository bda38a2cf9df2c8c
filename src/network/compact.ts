/**
 * The compact network: what a browser without a GPU trains at thousands of images a second.
 *
 *     28×28 → conv 5×5/2, 8 → 14×14 → conv 5×5/2, 16 → 7×7 → dense 64 → features → logits
 *
 * Padding 2 on every side, PReLU throughout, a linear feature layer, no bias before the logits.
 */

import * as tf from '@tensorflow/tfjs-core';
import { convolution, convolutionSpecs, dense, denseSpecs, featureLayer, headSpecs } from './layers.ts';
import type { Network } from './network.ts';

const FLAT = 7 * 7 * 16;

export function compact(dim = 2): Network {
  return {
    name: 'compact',
    dim,
    parameters: [
      ...convolutionSpecs('conv1', 5, 1, 8),
      ...convolutionSpecs('conv2', 5, 8, 16),
      ...denseSpecs('dense', FLAT, 64),
      ...headSpecs(64, dim),
    ],
    features(parameters, images) {
      const conv1 = convolution(parameters, 'conv1', images, { stride: 2, pad: 2 });
      const conv2 = convolution(parameters, 'conv2', conv1, { stride: 2, pad: 2 });
      const hidden = dense(parameters, 'dense', tf.reshape(conv2, [-1, FLAT]));
      return featureLayer(parameters, hidden);
    },
  };
}
