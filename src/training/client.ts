/**
 * The page's side of the worker, and its supervisor: it sends commands, hands on events, keeps the last
 * checkpoint outside of the worker, notices when the worker fails or falls silent, and starts another one
 * from that checkpoint.
 */

import { isChange } from './changes.ts';
import { isSound } from './faults.ts';
import type {
  BackendName,
  Checkpoint,
  CheckpointEvent,
  Command,
  Event,
  Experiment,
  Message,
} from './protocol.ts';
import { Watchdog } from './watchdog.ts';

export type Listener = (event: Event) => void;
type Open = Extract<Command, { type: 'open' }>;

/** A second failure within this time on one backend, and the next one is taken. */
const AGAIN_MS = 60_000;
/** What takes the place of a backend that failed twice; after the last one nothing does. */
const NEXT: Record<BackendName, BackendName | undefined> = {
  webgpu: 'webgl',
  webgl: 'wasm',
  wasm: 'cpu',
  cpu: undefined,
};

export class LabClient {
  readonly #createWorker: () => Worker;
  readonly #listeners = new Set<Listener>();
  readonly #watchdog = new Watchdog(() => this.#fail('The training worker fell silent.'));
  #worker: Worker | undefined;
  #open: Open | undefined;
  #lastCheckpoint: Checkpoint | undefined;
  /** Commands that no checkpoint has taken in yet, oldest first. */
  #sent: Extract<Message, object>[] = [];
  #lastId = 0;
  /** Of the newest reset: nothing that was told before it counts. */
  #resetId = 0;
  /** The reader pressed Train and not Pause. */
  #wantsTraining = false;
  #samples: Command | undefined;
  #backend: BackendName | undefined;
  /** Of workers on the backend that is in use: when, in ms, and at which step; no step where there was nothing to do. */
  #failures: { readonly at: number; readonly step: number | undefined }[] = [];
  /** This worker has said something; has handed over a state. */
  #hasSpoken = false;
  #isReady = false;
  /** Nothing can train any more. */
  #isOver = false;
  #isDisposed = false;

  constructor(createWorker: () => Worker = newWorker) {
    this.#createWorker = createWorker;
  }

  /** The newest state that training can go on from. */
  get lastCheckpoint(): Checkpoint | undefined {
    return this.#lastCheckpoint;
  }

