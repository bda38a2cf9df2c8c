/** The session of this page: taken between two steps, or as of the newest checkpoint, and gone on with. */

import { countsOf } from '../../data/set.ts';
import { type Checkpoint, type Experiment, isSameTraining, setOf } from '../../training/link/protocol.ts';
import { asOnPage } from '../state/run-title.ts';
import { tryShown } from '../state/selectors.ts';
import type { Connection } from '../state/slices/connection.ts';
import { progressTo } from '../state/steps-done.ts';
import { freshState, newSessionId, type PageState, type Store } from '../state/store.ts';
import { tidyTitle, withUniqueTitles } from '../state/titles.ts';
import type { EndTraining } from '../state/undo.ts';
import type { Session } from './session-file.ts';

export interface SessionCommands {
  /** The whole session, as it is between two steps. @throws Error with a sentence where there is none yet */
  session(): Promise<Session>;
  /**
   * Goes on with a session instead of what is here.
   *
   * @param sessionId what it is kept under, where it is kept
   * @throws Error where it can't be shown, with nothing changed
   */
  resume(session: Session, sessionId?: string): void;
}

export function createSessionCommands(
  store: Store,
  connection: Connection,
  end: EndTraining,
): SessionCommands {
  return {
    async session() {
      const checkpoint = await connection.checkpoint();
      // All at once, after the wait: what changed meanwhile must not contradict itself.
      const { experiment, samples, frames, curves, pins } = store.getState();
      if (checkpoint === undefined || samples === undefined) {
        throw new Error('There is nothing to save yet: the images have not arrived.');
      }
      if (!isOf(checkpoint, experiment)) {
        throw new Error('The experiment was changed meanwhile: save again.');
      }
      const { labels, indices } = samples;
      return { labels, indices, checkpoint: asOnPage(checkpoint, experiment), frames, curves, pins };
    },
    resume({ checkpoint, labels, indices, frames, curves, pins = [] }, sessionId) {
      const { step } = checkpoint;
      const runs = checkpoint.experiment.runs.map((run) => ({
        ...run,
        title: tidyTitle(run.title) ?? 'Run',
      }));
      const experiment = { ...checkpoint.experiment, runs: withUniqueTitles(runs) };
      const state: Partial<PageState> = {
        ...freshState(experiment),
        sampleSet:
          labels.length === countsOf(setOf(experiment), experiment.heldOut).test ? 'all' : 'balanced',
        samples: labels.length === 0 ? undefined : { labels, indices },
        frames,
        curves,
        pins,
        progress: progressTo(step, experiment),
      };
      tryShown({ ...store.getState(), ...state });
      const ended = end((at) => `Opening a session ended the training at step ${at}.`);
      connection.replace({ ...state, ...ended, sessionId: sessionId ?? newSessionId() }, checkpoint);
    },
  };
}

/** The newest checkpoint as it is kept; undefined where there is nothing to keep. */
export function keptCheckpoint({ checkpoint, experiment }: PageState): Checkpoint | undefined {
  if (checkpoint === undefined || checkpoint.step === 0 || !isOf(checkpoint, experiment)) return undefined;
  return asOnPage(checkpoint, experiment);
}

/** The reader may have gone on since it was taken: are these still the same runs? */
function isOf({ experiment }: Checkpoint, now: Experiment): boolean {
  return isSameTraining(experiment, now) && experiment.runs.length === now.runs.length;
}
