/** The page's connection to the worker: commands go out, and the state follows what comes back. */

import type { LabClient } from '../../../training/link/client.ts';
import type { BackendName, Checkpoint, Command, Experiment } from '../../../training/link/protocol.ts';
import { afterHappening, type PageState, type Store } from '../store.ts';

/** The part of a client that the page needs. */
export type Client = Pick<LabClient, 'send' | 'subscribe' | 'checkpoint' | 'moveTo' | 'dispose'>;

export interface ConnectionOptions {
  readonly dataUrl: string;
  readonly saveData: boolean;
  readonly createClient: () => Client;
  /** Which backend was the fastest on this device. */
  readonly backendMemory: {
    readonly get: () => BackendName | undefined;
    readonly set: (backend: BackendName) => void;
  };
}

export class Connection {
  readonly #store: Store;
  readonly #options: ConnectionOptions;
  #client: Client | undefined;

  constructor(store: Store, options: ConnectionOptions) {
    this.#store = store;
    this.#options = options;
  }

  /** Once; before it nothing is sent. */
  start(): void {
    this.#client ??= this.#connect();
  }

  /**
   * Another state of the page, and a new client with its runs. Where anything throws, all stays as it was.
   *
   * @throws whatever those throw that follow the state
   */
  replace(state: Partial<PageState>, checkpoint?: Checkpoint): void {
    const before = this.#store.getState();
    const old = this.#client;
    try {
      this.#store.setState(state);
      this.#client = this.#connect(checkpoint);
    } catch (error) {
      this.#restore(before);
      throw error;
    }
    old?.dispose();
  }

  #restore(before: PageState): void {
    try {
      this.#store.setState(before, true);
    } catch {
      // Who could not follow the other state may stumble once more; it has this one again.
    }
  }

  send(command: Command): void {
    this.#client?.send(command);
  }

  /** As `LabClient.checkpoint`. */
  async checkpoint(): Promise<Checkpoint | undefined> {
    return this.#client?.checkpoint();
  }

  moveTo(backend: Experiment['backend']): void {
    this.#client?.moveTo(backend);
  }

  #connect(resume?: Checkpoint): Client {
    const { createClient, backendMemory, dataUrl, saveData } = this.#options;
    const client = createClient();
    client.subscribe((event) => this.#store.setState((state) => afterHappening(state, event)));
    client.subscribe((event) => {
      if (event.type === 'backend' && event.isTimed) backendMemory.set(event.backend);
    });
    const { experiment, sampleSet } = this.#store.getState();
    const preferred = backendMemory.get();
    client.send({ type: 'open', experiment, dataUrl, fetchNow: !saveData, resume, preferred });
    if (sampleSet !== 'balanced') client.send({ type: 'showSamples', samples: sampleSet });
    return client;
  }
}
