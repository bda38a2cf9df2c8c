/** Programs are compiled before they are needed, so that the first real step does not wait for it. */

import * as tf from '@tensorflow/tfjs-core';
import type { LabelledImages } from '../../data/labelled-images.ts';
import { loadLosses } from '../../losses/joint.ts';
import { defaultKnobs, objectiveOf } from '../../losses/objective.ts';
import { LETTER_TERMS, TERM_RECORDS } from '../../losses/terms.ts';
import type { Network } from '../../network/network.ts';
import { BATCH_SIZE, type Experiment, type NetworkName } from '../experiment.ts';
import { Lab } from './lab.ts';

/** Remembers which network has been compiled on this backend, and compiles another when it is due. */
export class Rehearsal {
  /** The network whose programs are compiled. */
  #compiled: NetworkName | undefined;

  isDue({ network }: Experiment): boolean {
    // The others have nothing to compile that is worth a wait: WebAssembly's kernels are ready when they are loaded.
    return this.#compiled !== network && ['webgl', 'webgpu'].includes(tf.getBackend());
  }

  /**
   * Steps on labs that are thrown away, with the letter's three terms and with the experiment's own runs, and every other
   * term by itself.
   */
  async run(experiment: Experiment, training: LabelledImages): Promise<void> {
    const objective = objectiveOf({ head: 1, centre: 1, metric: 1 });
    const network = await rehearse({ ...experiment, runs: [{ title: 'rehearsal', objective }] }, training, 1);
    // What is computed for several runs at once is compiled once more when it finds the runs' values side by side. The
    // programs of LeNets++ are large, and run alone.
    const { network: name, runs } = experiment;
    if (name === 'compact' && runs.length > 1) await rehearse({ ...experiment, warmUpSteps: 0 }, training, 2);
    await rehearseOtherTerms(network);
    this.#compiled = experiment.network;
  }
}

async function rehearse(experiment: Experiment, training: LabelledImages, steps: number): Promise<Network> {
  const lab = await Lab.create(experiment, training);
  for (let step = 0; step < steps; step++) await lab.trainStep();
  await lab.lossTerms();
  lab.dispose();
  return lab.network;
}

/** Value and gradients of a batch of made-up features. */
async function rehearseOtherTerms({ dim, classes }: Network): Promise<void> {
  const losses = await loadLosses();
  const labels = Int32Array.from({ length: BATCH_SIZE }, (_, i) => i % classes);
  for (const record of TERM_RECORDS) {
    const module = losses.get(record.id);
    if (record.id === LETTER_TERMS[record.slot] || module === undefined) continue;
    const gradients = tf.tidy(() => {
      const features = tf.ones([BATCH_SIZE, dim]) as tf.Tensor2D;
      const agents = tf.ones([dim, classes]) as tf.Tensor2D;
      const centres = tf.zeros([classes, dim]) as tf.Tensor2D;
      const oneHot = tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), classes), 'float32') as tf.Tensor2D;
      const value = () => module.loss({ features, agents, centres, oneHot }, defaultKnobs(record));
      const { grads } = tf.engine().gradients(value, [features, agents], undefined, true);
      return grads.filter((gradient) => gradient !== null);
    });
    tf.dispose(gradients);
  }
}
