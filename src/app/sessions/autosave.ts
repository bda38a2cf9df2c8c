/**
 * Keeps the session of this page in the browser while it trains, and offers to go on with one that no open page holds.
 * Every training has a session of its own, so that no two overwrite each other. All that takes long is the worker's.
 */

import { DataError } from '../../data/errors.ts';
import type { CurvePoint } from '../../timeline/history.ts';
import type { Checkpoint } from '../../training/link/protocol.ts';
import type { Commands } from '../state/commands.ts';
import { newSessionId, type PageState } from '../state/store.ts';
import { titlesOf } from '../state/titles.ts';
import { Background } from './background.ts';
import { openFrom } from './files.ts';
import { type FrameChanges, FrameLog, whole } from './frame-log.ts';
import { heldSessions, SessionLocks } from './locks.ts';
import { keptCheckpoint } from './session-commands.ts';
import { curveChanges, type SessionUpdate } from './session-update.ts';

/** At least so long between two saves, and saving takes a twentieth of the time, up to the longest pause. */
const SHORTEST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 30_000;
const PAUSE_FACTOR = 20;
/** A browser's storage that does not answer for so long is given up. */
const LIST_LIMIT_MS = 5000;
const KEEP_LIMIT_MS = 10_000;
const READ_LIMIT_MS = 30_000;

const GOES_ON = 'Training goes on; Save session keeps it as a file.';
const CLEARED = 'The sessions kept in this browser were cleared. This one is kept again from now on.';

/** Why a session is not kept, by the name of the error. */
function reasonOf(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'QuotaExceededError')
    return 'This browser has no room to keep the session (a full disk or a private window).';
  if (name === 'SilenceError') return 'This browser’s storage does not answer: the session is not kept.';
  if (name === 'VersionError')
    return 'A newer version of the lab keeps the sessions of this browser: reload the page.';
  return 'This browser does not let the page keep the session (storage is forbidden or failed).';
}

