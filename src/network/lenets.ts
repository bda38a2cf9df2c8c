/**
 * LeNets++ (Wen et al. 2016, Table 1; Gao et al. 2018, Table I): about 80.9 million multiplications an image.
 *
 *     (conv 5×5, 32)×2 → pool → (conv 5×5, 64)×2 → pool → (conv 5×5, 128)×2 → pool → features → logits
 *
 * Padding 2, PReLU throughout, pools 2×2 with stride 2: 28 → 14 → 7 → 3. Unlike the Caffe example the
 * feature layer is linear, and the last pool drops the odd row and column.
 */

import * as tf from '@tensorflow/tfjs-core';
import { convolution, convolutionSpecs, featureLayer, headSpecs } from './layers.ts';
import type { Network } from './network.ts';

const STAGES = [
  { name: 'stage1', input: 1, output: 32 },
  { name: 'stage2', input: 32, output: 64 },
  { name: 'stage3', input: 64, output: 128 },
] as const;
const FLAT = 3 * 3 * 128;

export function lenets(dim = 2): Network {
  return {
    name: 'lenets++',
    dim,
    parameters: [
      ...STAGES.flatMap(({ name, input, output }) => [
        ...convolutionSpecs(`${name}/conv1`, 5, input, output),
        ...convolutionSpecs(`${name}/conv2`, 5, output, output),
      ]),
      ...headSpecs(FLAT, dim),
    ],
    features(parameters, images) {
      let x = images;
      for (const { name } of STAGES) {
        x = convolution(parameters, `${name}/conv1`, x, { stride: 1, pad: 2 });
        x = convolution(parameters, `${name}/conv2`, x, { stride: 1, pad: 2 });
        x = tf.maxPool(x, 2, 2, 'valid');
      }
      return featureLayer(parameters, tf.reshape(x, [-1, FLAT]));
    },
  };
}
