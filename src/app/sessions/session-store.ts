/** Sessions that stay in this browser, a few of the newest, in IndexedDB. Whole transactions: all of a session or nothing. */

import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import * as v from 'valibot';
import { LAST_STEP } from '../../losses/schedule.ts';
import { count } from '../../timeline/codec.ts';
import { MAX_RUNS } from '../../training/link/protocol.ts';
import type { StoredSession } from '../state/store.ts';
import { LONGEST_TITLE } from '../state/titles.ts';

interface Schema extends DBSchema {
  sessions: { key: string; value: StoredSession };
  /** As `encodeSession` makes them, by the session's id. */
  bytes: { key: string; value: Uint8Array };
}

const MOST_SESSIONS = 3;
/** The last moment that a Date can hold, in ms. */
const LAST_MOMENT = 8.64e15;

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

export class SessionStore {
  readonly #db: IDBPDatabase<Schema>;

  private constructor(db: IDBPDatabase<Schema>) {
    this.#db = db;
  }

  /** @throws DOMException or TypeError where this browser keeps nothing */
  static async open(): Promise<SessionStore> {
    const db = await openDB<Schema>('margin-loss-lab', 1, {
      upgrade(fresh) {
        fresh.createObjectStore('sessions', { keyPath: 'id' });
        fresh.createObjectStore('bytes');
      },
    });
    return new SessionStore(db);
  }

  /** Newest first. */
  async list(): Promise<StoredSession[]> {
    return newestFirst(await this.#db.getAll('sessions'));
  }

  read(id: string): Promise<Uint8Array | undefined> {
    return this.#db.get('bytes', id);
  }

  /**
   * Puts a session in the place of the one with its id; the oldest go where there are too many, but not those that
   * open pages hold.
   *
   * @throws DOMException, with what was there before untouched
   */
  async put(session: StoredSession, bytes: Uint8Array, isHeld: (id: string) => boolean): Promise<void> {
    const transaction = this.#db.transaction(['sessions', 'bytes'], 'readwrite');
    const sessions = transaction.objectStore('sessions');
    const contents = transaction.objectStore('bytes');
    const work = async () => {
      await Promise.all([sessions.put(session), contents.put(bytes, session.id)]);
      const all = await sessions.getAll();
      const newest = newestFirst(all).slice(0, MOST_SESSIONS);
      const stays = (id: string) =>
        newest.some((other) => other.id === id) || id === session.id || isHeld(id);
      const old = all.filter(({ id }) => !stays(id));
      await Promise.all(old.flatMap(({ id }) => [sessions.delete(id), contents.delete(id)]));
    };
    // Where a request fails the transaction is undone; one that can't even be made must undo the others.
    const done = work().catch((error: unknown) => {
      if (transaction.error === null) transaction.abort();
      throw error;
    });
    await Promise.all([done, transaction.done]);
  }
}

/** Those that can be read. */
function newestFirst(sessions: readonly unknown[]): StoredSession[] {
  return sessions.filter((session) => v.is(savedSchema, session)).sort((a, b) => b.savedAt - a.savedAt);
}
