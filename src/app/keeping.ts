/**
 * Keeps the session of this page in the browser while it trains, and offers to go on with the last one that no
 * open page holds. Every page has a session of its own, so that two of them never overwrite each other.
 */

import { encodeSession } from '../timeline/session.ts';
import type { Checkpoint } from '../training/protocol.ts';
import { openBytes } from './files.ts';
import type { LabControls } from './lab.ts';
import { Shelf } from './shelf.ts';
import type { KeptSession } from './store.ts';

/** At least so long between two saves, and saving takes a twentieth of the time at most. */
const SHORTEST_PAUSE_MS = 5000;
const PAUSE_FACTOR = 20;
const LOCK = 'margin-loss-lab/session/';

export function attachKeeping(lab: LabControls): void {
  let id = Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16)).join('-');
  claim(id);
  const shelf = Shelf.open();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let nextSave = 0;
  /** The state that was saved last. */
  let saved: Checkpoint | undefined;
  let isSaving = false;
  let hasFailed = false;

  async function save(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const { checkpoint } = lab.store.getState();
    const session = lab.keptSession();
    if (session === undefined || checkpoint === saved || hasFailed || isSaving) return;
    isSaving = true;
    const started = performance.now();
    try {
      const { step, experiment } = session.checkpoint;
      const titles = experiment.runs.map(({ title }) => title);
      const bytes = await encodeSession(session);
      await (await shelf).put({ id, step, titles, savedAt: Date.now() }, bytes);
      saved = checkpoint;
    } catch {
      hasFailed = true;
      lab.tell(
        'This browser has no room to keep the session (a full disk or a private window). Training goes on; Save session keeps it as a file.',
      );
    }
    const now = performance.now();
    nextSave = now + Math.max(SHORTEST_PAUSE_MS, PAUSE_FACTOR * (now - started));
    isSaving = false;
    saveSoon();
  }

  function saveSoon(): void {
    if (!hasFailed) timer ??= setTimeout(save, Math.max(0, nextSave - performance.now()));
  }

  lab.store.subscribe(({ checkpoint, lab: state }, before) => {
    const hasPaused = state?.activity === 'paused' && before.lab?.activity === 'training';
    if (hasPaused) save();
    else if (checkpoint !== before.checkpoint) saveSoon();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) save();
  });

  lab.onOffer(async (offered) => {
    const bytes = await (await shelf).read(offered.id);
    if (bytes === undefined || !(await openBytes(lab, bytes, 'The session of the last visit'))) return;
    // It is this page's from now on, unless another page was faster.
    if (!(await claim(offered.id))) return;
    id = offered.id;
  });
  shelf
    .then((opened) => newestFree(opened))
    .then(
      (offer) => lab.store.setState({ offer }),
      () => {
        // Said when there is something to keep.
      },
    );
}

/** The newest session that no open page holds. */
async function newestFree(shelf: Shelf): Promise<KeptSession | undefined> {
  const sessions = await shelf.list();
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  const names = new Set(held.map(({ name }) => name));
  return sessions.find(({ id }) => !names.has(LOCK + id));
}

/** Holds a session for as long as this page is open; false where another page does. */
function claim(id: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = navigator.locks?.request(LOCK + id, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise(() => {});
    });
    // Where there are no locks, sessions are told apart by their random names alone.
    if (asked === undefined) resolve(true);
    else asked.catch(() => resolve(true));
  });
}
