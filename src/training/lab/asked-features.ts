/** What networks make of images that are no samples of the set: drawings. */

import * as tf from '@tensorflow/tfjs-core';
import { imageBytes, shapeOf } from '../../data/set.ts';
import { dataSet } from '../../data/sets.ts';
import type { Network } from '../../network/network.ts';
import { NETWORKS } from '../../network/networks.ts';
import { parameterCount } from '../../network/parameter-specs.ts';
import { unflatten } from '../../network/parameters.ts';
import { setOf } from '../experiment.ts';
import type { FeaturesAnswer, FeaturesRequest } from '../requests.ts';
import { imageTensor } from './batch.ts';
import type { Lab } from './lab.ts';
import { readPolled } from './readback.ts';

const DIM = 2;

/**
 * Features by the networks of the runs, or by others that the request brings along.
 *
 * @param lab undefined where there are no runs yet
 * @throws Error where there are no runs, or where images or parameters are not as long as they must be
 */
export async function featuresAsked(request: FeaturesRequest, lab: Lab | undefined): Promise<FeaturesAnswer> {
  const { data, images, networks } = request;
  const ofRuns = lab?.experiment.data === data ? lab : undefined;
  const set = ofRuns === undefined ? dataSet(data) : setOf(ofRuns.experiment);
  const count = images.length / imageBytes(set);
  if (!Number.isInteger(count)) throw new Error('these are no whole images');
  if (networks !== undefined) {
    const network = NETWORKS[networks.name]({ dim: DIM, ...shapeOf(set) });
    const runs = [];
    for (const parameters of networks.parameters) {
      const features = await featuresBy(network, parameters, () => imageTensor({ set, images }, all(count)));
      runs.push({ features, decision: undefined });
    }
    return { kind: 'features', runs };
  }
  if (ofRuns === undefined) throw new Error('there are no networks yet');
  // Labels decide nothing of what is told here.
  const snapshots = await ofRuns.snapshot({ set, images, labels: new Uint8Array(count) });
  const runs = snapshots.map(({ features, rule, agents, centres }) => ({
    features,
    decision: { rule, agents, centres },
  }));
  return { kind: 'features', runs };
}

function all(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => i);
}

async function featuresBy(
  network: Network,
  parameters: Float32Array,
  imagesOnDevice: () => tf.Tensor4D,
): Promise<Float32Array> {
  if (parameters.length !== parameterCount(network.parameters))
    throw new Error(`these are no parameters of ${network.name}`);
  const features = tf.tidy(() =>
    network.features(unflatten(network, tf.tensor1d(parameters)), imagesOnDevice()),
  );
  try {
    return await readPolled(features, network.name);
  } finally {
    features.dispose();
  }
}
