/** Programs are compiled before they are needed, so that the first real step does not wait for it. */

import type { LabelledImages } from '../data/labelled-images.ts';
import type { Experiment, NetworkName } from './experiment.ts';
import { Lab } from './lab.ts';

/** Every term takes part. */
const EVERYTHING = { lambda0: 1, lambda1: 1, lambda2: 1, alphaPlus: 0.5, alphaMinus: 4 };

export class Rehearsal {
  /** The network whose programs are compiled. */
  #compiled: NetworkName | undefined;

  isDue({ network }: Experiment): boolean {
    return this.#compiled !== network;
  }

  /** One step of each kind, on a lab that is thrown away. */
  async run(experiment: Experiment, training: LabelledImages): Promise<void> {
    const runs = [{ title: 'rehearsal', objective: EVERYTHING }];
    const lab = await Lab.create({ ...experiment, runs }, training);
    lab.trainStep();
    await lab.lossTerms();
    lab.dispose();
    this.#compiled = experiment.network;
  }
}
