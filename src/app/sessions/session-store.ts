/**
 * Sessions that stay in this browser, in IndexedDB; in a worker. Whole transactions: all of an update or nothing. Frames
 * are records of their own, so that an update writes what is new and leaves the rest.
 */

import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import * as v from 'valibot';
import { LAST_STEP } from '../../losses/schedule.ts';
import { count } from '../../timeline/codec.ts';
import type { CurvePoint } from '../../timeline/history.ts';
import { bytesOf, type Frame, thinned } from '../../timeline/timeline.ts';
import { type Checkpoint, MAX_RUNS } from '../../training/link/protocol.ts';
import type { Samples, SmallPicture, StoredSession } from '../state/store.ts';
import { LONGEST_TITLE } from '../state/titles.ts';
import { KEPT_TIMELINE } from './frame-log.ts';
import { decodeSession, encodeSession, type Session } from './session-file.ts';
import { changedCurve, type SessionUpdate } from './session-update.ts';
import { smallPicture } from './small-picture.ts';

interface Schema extends DBSchema {
  sessions: { key: string; value: StoredSession };
  /** What a session is, but for its timeline. By its id, as are the others. */
  states: { key: string; value: StoredState };
  timelines: { key: string; value: Timeline };
  frames: { key: [id: string, step: number]; value: Frame };
  /** Whole sessions, as the first version kept them. */
  bytes: { key: string; value: Uint8Array };
}

interface StoredState {
  readonly checkpoint: Checkpoint;
  readonly curves: readonly (readonly CurvePoint[])[];
}

interface Timeline extends Samples {
  /** Of the frames that are stored, in rising order of step. */
  readonly sizes: readonly { readonly step: number; readonly bytes: number }[];
}

/** What becomes of an update: 'unknown' where it says what is new to something that is not here. */
export type Kept = 'kept' | 'kept after clearing' | 'unknown';

const MOST_SESSIONS = 8;
/** The last moment that a Date can hold, in ms. */
const LAST_MOMENT = 8.64e15;
const NAMES = ['sessions', 'states', 'timelines', 'frames', 'bytes'] as const;

/** Other code of this origin, or another version, may have written here. */
const savedSchema = v.object({
  id: v.pipe(v.string(), v.maxLength(100)),
  step: count(LAST_STEP),
  titles: v.pipe(
    v.array(v.pipe(v.string(), v.maxLength(LONGEST_TITLE))),
    v.minLength(1),
    v.maxLength(MAX_RUNS),
  ),
  savedAt: count(LAST_MOMENT),
} satisfies Record<keyof StoredSession, unknown>);

/** Opens the database when it is first needed, and again after it was closed. Its errors are DOMExceptions or TypeErrors. */
export class SessionStore {
  #opening: Promise<IDBPDatabase<Schema>> | undefined;
  /** What the last update left, so that the next one may say what is new to it. */
  #known: (Timeline & Pick<StoredState, 'curves'> & { readonly id: string }) | undefined;
  #wasCleared = false;

