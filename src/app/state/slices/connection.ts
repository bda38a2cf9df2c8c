/** The page's connection to the worker: commands go out, and the state follows what comes back. */

import type { LabClient } from '../../../training/link/client.ts';
import type {
  AnswerTo,
  BackendName,
  Checkpoint,
  Command,
  CoresWish,
  Experiment,
  Request,
} from '../../../training/link/protocol.ts';
import type { DeviceMemory } from '../device-memory.ts';
import { afterHappening, type PageState, type Store } from '../store.ts';

/** The part of a client that the page needs. */
export type Client = Pick<
  LabClient,
  'send' | 'subscribe' | 'checkpoint' | 'finalCheckpoint' | 'request' | 'moveTo' | 'dispose'
>;

export interface ConnectionOptions {
  readonly dataUrl: string;
  readonly saveData: boolean;
  readonly createClient: () => Client;
  /** Which backend was the fastest on this device. */
  readonly backendMemory: DeviceMemory<BackendName>;
  /** How many cores the reader wants to compute. */
  readonly coresMemory: DeviceMemory<CoresWish>;
}

/** A worker that does not answer for so long is not waited for. */
const FAREWELL_MS = 5000;

export class Connection {
  readonly #store: Store;
  readonly #options: ConnectionOptions;
  #client: Client | undefined;
  #unsubscribe = () => {};
  /** The client's last words, while they are awaited. */
  #farewell: Promise<unknown> = Promise.resolve();

  constructor(store: Store, options: ConnectionOptions) {
    this.#store = store;
    this.#options = options;
    store.setState({ coresWish: options.coresMemory.get() ?? 'auto' });
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
    const unsubscribe = this.#unsubscribe;
    try {
      this.#store.setState(state);
      this.#client = this.#connect(checkpoint);
    } catch (error) {
      this.#restore(before);
      throw error;
    }
    unsubscribe();
    this.#farewell.finally(() => old?.dispose());
  }

  /**
   * The state in which the next command finds the runs; undefined where the worker does not tell it in time.
   */
  finalCheckpoint(): Promise<Checkpoint | undefined> {
    const asked = this.#client?.finalCheckpoint() ?? Promise.resolve(undefined);
    const silence = new Promise<undefined>((resolve) => setTimeout(resolve, FAREWELL_MS, undefined));
    const answer = Promise.race([asked, silence]);
    this.#farewell = answer;
    return answer;
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

  /** As `LabClient.request`. */
  request<R extends Request>(request: R): Promise<AnswerTo<R>> {
    return (
      this.#client?.request(request) ?? Promise.reject(new Error('The training worker has not started.'))
    );
  }

  /** From now on, and at the next visit. */
  setCores(cores: CoresWish): void {
    this.#options.coresMemory.set(cores);
    this.#store.setState({ coresWish: cores });
    this.send({ type: 'useCores', cores });
  }

  moveTo(backend: Experiment['backend']): void {
    this.#client?.moveTo(backend);
  }

  #connect(resume?: Checkpoint): Client {
    const { createClient, backendMemory, dataUrl, saveData } = this.#options;
    const client = createClient();
    const unsubscribe = client.subscribe((event) => {
      this.#store.setState((state) => afterHappening(state, event));
      if (event.type === 'backend' && event.isTimed) backendMemory.set(event.backend);
    });
    const { experiment, sampleSet, coresWish } = this.#store.getState();
    const preferred = backendMemory.get();
    client.send({ type: 'open', experiment, dataUrl, fetchNow: !saveData, resume, preferred });
    if (sampleSet !== 'balanced') client.send({ type: 'showSamples', samples: sampleSet });
    if (coresWish !== 'auto') client.send({ type: 'useCores', cores: coresWish });
    this.#unsubscribe = unsubscribe;
    return client;
  }
}
