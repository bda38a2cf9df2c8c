/** Made-up experiments, for tests. */

import type { Experiment } from './experiment.ts';

/** Of these runs, without a warm-up; `part` says what else differs. */
export function experimentOf(runs: Experiment['runs'], part: Partial<Experiment> = {}): Experiment {
  return {
    data: 'mnist',
    network: 'compact',
    backend: 'auto',
    seed: 1,
    learningRate: 1e-3,
    warmUpSteps: 0,
    heldOut: [],
    runs,
    ...part,
  };
}
