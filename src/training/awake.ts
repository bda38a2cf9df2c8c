/**
 * Keeps a hidden tab training: browsers that save energy freeze busy hidden tabs, but not one that
 * holds a Web Lock.
 */

const LOCK = 'margin-loss-lab is training';

export class Awake {
  #release: (() => void) | undefined;

  /** Holds the lock while true. Browsers without locks go without. */
  set training(isTraining: boolean) {
    if (isTraining === (this.#release !== undefined)) return;
    if (!isTraining) {
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