export function attachAutosave(commands: Commands): void {
  const { store } = commands;
  const locks = new SessionLocks();
  const background = new Background();
  const log = new FrameLog();
  /** As the worker knows them. */
  let curves: readonly (readonly CurvePoint[])[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let nextSave = 0;
  /** The state that was saved last, and with which titles. */
  let saved: { readonly checkpoint: Checkpoint | undefined; readonly runs: unknown } | undefined;
  let isSaving = false;
  let hasFailed = false;

  /** What is new of the present state, which is then known. */
  function newsOf(state: PageState): News {
    const frames = log.take();
    const news = newsSince(frames, frames.isWhole ? [] : curves, state);
    curves = state.curves;
    return news;
  }

  async function keep(news: News) {
    // Let go of by this page, it may be gone on with by another, which keeps it from then on.
    if (!(await locks.has(news.session.id))) return 'not ours';
    const update = { ...news, held: [...(await heldSessions())] };
    return background.run('keepSession', KEEP_LIMIT_MS, update);
  }

  /** For another worker than before, and for a database that was cleared. */
  async function keepWhole(state: PageState) {
    if (!isCurrent(state.sessionId)) return keep(newsSince(whole(state.frames), [], state));
    log.forget();
    const now = store.getState();
    return isWorthKeeping(now) ? keep(newsOf(now)) : 'unknown';
  }

  async function save(state = store.getState()): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const { checkpoint, experiment } = state;
    const isSaved = saved?.checkpoint === checkpoint && saved?.runs === experiment.runs;
    // What has ended is kept whatever goes on.
    if (isSaved || (isSaving && isCurrent(state.sessionId)) || !isWorthKeeping(state)) return;
    isSaving = true;
    const started = performance.now();
    try {
      let kept = await keep(newsOf(state));
      if (kept === 'unknown') kept = await keepWhole(state);
      if (kept !== 'not ours') saved = { checkpoint, runs: experiment.runs };
      if (kept === 'kept after clearing') commands.tell(CLEARED);
      hasFailed = false;
    } catch (error) {
      log.forget();
      // Said once an outage; room may come back.
      if (!hasFailed) commands.tell(`${reasonOf(error)} ${GOES_ON}`);
      hasFailed = true;
    }
    const now = performance.now();
    const pause = Math.max(SHORTEST_PAUSE_MS, PAUSE_FACTOR * (now - started));
    nextSave = now + (hasFailed ? LONGEST_PAUSE_MS : Math.min(pause, LONGEST_PAUSE_MS));
    isSaving = false;
    saveSoon();
  }

  function saveSoon(): void {
    timer ??= setTimeout(() => save(), Math.max(0, nextSave - performance.now()));
  }

  const isCurrent = (id: string) => store.getState().sessionId === id;

  /** Unless it has been brought back meanwhile. */
  function release(id: string): void {
    if (!isCurrent(id)) locks.release(id);
  }

  /** Another page may hold it by now: then this one goes on under another id. */
  async function holdOrRenew(id: string): Promise<void> {
    const isHeld = await locks.hold(id);
    if (!isHeld && isCurrent(id)) store.setState({ sessionId: newSessionId() });
  }

  store.subscribe((state, before) => {
    const { checkpoint, experiment, lab, sessionId, frames } = state;
    if (sessionId !== before.sessionId) {
      // What has ended stays as it was; what begins is kept beside it.
      save(before).finally(() => release(before.sessionId));
      log.forget();
      holdOrRenew(sessionId);
    }
    if (frames !== before.frames) log.follow(frames);
    if (sessionId !== before.sessionId) return;
    const hasPaused = lab?.activity === 'paused' && before.lab?.activity === 'training';
    if (hasPaused) save();
    else if (checkpoint !== before.checkpoint || experiment.runs !== before.experiment.runs) saveSoon();
  });
  log.follow(store.getState().frames);
  locks.hold(store.getState().sessionId);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) save();
  });

  offerKept(commands, background).catch(() => {
    // Said when there is something to keep.
  });
}

type News = Omit<SessionUpdate, 'held'>;

const isWorthKeeping = (state: PageState) =>
  keptCheckpoint(state) !== undefined && state.samples !== undefined;

/** @param curves as they are known */
function newsSince(frames: FrameChanges, curves: readonly (readonly CurvePoint[])[], state: PageState): News {
  const { samples, experiment, sessionId: id } = state;
  const checkpoint = keptCheckpoint(state);
  if (checkpoint === undefined || samples === undefined) throw new Error('There is nothing to keep.');
  return {
    session: { id, step: checkpoint.step, titles: titlesOf(experiment.runs), savedAt: Date.now() },
    checkpoint,
    samples: { labels: samples.labels, indices: samples.indices },
    frames,
    curves: state.curves.map((points, run) => curveChanges(curves[run] ?? [], points)),
  };
}

/** Offers the sessions that no open page holds. */
async function offerKept(commands: Commands, background: Background): Promise<void> {
  const sessions = await background.run('listSessions', LIST_LIMIT_MS);
  const held = await heldSessions();
  const name = 'The kept session';
  commands.offer(
    sessions.filter(({ id }) => !held.has(id)),
    {
      open: async (id) => {
        await openFrom(commands, name, () => background.run('readSession', READ_LIMIT_MS, id, name), id);
      },
      async remove(id) {
        try {
          if ((await heldSessions()).has(id)) throw new DataError(`${name} is open in another tab.`);
          await background.run('removeSession', KEEP_LIMIT_MS, id);
          return true;
        } catch (error) {
          commands.tell(error instanceof DataError ? error.message : `${name} could not be deleted.`);
          return false;
        }
      },
      // Without one the list is still a list.
      pictureOf: (id) => background.run('pictureOf', LIST_LIMIT_MS, id).catch(() => undefined),
    },
  );
}
