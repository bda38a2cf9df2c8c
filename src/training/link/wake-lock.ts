/**
 * Lets a hidden tab go on training: browsers that save energy freeze busy hidden tabs, but not one that
 * holds a Web Lock.
 */

const LOCK = 'margin-loss-lab is training';

/** A shared Web Lock, held while `isHeld` is true. */
export class WakeLock {
  #release: (() => void) | undefined;

  /** Does nothing in browsers without locks. */
  set isHeld(isHeld: boolean) {
    if (isHeld === (this.#release !== undefined)) return;
    if (!isHeld) {
      this.#release?.();
      this.#release = undefined;
      return;
    }
    const held = new Promise<void>((resolve) => {
      this.#release = resolve;
    });
    // Shared: a second tab trains as well.
    globalThis.navigator?.locks?.request(LOCK, { mode: 'shared' }, () => held).catch(() => {});
  }
}
