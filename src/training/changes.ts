/** Live changes: which commands make other runs of an experiment, and what it is after them. */

import type { Experiment } from './experiment.ts';
import type { Command } from './protocol.ts';

/** A command that changes what runs learn: it must not be lost with a worker. */
export type Change = Extract<
  Command,
  { type: 'setObjective' | 'setLearningRate' | 'setWarmUp' | 'addRun' | 'removeRun' | 'goBack' }
>;

const CHANGES: ReadonlySet<Command['type']> = new Set<Change['type']>([
  'setObjective',
  'setLearningRate',
  'setWarmUp',
  'addRun',
  'removeRun',
  'goBack',
]);

export function isChange(command: Command): command is Change {
  return CHANGES.has(command.type);
}

/** The experiment after a change. A new seed, network or open set is none: these take a reset. */
export function afterChange(experiment: Experiment, change: Change): Experiment {
  const { runs } = experiment;
  switch (change.type) {
    case 'setObjective': {
      const { run, objective } = change;
      return { ...experiment, runs: runs.map((spec, i) => (i === run ? { ...spec, objective } : spec)) };
    }
    case 'setLearningRate':
      return { ...experiment, learningRate: change.learningRate };
    case 'setWarmUp':
      return { ...experiment, warmUpSteps: change.warmUpSteps };
    case 'addRun':
      return { ...experiment, runs: [...runs, change.run] };
    case 'removeRun':
      return { ...experiment, runs: runs.filter((_, i) => i !== change.run) };
    case 'goBack':
      return { ...experiment, learningRate: change.learningRate ?? experiment.learningRate };
  }
}
