/** The page's connection to the worker: commands go out, and the state follows what comes back. */

import type { LabClient } from '../../../training/link/client.ts';
import type { BackendName, Checkpoint, Command, Experiment } from '../../../training/link/protocol.ts';
import { afterHappening, type Store } from '../store.ts';

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

  /** A new client, with these runs. */
  resume(checkpoint: Checkpoint): void {
    this.#client?.dispose();
    this.#client = this.#connect(checkpoint);
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
