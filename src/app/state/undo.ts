/** Ends training so that it can be brought back: what it was is kept, and the notice with Undo says so. */

import type { Checkpoint, Progress } from '../../training/link/protocol.ts';
import { asOnPage } from './run-title.ts';
import type { Connection } from './slices/connection.ts';
import { withNotice } from './slices/notices.ts';
import { type EndedTraining, withEnded } from './slices/undo.ts';
import { progressTo } from './steps-done.ts';
import { afterHappening, newSessionId, type PageState, type Store, trainingPart } from './store.ts';

export interface UndoCommands {
  /** Brings the training back that was ended last. */
  undo(): Promise<void>;
  /** What was ended last is let go of for good. */
  forgetEnded(): void;
}

/**
 * Called before what ends the training is sent: asks the worker for its last state. Returns what changes on the page;
 * nothing where nothing has been trained.
 *
 * @param sentenceOf what ended it, for the reader, given the step
 * @param how whether the same worker then takes the runs from the start
 */
export type EndTraining = (
  sentenceOf: (step: number) => string,
  how?: { readonly fromStart: boolean },
) => Partial<PageState>;

export function createUndo(store: Store, connection: Connection): UndoCommands & { end: EndTraining } {
  let lastId = 0;
  /** What the page still shows of runs that were taken from the start, until the worker speaks of the new ones. */
  let left: Progress | undefined;
  /** The session that was brought back last. */
  let broughtBackId: string | undefined;
  /** The worker's answers that are awaited. */
  const answers = new Map<number, Promise<void>>();

  const change = (id: number, part: Partial<EndedTraining>) =>
    store.setState(({ ended }) => ({
      ended: ended.map((each) => (each.id === id ? { ...each, ...part } : each)),
    }));

  const drop = (id: number) =>
    store.setState(({ ended }) => ({ ended: ended.filter((each) => each.id !== id) }));

  const tell = (sentence: string) => store.setState((state) => withNotice(state, sentence));

  /** Where the worker does not answer in time, the newest checkpoint stays, and the reader is told. */
  async function awaitState({ id, step, sentence, page, checkpoint }: EndedTraining): Promise<void> {
    const exact = await connection.finalCheckpoint();
    answers.delete(id);
    // What would have ended it may have failed, and many may have followed it.
    if (!store.getState().ended.some((each) => each.id === id)) return;
    if (exact !== undefined) change(id, { checkpoint: exact });
    else if (checkpoint === undefined) {
      drop(id);
      tell(`${sentence} It can’t be brought back: the worker did not answer.`);
    } else if (checkpoint.experiment.runs.length < page.experiment.runs.length) {
      // A run that catches up is in no state yet.
      const earlier = withoutLateRuns({ ...store.getState(), ...page }, checkpoint);
      change(id, {
        page: trainingPart(earlier),
        sentence: `${sentence} Undo goes back to step ${checkpoint.step}, without the run that was catching up.`,
      });
    } else if (checkpoint.step < step) {
      change(id, {
        sentence: `${sentence} The worker did not answer: Undo goes back to step ${checkpoint.step}.`,
      });
    }
  }

  /** The training that is here, while the worker is asked for its last state; undefined before its first step. */
  function endedNow(sentenceOf: (step: number) => string): EndedTraining | undefined {
    const state = store.getState();
    const step = state.progress?.step ?? state.lab?.step ?? 0;
    if (step === 0) return undefined;
    const newest: EndedTraining = {
      id: ++lastId,
      step,
      sentence: sentenceOf(step),
      page: trainingPart(state),
      checkpoint: state.checkpoint,
      since: 0,
    };
    answers.set(newest.id, awaitState(newest));
    return newest;
  }

  return {
    end(sentenceOf, { fromStart } = { fromStart: false }) {
      const { ended, progress } = store.getState();
      // A second reset, before the worker has carried out the first, ends nothing.
      const hasEnded = progress !== undefined && progress === left;
      const newest = hasEnded ? undefined : endedNow(sentenceOf);
      if (newest === undefined) return {};
      left = fromStart ? progress : undefined;
      return { ended: withEnded(ended, newest), sessionId: newSessionId(), checkpoint: undefined };
    },
    async undo() {
      const last = store.getState().ended.at(-1);
      if (last === undefined) return;
      await answers.get(last.id);
      const { ended } = store.getState();
      const found = ended.find(({ id }) => id === last.id);
      if (found?.checkpoint === undefined) return;
      const { page, checkpoint, since } = found;
      const others = ended.filter(({ id }) => id !== last.id);
      // What was trained since is ended by this, and so is what Undo brought back: both come back in their turn.
      const isLost = since > 0 || store.getState().sessionId === broughtBackId;
      const present = isLost ? endedNow((step) => `Undo ended the training at step ${step}.`) : undefined;
      const stay = present === undefined ? others : withEnded(others, present);
      try {
        connection.replace({ ...broughtBack(page, checkpoint), ended: stay }, checkpoint);
      } catch {
        tell('This training could not be brought back: another worker could not be started.');
        return;
      }
      broughtBackId = page.sessionId;
      if (page.lab?.activity === 'training') connection.send({ type: 'train' });
    },
    forgetEnded() {
      const last = store.getState().ended.at(-1);
      if (last !== undefined) drop(last.id);
    },
  };
}

/** The page as it would be without the runs that joined after that checkpoint. */
function withoutLateRuns(page: PageState, checkpoint: Checkpoint): PageState {
  const last = page.experiment.runs.length - 1;
  if (last < checkpoint.experiment.runs.length) return page;
  const without = { ...page, ...afterHappening(page, { type: 'removeRun', run: last }) };
  return withoutLateRuns(without, checkpoint);
}

/** The page as it was, as far as the state that training goes on from has it. */
function broughtBack(page: EndedTraining['page'], checkpoint: Checkpoint): Partial<PageState> {
  const { step } = checkpoint;
  const isReached = (each: { readonly step: number }) => each.step <= step;
  const { frames, curves, snapshot, wholeTest, at } = page;
  const { experiment } = asOnPage(checkpoint, page.experiment);
  return {
    ...page,
    experiment,
    checkpoint,
    backend: undefined,
    failure: undefined,
    dataProblem: undefined,
    lab: page.lab && { ...page.lab, activity: 'waiting', sentence: 'Bringing the training back.' },
    progress: progressTo(step, experiment, page.progress),
    frames: frames.filter(isReached),
    curves: curves.map((points) => points.filter(isReached)),
    snapshot: snapshot && isReached(snapshot) ? snapshot : undefined,
    wholeTest: wholeTest && isReached(wholeTest) ? wholeTest : undefined,
    at: at !== undefined && at <= step ? at : undefined,
    isPlaying: false,
  };
}