  /** After the end of all training, changes wait for another backend. */
  send(command: Command): void {
    this.#remember(command);
    if (this.#isOver) this.#number(command);
    else if (this.#worker === undefined) this.#start();
    else this.#post(command);
  }

  /** Returns the function that ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * The worker's state between two steps; undefined where it has none yet. A run that catches up comes first.
   * After the end of all training, the last one.
   *
   * @throws Error with a sentence where training has ended and left nothing
   */
  checkpoint(): Promise<Checkpoint | undefined> {
    const last = () => {
      if (this.#lastCheckpoint !== undefined) return this.#lastCheckpoint;
      throw new Error('Training has ended: there is nothing to save.');
    };
    if (this.#isOver) return Promise.resolve().then(last);
    return new Promise((resolve, reject) => {
      const unsubscribe = this.subscribe((event) => {
        if (event.type === 'checkpoint' && event.wasAsked) resolve(event.checkpoint);
        // A new worker has not heard the question.
        else if (event.type === 'notice') return this.#post({ type: 'checkpoint' });
        else if (event.type === 'failed') Promise.resolve().then(last).then(resolve, reject);
        else return;
        unsubscribe();
      });
      this.send({ type: 'checkpoint' });
    });
  }

  /** Goes on with the same runs on another backend, from where they are; after the end of all training, too. */
  async moveTo(backend: Experiment['backend']): Promise<void> {
    await this.checkpoint().catch(() => undefined);
    if (this.#open === undefined || this.#isDisposed) return;
    this.#isOver = false;
    this.#failures = [];
    this.#restart(backend, this.#lastCheckpoint);
  }

  dispose(): void {
    this.#isOver = true;
    this.#isDisposed = true;
    this.#end();
    this.#listeners.clear();
  }

  /** What a new worker would have to be told. */
  #remember(command: Command): void {
    switch (command.type) {
      case 'open':
        this.#open = command;
        this.#lastCheckpoint = command.resume;
        return;
      case 'reset':
        // Nothing from before it counts.
        this.#lastCheckpoint = undefined;
        this.#sent = [];
        this.#wantsTraining = false;
        this.#watchdog.network = command.experiment.network;
        if (this.#open !== undefined)
          this.#open = { ...this.#open, experiment: command.experiment, resume: undefined };
        return;
      case 'train':
      case 'pause':
        this.#wantsTraining = command.type === 'train';
        return;
      case 'showSamples':
        this.#samples = command;
    }
  }

  #start(): void {
    const open = this.#open;
    if (open === undefined) throw new Error('A worker must be opened first.');
    try {
      this.#worker = this.#createWorker();
    } catch {
      this.#giveUp('This browser starts no training worker, so only the recorded run can be seen.');
      return;
    }
    const worker = this.#worker;
    // A worker that has been replaced is not heard any more.
    const ifCurrent = (act: () => void) => {
      if (this.#worker === worker) act();
    };
    worker.addEventListener('message', ({ data }: MessageEvent<Event>) => ifCurrent(() => this.#hear(data)));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      ifCurrent(() =>
        this.#fail(
          event.message
            ? `The training worker failed: ${event.message}.`
            : 'The training code could not be loaded. There may be a new version: reload the page.',
        ),
      );
    });
    worker.addEventListener('messageerror', () =>
      ifCurrent(() => this.#fail('The training worker sent what can’t be read.')),
    );
    this.#hasSpoken = false;
    this.#isReady = false;
    this.#post(open);
    this.#watchdog.watch(open.experiment.network, () => this.#worker?.postMessage('ping' satisfies Message));
  }

  /** Sends, and keeps what changes the runs until a checkpoint has taken it in. */
  #post(command: Command): void {
    this.#worker?.postMessage(this.#number(command));
  }

  #number(command: Command): Message {
    const message = { id: ++this.#lastId, command };
    if (isChange(command)) this.#sent.push(message);
    if (command.type === 'reset') this.#resetId = message.id;
    return message;
  }

  #hear(event: Event): void {
    this.#hasSpoken = true;
    this.#watchdog.heard(event.type === 'backend' ? event.backend : undefined);
    if (event.type === 'pong') return;
    if (event.type === 'failed') {
      this.#fail(event.sentence);
      return;
    }
    if (event.type === 'backend') this.#backend = event.backend;
    if (event.type === 'checkpoint') {
      const isOutdated = event.obeyed < this.#resetId;
      if (!isOutdated) this.#take(event);
      else if (!event.wasAsked) return;
    }
    this.#tell(event);
  }

  #take({ checkpoint, obeyed, wasAsked }: CheckpointEvent): void {
    // Unasked ones have been looked at by the worker.
    if (checkpoint !== undefined) this.#isReady = true;
    if (checkpoint === undefined || (wasAsked && !checkpoint.runs.every(isSound))) return;
    this.#lastCheckpoint = checkpoint;
    this.#sent = this.#sent.filter(({ id }) => id > obeyed);
  }

  /** The worker is lost: another one goes on from the last checkpoint, unless that has been tried. */
  #fail(sentence: string): void {
    const step = this.#lastCheckpoint?.step ?? 0;
    // A run that catches up gets further without a state that tells.
    const catchesUp = this.#sent.some(({ command }) => command.type === 'addRun');
    const isIdle = this.#isReady && !this.#wantsTraining;
    this.#count(isIdle || catchesUp ? undefined : step);
    const { wanted, explanation } = this.#successor();
    if (wanted === undefined) {
      this.#giveUp(`${sentence} Reload the page to train again; the recorded run can be seen all the same.`);
      return;
    }
    const sentences = [sentence, explanation, `Training goes on from step ${step}.`];
    this.#restart(wanted, this.#lastCheckpoint);
    this.#tell({ type: 'notice', sentence: sentences.filter((part) => part !== '').join(' ') });
  }

  /** Forgets earlier failures, but for those of the last minute and those from which training never got further. */
  #count(step: number | undefined): void {
    const now = performance.now();
    const counts = (failure: { readonly at: number; readonly step: number | undefined }) =>
      now - failure.at < AGAIN_MS || (step !== undefined && failure.step === step);
    this.#failures = [...this.#failures.filter(counts), { at: now, step }];
  }

  #successor(): { wanted: Experiment['backend'] | undefined; explanation: string } {
    const wanted = this.#open?.experiment.backend ?? 'auto';
    if (this.#failures.length < 2) return { wanted: this.#backend ?? wanted, explanation: '' };
    // One that was silent from the beginning could not be loaded: there is none for any backend.
    const opening = wanted === 'auto' ? 'webgl' : wanted;
    const failing = this.#backend ?? (this.#hasSpoken ? opening : undefined);
    const next = failing && NEXT[failing];
    if (next === undefined) return { wanted: undefined, explanation: '' };
    this.#failures = [];
    return { wanted: next, explanation: 'It happened before, so another way to compute is taken.' };
  }

  #restart(backend: Experiment['backend'], resume: Checkpoint | undefined): void {
    const before = this.#open;
    if (before === undefined) return;
    this.#end();
    const experiment = { ...(resume?.experiment ?? before.experiment), backend };
    const untaken = this.#sent;
    this.#sent = [];
    this.#open = { ...before, experiment, resume: resume && { ...resume, experiment } };
    this.#start();
    if (this.#samples !== undefined) this.#post(this.#samples);
    for (const { command } of untaken) this.#post(command);
    if (this.#wantsTraining) this.#post({ type: 'train' });
  }

  #giveUp(sentence: string): void {
    this.#isOver = true;
    this.#end();
    // After this turn: whoever sent the command that could not be carried out listens by then.
    queueMicrotask(() => this.#tell({ type: 'failed', sentence }));
  }

  #end(): void {
    this.#watchdog.rest();
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #tell(event: Event): void {
    for (const listener of this.#listeners) listener(event);
  }
}

function newWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'lab' });
}
