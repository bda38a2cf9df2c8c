/** Which of the kept sessions are those of open pages: a Web Lock each, which goes with its page. */

const PREFIX = 'margin-loss-lab/session/';

interface Lock {
  /** False where another page holds it. */
  readonly isHeld: boolean;
  readonly release: () => void;
}

/** The sessions of this page. */
export class SessionLocks {
  readonly #locks = new Map<string, Promise<Lock>>();

  /** Until it is released, or the page is closed. @returns false where another page holds it */
  async hold(id: string): Promise<boolean> {
    const lock = this.#locks.get(id) ?? claim(id);
    this.#locks.set(id, lock);
    return (await lock).isHeld;
  }

  /** False where another page holds it, and where this one never asked. */
  async has(id: string): Promise<boolean> {
    return (await this.#locks.get(id))?.isHeld ?? false;
  }

  async release(id: string): Promise<void> {
    const lock = this.#locks.get(id);
    this.#locks.delete(id);
    (await lock)?.release();
  }
}

/** Those of all open pages, this one among them. */
export async function heldSessions(): Promise<ReadonlySet<string>> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  const names = held.flatMap(({ name = '' }) => (name.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : []));
  return new Set(names);
}

function claim(id: string): Promise<Lock> {
  return new Promise((resolve) => {
    const asked = navigator.locks?.request(PREFIX + id, { ifAvailable: true }, (lock) => {
      if (lock === null) return resolve({ isHeld: false, release: () => {} });
      return new Promise<void>((release) => resolve({ isHeld: true, release }));
    });
    // Where there are no locks, only their random names distinguish sessions.
    const unlocked = { isHeld: true, release: () => {} };
    if (asked === undefined) resolve(unlocked);
    else asked.catch(() => resolve(unlocked));
  });
}
