/** Commands wait here until the loop looks between two steps; and the loop waits here while it has nothing to do. */

/** A queue with one reader, which waits for items without polling. */
export class Mailbox<T> {
  #items: T[] = [];
  #wake: (() => void) | undefined;

  put(item: T): void {
    this.#items.push(item);
    this.wake();
  }

  /** Everything that has come, in order. */
  takeAll(): T[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  /** Ends a wait without an item. */
  wake(): void {
    this.#wake?.();
    this.#wake = undefined;
  }

  /** Resolves at the next item or wake-up; at once if something is here. */
  arrival(): Promise<void> {
    if (this.#items.length > 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
