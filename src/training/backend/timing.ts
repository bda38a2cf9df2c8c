/** How fast the backend that is set trains: a few real steps on images of noise. */

import * as tf from '@tensorflow/tfjs-core';
import { type DataSet, imageBytes, shapeOf } from '../../data/set.ts';
import { loadLosses } from '../../losses/joint.ts';
import { presetNamed } from '../../losses/presets.ts';
import { compact } from '../../network/compact.ts';
import { lenets } from '../../network/lenets.ts';
import { initialParameters } from '../../network/parameters.ts';
import { BATCH_SIZE, type NetworkName, PLOT_DIM } from '../experiment.ts';
import { imageTensor, labelTensor } from '../lab/batch.ts';
import { Run } from '../lab/run.ts';

const MOST_STEPS = 20;

/**
 * Images a second. The first step, which compiles, is left out; a network of which not even that fits the
 * time gets what it took.
 */
export async function trainingSpeed(
  networkName: NetworkName,
  set: DataSet,
  milliseconds: number,
): Promise<number> {
  const shape = { dim: PLOT_DIM, ...shapeOf(set) };
  const { classes } = shape;
  const network = networkName === 'compact' ? compact(shape) : lenets(shape);
  const parameters = initialParameters(network, 1);
  const run = new Run(network, await loadLosses(), {
    schedule: [{ step: 0, objective: presetNamed('S').objective }],
    parameters,
    firstMoments: new Float32Array(parameters.length),
    secondMoments: new Float32Array(parameters.length),
    centres: new Float32Array(classes * network.dim),
  });
  const noise = Uint8Array.from({ length: BATCH_SIZE * imageBytes(set) }, (_, i) => (i * 7919) % 256);
  const indices = Uint32Array.from({ length: BATCH_SIZE }, (_, i) => i);
  const labels = Uint8Array.from(indices, (i) => i % classes);
  const images = imageTensor({ set, images: noise }, indices);
  const oneHot = labelTensor({ set, labels }, indices);
  const timed = async (steps: number) => {
    const started = performance.now();
    for (let step = 0; step < steps; step++) run.trainStep({ images, oneHot }, step, 1e-3);
    await run.lossTerms();
    return performance.now() - started;
  };
  const compiling = await timed(1);
  const single = compiling > milliseconds ? compiling : await timed(1);
  const affordable = Math.floor((milliseconds - compiling - single) / single);
  const steps = Math.max(1, Math.min(MOST_STEPS, affordable));
  const elapsed = affordable < 1 ? single : await timed(steps);
  run.dispose();
  tf.dispose([images, oneHot]);
  return ((affordable < 1 ? 1 : steps) * BATCH_SIZE * 1000) / elapsed;
}
