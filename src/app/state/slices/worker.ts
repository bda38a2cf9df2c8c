/** What the worker last said of itself and of training. */

import type { Checkpoint, CoresWish, LabState, Progress } from '../../../training/link/protocol.ts';
import { type Happening, none, type StateOf, withoutEntry } from './slice.ts';

export const workerSlice = {
  visit: {
    /** How many cores the reader wants to compute. */
    coresWish: 'auto' as CoresWish,
  },
  fresh: () => ({
    backend: none<{ readonly name: string; readonly reason: string }>(),
    /** How many compute. */
    cores: 1,
    data: none<{ readonly receivedBytes: number; readonly totalBytes: number }>(),
    /** A sentence, where the images could not be had. */
    dataProblem: none<string>(),
    /** A sentence, where nothing can train any more. */
    failure: none<string>(),
    lab: none<LabState>(),
    progress: none<Progress>(),
    /** The newest checkpoint that the worker sent unasked. */
    checkpoint: none<Checkpoint>(),
  }),
};

export type WorkerState = StateOf<typeof workerSlice>;

export function workerAfter(state: WorkerState, happening: Happening): Partial<WorkerState> {
  const { lab } = state;
  switch (happening.type) {
    case 'backend':
      return { backend: { name: happening.backend, reason: happening.reason }, cores: 1 };
    case 'cores':
      return { cores: happening.computing };
    case 'data':
      return { data: happening, dataProblem: undefined };
    case 'dataFailed':
      return { dataProblem: happening.sentence };
    case 'failed':
      return { failure: happening.sentence };
    case 'checkpoint':
      return happening.wasAsked ? {} : { checkpoint: happening.checkpoint };
    case 'state':
      return { lab: happening, progress: progressAfter(state, happening) };
    case 'progress':
      return { progress: happening };
    case 'removeRun': {
      const others = <T>(items: readonly T[]) => withoutEntry(items, happening.run);
      return {
        lab: lab && { ...lab, schedules: others(lab.schedules), halted: others(lab.halted) },
        checkpoint: undefined,
      };
    }
    case 'goBack':
      // The way back is offered once: after it there is nothing to go back to.
      return { lab: lab && { ...lab, halted: lab.halted.map(() => undefined), wayBack: undefined } };
    default:
      return {};
  }
}

/**
 * The step from which the runs begin again, where that is before what they had reached: a reset, a worker that took
 * over from a lost one, and runs that went back. Undefined where they go on.
 */
export function restartIn({ progress }: WorkerState, { step }: LabState): number | undefined {
  return progress !== undefined && step < progress.step ? step : undefined;
}

function progressAfter(state: WorkerState, lab: LabState): Progress | undefined {
  const { progress } = state;
  if (progress === undefined || lab.step > progress.step) return progress;
  if (lab.step === 0 && progress.step > 0) return undefined;
  const epoch = lab.epoch ?? (progress.epoch / Math.max(1, progress.step)) * lab.step;
  return { ...progress, step: lab.step, epoch };
}
