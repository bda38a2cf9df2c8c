/** What becomes of runs that diverge: they wait in a good state, and there is a way back for all. */

import { isSameObjective } from '../losses/objective.ts';
import { targetOf } from '../losses/schedule.ts';
import type { LabelledImages } from './batch.ts';
import type { Experiment } from './experiment.ts';
import type { Keeper } from './keeper.ts';
import { Lab } from './lab.ts';
import type { Checkpoint, HaltedRun } from './protocol.ts';

/**
 * A run that has diverged goes back to the last state that was kept of it and waits there; the others go on. One
 * that was never in lock-step has its start alone.
 *
 * @param faults what has gone wrong with each, as a clause
 * @returns true where there was such a run
 */
export async function haltDiverged(
  lab: Lab,
  keeper: Keeper,
  faults: readonly (string | undefined)[],
): Promise<boolean> {
  const kept = keeper.last;
  for (const [run, reason] of faults.entries()) {
    if (reason === undefined) continue;
    const state = kept?.runs[run] ?? (await lab.startOf(run));
    lab.halt(run, state, { step: state === kept?.runs[run] ? kept.step : 0, reason });
  }
  return faults.some((fault) => fault !== undefined);
}

/**
 * Where these runs can go back to together; undefined where none waits. For one that diverged while it caught up
 * there is no way: it would again.
 */
export function wayBackOf(
  runs: readonly { readonly halted?: HaltedRun | undefined }[],
  { lastGood }: Keeper,
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
    if (run === undefined) await lab.addRun(spec);
    else if (!isSameObjective(targetOf(run.schedule), spec.objective))
      lab.setObjective(index, spec.objective);
  }
  return lab;
}
