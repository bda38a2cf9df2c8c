/** The way back after a run has diverged: where it leads, and what the lab is there. */

import type { LabelledImages } from '../../data/labelled-images.ts';
import { isSameObjective } from '../../losses/objective.ts';
import { targetOf } from '../../losses/schedule.ts';
import type { Checkpoint, HaltedRun } from '../checkpoint.ts';
import type { Experiment } from '../experiment.ts';
import type { Checkpoints } from './checkpoints.ts';
import { Lab } from './lab.ts';

/**
 * Where these runs can go back to together; undefined where none waits. For one that diverged while it caught up
 * there is no way: it would again.
 */
export function wayBackOf(
  runs: readonly { readonly halted?: HaltedRun | undefined }[],
  { lastGood }: Checkpoints,
): Checkpoint | undefined {
  const last = runs.findLastIndex(({ halted }) => halted !== undefined);
  return last >= 0 && last < (lastGood?.runs.length ?? 0) ? lastGood : undefined;
}

/** A lab in that state, for the experiment as it is wanted by now: what was changed since holds from there on. */
export async function labGoneBack(
  good: Checkpoint,
  wanted: Experiment,
  training: LabelledImages,
): Promise<Lab> {
  const lab = await Lab.restore(training, good);
  if (lab.experiment.learningRate !== wanted.learningRate) lab.setLearningRate(wanted.learningRate);
  if (lab.experiment.warmUpSteps !== wanted.warmUpSteps) lab.setWarmUp(wanted.warmUpSteps);
  for (const [index, spec] of wanted.runs.entries()) {
    const run = lab.runs[index];
    if (run === undefined) await lab.addRun({ title: spec.title, objective: spec.objective });
    else if (!isSameObjective(targetOf(run.schedule), spec.objective))
      lab.setObjective(index, spec.objective);
  }
  return lab;
}
