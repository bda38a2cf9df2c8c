/**
 * The page's side of the worker: owns its life, sends commands, hands on events, and keeps the last
 * checkpoint that the worker gave, outside of it.
 */

import type { Checkpoint, Command, Event } from './protocol.ts';

export type Listener = (event: Event) => void;

/** A run that catches up answers late. */
const ANSWER_MS = 60_000;

export class LabClient {
  readonly #worker: Worker;
  readonly #listeners = new Set<Listener>();
  #lastCheckpoint: Checkpoint | undefined;

  constructor(
    worker: Worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'lab' }),
  ) {
    this.#worker = worker;
    worker.addEventListener('message', ({ data }: MessageEvent<Event>) => this.#hear(data));
    worker.addEventListener('error', (event) => this.#fail(event.message));
    worker.addEventListener('messageerror', () => this.#fail('a message could not be read'));
  }

  /** The newest state that training can go on from. */
  get lastCheckpoint(): Checkpoint | undefined {
    return this.#lastCheckpoint;
  }

  send(command: Command): void {
    this.#worker.postMessage(command);
  }

  /** Returns the function that ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * The worker's state between two steps; undefined where it has none yet. A run that catches up comes first.
   *
   * @throws Error with a sentence where the worker fails or does not answer
   */
  checkpoint(): Promise<Checkpoint | undefined> {
    return new Promise((resolve, reject) => {
      const unsubscribe = this.subscribe((event) => {
        if (event.type === 'checkpoint') resolve(event.checkpoint);
        else if (event.type === 'failed') reject(new Error(event.sentence));
        else return;
        clearTimeout(timer);
        unsubscribe();
      });
      const timer = setTimeout(() => {
        unsubscribe();
        reject(new Error('The training worker does not answer.'));
      }, ANSWER_MS);
      this.send({ type: 'checkpoint' });
    });
  }

  dispose(): void {
    this.#worker.terminate();
    this.#listeners.clear();
  }

  #hear(event: Event): void {
    if (event.type === 'checkpoint') this.#lastCheckpoint = event.checkpoint ?? this.#lastCheckpoint;
    for (const listener of this.#listeners) listener(event);
  }

  /** A worker whose script is gone (after a new release) fires an error without a message. */
  #fail(message: string | undefined): void {
    const sentence = message
      ? `Training stopped: ${message}. Reload the page to train again.`
      : 'The training code could not be loaded. There may be a new version: reload the page.';
    this.#hear({ type: 'failed', sentence });
  }
}
