/** How far the live runs are. */

import type { LabState, Progress } from '../../training/link/protocol.ts';

/** Steps that the live runs have done, as far as the worker has said. */
export function stepsDone({
  lab,
  progress,
}: {
  readonly lab: Pick<LabState, 'step'> | undefined;
  readonly progress: Pick<Progress, 'step'> | undefined;
}): number {
  return Math.max(lab?.step ?? 0, progress?.step ?? 0);
}