  /** Newest first. */
  async list(): Promise<StoredSession[]> {
    const all = await (await this.#db()).getAll('sessions');
    return readable(all).sort((a, b) => b.savedAt - a.savedAt);
  }

  /**
   * The session, checked like a file; undefined where it is not there.
   *
   * @param name how the sentence of an error begins
   * @throws DataError with a sentence where it is damaged
   */
  async read(id: string, name: string): Promise<Session | undefined> {
    // One transaction: another page may write or delete it meanwhile.
    const transaction = (await this.#db()).transaction(NAMES);
    const [state, timeline, frames, bytes] = await Promise.all([
      transaction.objectStore('states').get(id),
      transaction.objectStore('timelines').get(id),
      transaction.objectStore('frames').getAll(framesOf(id)),
      transaction.objectStore('bytes').get(id),
    ]);
    if (state === undefined || timeline === undefined) return bytes && decodeSession(bytes, name);
    const { labels, indices } = timeline;
    return decodeSession(await encodeSession({ ...state, labels, indices, frames }), name);
  }

  /** Puts what is new of a session; those go that are too many. What was there before is untouched where it throws. */
  async keep({ session, checkpoint, samples, frames, curves, held }: SessionUpdate): Promise<Kept> {
    const { id } = session;
    const db = await this.#db();
    const known = frames.isWhole ? undefined : this.#known;
    if (!frames.isWhole && known?.id !== id) return 'unknown';
    const stays = known?.sizes.filter(({ step }) => step < frames.until) ?? [];
    const fresh = new Map(frames.fresh.map((frame) => [frame.step, frame]));
    const sizes = thinned(
      [...stays, ...frames.fresh.map((frame) => ({ step: frame.step, bytes: bytesOf(frame) }))],
      KEPT_TIMELINE,
      ({ bytes }) => bytes,
    );
    const steps = new Set(sizes.map(({ step }) => step));
    const gone = known?.sizes.filter(({ step }) => !steps.has(step)) ?? [];
    const state = {
      checkpoint,
      curves: curves.map((changes, run) => changedCurve(known?.curves[run] ?? [], changes)),
    };
    const timeline = { labels: samples.labels, indices: samples.indices, sizes };
    this.#known = undefined;
    const transaction = db.transaction(NAMES, 'readwrite');
    const store = <N extends (typeof NAMES)[number]>(name: N) => transaction.objectStore(name);
    const remove = (one: string) => [
      ...NAMES.filter((name) => name !== 'frames').map((name) => store(name).delete(one)),
      store('frames').delete(framesOf(one)),
    ];
    const work = async () => {
      if (known === undefined) await store('frames').delete(framesOf(id));
      await Promise.all([
        store('sessions').put(session),
        store('states').put(state, id),
        store('timelines').put(timeline, id),
        store('bytes').delete(id),
        ...gone.map(({ step }) => store('frames').delete([id, step])),
        ...sizes.flatMap(({ step }) => {
          const frame = fresh.get(step);
          return frame === undefined ? [] : [store('frames').put(frame, [id, step])];
        }),
      ]);
      const all = await store('sessions').getAll();
      const tooMany = leastWorth(all, (other) => other === id || held.includes(other));
      await Promise.all(tooMany.flatMap(remove));
    };
    // Where a request fails the transaction is undone; one that can't even be made must undo the others.
    const done = work().catch((error: unknown) => {
      if (transaction.error === null) transaction.abort();
      throw error;
    });
    await Promise.all([done, transaction.done]);
    this.#known = { id, ...timeline, curves: state.curves };
    const wasCleared = this.#wasCleared;
    this.#wasCleared = false;
    return wasCleared ? 'kept after clearing' : 'kept';
  }

  /** What it showed last, of its first run; undefined where there is no such picture. */
  async pictureOf(id: string): Promise<SmallPicture | undefined> {
    const db = await this.#db();
    const timeline = await db.get('timelines', id);
    const step = (await db.get('sessions', id))?.step;
    if (timeline === undefined || step === undefined) {
      const session = await this.read(id, 'The kept session');
      return session && smallPicture(session.frames.at(-1), session.labels);
    }
    const newest = timeline.sizes.findLast((size) => size.step <= step);
    const frame = newest && (await db.get('frames', [id, newest.step]));
    return smallPicture(frame, timeline.labels);
  }

  async remove(id: string): Promise<void> {
    const transaction = (await this.#db()).transaction(NAMES, 'readwrite');
    for (const name of NAMES) transaction.objectStore(name).delete(name === 'frames' ? framesOf(id) : id);
    await transaction.done;
  }

  async #db(): Promise<IDBPDatabase<Schema>> {
    this.#opening ??= this.#open();
    try {
      return await this.#opening;
    } catch (error) {
      this.#forget();
      throw error;
    }
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    return openDB<Schema>('margin-loss-lab', 2, {
      // From no database, from the first version's, and from what other code left here.
      upgrade(db) {
        for (const name of NAMES) {
          if (db.objectStoreNames.contains(name)) continue;
          if (name === 'sessions') db.createObjectStore(name, { keyPath: 'id' });
          else db.createObjectStore(name);
        }
      },
      // Another page wants to change the database, or a newer version of this one.
      blocking: (_, __, event) => {
        (event.target as IDBDatabase).close();
        this.#forget();
      },
      terminated: () => {
        this.#forget();
        this.#wasCleared = true;
      },
    });
  }

  #forget(): void {
    this.#opening = undefined;
    this.#known = undefined;
  }
}

const framesOf = (id: string) => IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY]);

function readable(sessions: readonly unknown[]): StoredSession[] {
  return sessions.filter((session) => v.is(savedSchema, session));
}

/** The ids of those that are too many: what can't be read, then those of the fewest steps, of equals the oldest. */
export function leastWorth(sessions: readonly StoredSession[], isHeld: (id: string) => boolean): string[] {
  const sound = readable(sessions);
  const foreign = sessions.filter((session) => !sound.includes(session));
  const free = sound.filter(({ id }) => !isHeld(id)).sort((a, b) => b.step - a.step || b.savedAt - a.savedAt);
  const room = Math.max(0, MOST_SESSIONS - (sound.length - free.length));
  return [...foreign, ...free.slice(room)].map(({ id }) => id);
}
