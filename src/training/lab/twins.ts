/** Runs that have learnt the same and are to learn the same. */

import { isSameObjective } from '../../losses/objective.ts';
import { objectiveActingAt } from '../../losses/schedule.ts';
import type { RunCheckpoint } from '../checkpoint.ts';
import type { Run } from './run.ts';

/**
 * What equal runs learn from equal batches is computed once: all warm-ups are one until they end. Each run that has such
 * a twin before it, with the twin.
 */
export function twinsOf(runs: readonly Run[], step: number): ReadonlyMap<Run, Run> {
  const twins = new Map<Run, Run>();
  for (const [index, run] of runs.entries()) {
    const objective = objectiveActingAt(run.schedule, step);
    const twin = runs
      .slice(0, index)
      .find(
        (other) =>
          other.state === run.state && isSameObjective(objectiveActingAt(other.schedule, step), objective),
      );
    if (twin !== undefined) twins.set(run, twins.get(twin) ?? twin);
  }
  return twins;
}

/** Equal to the last bit. */
export function isSameState(a: RunCheckpoint, b: RunCheckpoint): boolean {
  if (JSON.stringify(a.trained) !== JSON.stringify(b.trained)) return false;
  return (['parameters', 'firstMoments', 'secondMoments', 'centres'] as const).every((name) =>
    a[name].every((value, i) => value === b[name][i]),
  );
}
