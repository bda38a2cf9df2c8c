/**
 * Keeps the session of this page in the browser while it trains, and offers to go on with the last one that no
 * open page holds. Every page has a session of its own, so that two of them never overwrite each other.
 */

import { DataError } from '../../data/errors.ts';
import type { Checkpoint } from '../../training/link/protocol.ts';
import type { Commands } from '../state/commands.ts';
import { newSessionId, type StoredSession } from '../state/store.ts';
import { titlesOf } from '../state/titles.ts';
import { openFrom } from './files.ts';
import { heldSessions, SessionLocks } from './locks.ts';
import { decodeSession, encodeSession } from './session-file.ts';
import { SessionStore } from './session-store.ts';

/** At least so long between two saves, and saving takes a twentieth of the time, up to the longest pause. */
const SHORTEST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 30_000;
const PAUSE_FACTOR = 20;
const NO_ROOM =
  'This browser has no room to keep the session (a full disk or a private window). Training goes on; Save session keeps it as a file.';

export function attachAutosave(commands: Commands): void {
  const locks = new SessionLocks();
  locks.hold(commands.store.getState().sessionId);
  let sessionStore = SessionStore.open();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let nextSave = 0;
  /** The state that was saved last, and with which titles. */
  let saved: { readonly checkpoint: Checkpoint | undefined; readonly runs: unknown } | undefined;
  let isSaving = false;
  let hasFailed = false;

  async function save(state = commands.store.getState()): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const { checkpoint, experiment, sessionId: id } = state;
    const session = commands.sessionAtCheckpoint(state);
    const isSaved = saved?.checkpoint === checkpoint && saved?.runs === experiment.runs;
    if (session === undefined || isSaved || isSaving) return;
    isSaving = true;
    const started = performance.now();
    try {
      const { step } = session.checkpoint;
      const titles = titlesOf(experiment.runs);
      const bytes = await encodeSession(session);
      const held = await heldSessions();
      await (await sessionStore).put({ id, step, titles, savedAt: Date.now() }, bytes, (other) =>
        held.has(other),
      );
      saved = { checkpoint, runs: experiment.runs };
      hasFailed = false;
    } catch (error) {
      // Said once an outage; room may come back.
      if (!hasFailed) commands.tell(error instanceof DataError ? error.message : NO_ROOM);
      hasFailed = true;
      sessionStore = SessionStore.open();
      sessionStore.catch(() => {});
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

  commands.store.subscribe(({ checkpoint, experiment, lab: state, sessionId }, before) => {
    if (sessionId !== before.sessionId) {
      // What has ended stays as it was; what begins is kept beside it.
      save(before).finally(() => release(before.sessionId));
      holdOrRenew(sessionId);
      return;
    }
    const hasPaused = state?.activity === 'paused' && before.lab?.activity === 'training';
    if (hasPaused) save();
    else if (checkpoint !== before.checkpoint || experiment.runs !== before.experiment.runs) saveSoon();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) save();
  });

  commands.onOffer(async (offered) => {
    const bytes = await sessionStore.then((opened) => opened.read(offered.id)).catch(() => undefined);
    if (bytes === undefined) {
      commands.declineOffer();
      commands.tell('The session of the last visit is no longer there.');
      return;
    }
    const name = 'The session of the last visit';
    await openFrom(commands, name, () => decodeSession(bytes, name), offered.id);
  });

  const isCurrent = (id: string) => commands.store.getState().sessionId === id;

  /** Unless it has been brought back meanwhile. */
  function release(id: string): void {
    if (!isCurrent(id)) locks.release(id);
  }

  /** Another page may hold it by now: then this one goes on under another id. */
  async function holdOrRenew(id: string): Promise<void> {
    const isHeld = await locks.hold(id);
    if (!isHeld && isCurrent(id)) commands.store.setState({ sessionId: newSessionId() });
  }

  sessionStore
    .then((opened) => newestFree(opened))
    .then(
      (offer) => commands.store.setState({ offer }),
      () => {
        // Said when there is something to keep.
      },
    );
}

/** The newest session that no open page holds. */
async function newestFree(sessionStore: SessionStore): Promise<StoredSession | undefined> {
  const sessions = await sessionStore.list();
  const held = await heldSessions();
  return sessions.find(({ id }) => !held.has(id));
}
