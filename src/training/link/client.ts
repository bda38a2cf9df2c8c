/**
 * The page's side of the worker, and its supervisor: it sends commands, hands on events, keeps the last
 * checkpoint outside of the worker, notices when the worker fails or falls silent, and starts another one
 * from that checkpoint.
 */

import { heldImages } from '../../data/own-images.ts';
import { afterNextFrame } from '../../data/yield-to-messages.ts';
import { isChange, recordOf } from '../changes.ts';
import { isSound } from '../checkpoint.ts';
import type { AnswerTo, Request } from '../requests.ts';
import { attend } from './attend.ts';
import { Failures } from './failures.ts';
import { OpenRequests } from './open-requests.ts';
import { preparingEvent } from './preparing.ts';
import type {
  BackendName,
  Checkpoint,
  CheckpointEvent,
  Command,
  Envelope,
  Event,
  Experiment,
  LabState,
  Message,
  Told,
} from './protocol.ts';
import { Questions } from './questions.ts';
import { PATIENCE_MS, Unanswered } from './unanswered.ts';
import { Watchdog } from './watchdog.ts';

export type Listener = (event: Event) => void;
type Open = Extract<Command, { type: 'open' }>;

/** One lab in a worker, as the page sees it; workers that fail are replaced until `dispose`. */
export class LabClient {
  readonly #createWorker: () => Worker;
  readonly #listeners = new Set<Listener>();
  readonly #watchdog = new Watchdog(() => this.#fail('The training worker fell silent.'));
  #worker: Worker | undefined;
  #open: Open | undefined;
  #lastCheckpoint: Checkpoint | undefined;
  /** A worker in a long step is not waited for: what the reader chooses, another one does from the last checkpoint. */
  readonly #unanswered = new Unanswered((late) => this.#onLate(late));
  /** Commands that no checkpoint has taken in yet, oldest first. */
  #sent: Envelope[] = [];
  #lastId = 0;
  /** Of the newest reset: events and checkpoints from before it are ignored. */
  #resetId = 0;
  /** Of the newest command after which there are other runs, or the same at an earlier step. */
  #runsId = 0;
  /** Of the newest `train`. */
  #trainId = 0;
  readonly #questions = new Questions();
  readonly #requests = new OpenRequests();
  /** The reader pressed Train and not Pause. */
  #wantsTraining = false;
  /** Until which step. */
  #until: number | undefined;
  #samples: Command | undefined;
  #cores: Command | undefined;
  /** A single step that has not been told of yet. */
  #step: Command | undefined;
  /** What the worker last said of these runs. */
  #state: LabState | undefined;
  /** The page has had a picture of these runs, with these samples. */
  #isShown = false;
  #backend: BackendName | undefined;
  readonly #failures = new Failures();
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
    else {
      // They may have been opened since.
      if (command.type === 'retryData') this.#giveImages();
      this.#unanswered.add(this.#post(command));
    }
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
   * @throws Error with a sentence where runs came or went meanwhile, where one has just diverged, where training has ended
   *   and left nothing, and where another session has taken this one's place
   */
  checkpoint(): Promise<Checkpoint | undefined> {
    return this.#ask(false);
  }

  /** The worker's state before the next command; undefined where it can't be told any more. Never rejects. */
  finalCheckpoint(): Promise<Checkpoint | undefined> {
    return this.#ask(true).catch(() => undefined);
  }

  #ask(isFinal: boolean): Promise<Checkpoint | undefined> {
    const envelope = this.#isOver ? undefined : this.#post({ type: 'checkpoint' });
    const answer = this.#questions.put(envelope?.id ?? 0, isFinal);
    if (envelope === undefined) this.#answerFinally();
    else this.#unanswered.add(envelope);
    return answer;
  }

  /**
   * Asks what changes nothing; a worker that takes over is asked again.
   *
   * @throws Error with a sentence where it can't be told, where training has ended for good, and where another session has
   *   taken this one's place
   */
  request<R extends Request>(request: R): Promise<AnswerTo<R>> {
    if (this.#isOver || this.#open === undefined) return Promise.reject(new Error(NOBODY_COMPUTES));
    return this.#requests.put(request, (question) => this.#post({ type: 'ask', question, request }));
  }

  /** Goes on with the same runs on another backend, from where they are; after the end of all training, too. */
  async moveTo(backend: Experiment['backend']): Promise<void> {
    const late = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS));
    await Promise.race([this.checkpoint().catch(() => undefined), late]);
    if (this.#open === undefined || this.#isDisposed) return;
    this.#isOver = false;
    this.#failures.forget();
    this.#restart(backend, this.#lastCheckpoint, this.#isShown);
  }

  dispose(): void {
    this.#questions.end(({ reject }) => reject(new Error('Another session has been opened.')));
    this.#requests.end('Another session has been opened.');
    this.#isOver = true;
    this.#isDisposed = true;
    this.#end();
    this.#listeners.clear();
  }

  /** Keeps what a new worker would have to be sent. */
  #remember(command: Command): void {
    switch (command.type) {
      case 'open':
        this.#open = command;
        this.#lastCheckpoint = command.resume;
        return;
      case 'reset':
        // What was kept from before it is dropped.
        this.#lastCheckpoint = undefined;
        this.#sent = [];
        this.#step = undefined;
        this.#state = undefined;
        this.#isShown = false;
        this.#wantsTraining = false;
        this.#watchdog.network = command.experiment.network;
        if (this.#open !== undefined)
          this.#open = { ...this.#open, experiment: command.experiment, resume: undefined };
        return;
      case 'train':
      case 'pause':
        this.#wantsTraining = command.type === 'train';
        this.#until = command.type === 'train' ? command.until : undefined;
        this.#step = undefined;
        return;
      case 'step':
        this.#step = command;
        return;
      case 'useCores':
        this.#cores = command;
        return;
      case 'showSamples':
        this.#samples = command;
        this.#isShown = false;
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
    attend<Told>(worker, () => this.#worker === worker, {
      onMessage: (told) => this.#hear(told),
      onError: (message) =>
        this.#fail(
          message
            ? `The training worker failed: ${message}.`
            : 'The training code could not be loaded. There may be a new version: reload the page.',
        ),
      onUnreadable: () => this.#fail('The training worker sent what can’t be read.'),
    });
    this.#backend = undefined;
    this.#hasSpoken = false;
    this.#isReady = false;
    this.#giveImages();
    this.#post(open);
    this.#watchdog.watch(open.experiment.network, () => this.#worker?.postMessage('ping' satisfies Message));
  }

  /** Of the visitor's own, where this page has them: a worker has nothing but what it is sent, and what the browser keeps. */
  #giveImages(): void {
    const own = heldImages(this.#open?.experiment.data ?? '');
    if (own !== undefined) this.#worker?.postMessage({ own } satisfies Message);
  }

  /** Sends, and keeps what changes the runs until a checkpoint has taken it in. */
  #post(command: Command): Envelope {
    const message = this.#number(command);
    this.#worker?.postMessage(message);
    return message;
  }

  #number(command: Command): Envelope {
    const message = { id: ++this.#lastId, command };
    if (isChange(command)) this.#sent.push(message);
    if (command.type === 'reset') this.#resetId = message.id;
    if (makesOtherRuns(command)) this.#runsId = message.id;
    if (command.type === 'train') this.#trainId = message.id;
    return message;
  }

  #hear({ acknowledged = Number.POSITIVE_INFINITY, ...event }: Told): void {
    this.#hasSpoken = true;
    this.#unanswered.acknowledge(acknowledged);
    if (event.type === 'backend') this.#watchdog.heard({ backend: event.backend });
    else if (event.type === 'state') this.#watchdog.heard({ network: event.network });
    else this.#watchdog.heard();
    /** True where the checkpoint is of the present runs. */
    const isCurrent = acknowledged >= this.#runsId;
    switch (event.type) {
      case 'pong':
        return;
      case 'answer':
        this.#requests.answer(event.question, event.answer);
        return;
      case 'failed':
        this.#fail(event.sentence);
        return;
      case 'backend':
        this.#backend = event.backend;
        break;
      case 'state':
        // Where every run waits, the worker pauses without a command.
        if (event.activity === 'paused' && acknowledged >= this.#trainId) this.#wantsTraining = false;
        if (isCurrent) this.#state = event;
        break;
      case 'progress':
        this.#step = undefined;
        break;
      case 'snapshot':
        if (isCurrent && event.set === 'probe') this.#isShown = true;
        this.#tellWhenDrawn();
        break;
      case 'checkpoint':
        this.#take(event, acknowledged);
    }
    if (isCurrent || !OF_RUNS.has(event.type)) this.#tell(event);
  }

  /** So that no more pictures come than the page can draw. */
  #tellWhenDrawn(): void {
    const worker = this.#worker;
    const arrived = performance.now();
    void afterNextFrame().then(() => {
      const drawnIn = performance.now() - arrived;
      if (this.#worker === worker) worker?.postMessage({ drawnIn } satisfies Message);
    });
  }

  #take({ checkpoint, wasAsked }: CheckpointEvent, acknowledged: number): void {
    // The worker has checked those that it sends by itself.
    const isGood = !wasAsked || (checkpoint?.runs.every(isSound) ?? true);
    if (checkpoint !== undefined && acknowledged >= this.#resetId) {
      this.#isReady = true;
      if (isGood) {
        this.#lastCheckpoint = checkpoint;
        this.#sent = this.#sent.filter(({ id }) => id > acknowledged);
      }
    }
    if (wasAsked) this.#questions.answer({ checkpoint, acknowledged, isGood }, this.#runsId);
  }

  /** Training has ended: the answer is the last state, if it is of the present runs. */
  #answerFinally(): void {
    const isCurrent = !this.#sent.some(({ command }) => makesOtherRuns(command));
    this.#questions.end(({ resolve, reject }) => {
      if (this.#lastCheckpoint === undefined)
        reject(new Error('Training has ended: there is nothing to save.'));
      else if (isCurrent) resolve(this.#lastCheckpoint);
      else
        reject(new Error('Training ended before the panels were changed: choose a backend to go on first.'));
    });
  }

  /** The worker is lost: another one goes on from the last checkpoint, unless that has been tried. */
  #fail(sentence: string): void {
    const step = this.#lastCheckpoint?.step ?? 0;
    // A run that catches up makes progress that no checkpoint shows.
    const catchesUp = this.#sent.some(({ command }) => command.type === 'addRun');
    const isIdle = this.#isReady && !this.#wantsTraining;
    this.#failures.add(isIdle || catchesUp ? undefined : step);
    const { wanted, explanation } = this.#successor();
    if (wanted === undefined) {
      this.#giveUp(`${sentence} Reload the page to train again; the recorded run can be seen all the same.`);
      return;
    }
    const outlook = this.#wantsTraining
      ? `Training goes on from step ${step}.`
      : `The state of step ${step} is back.`;
    const sentences = [sentence, explanation, outlook];
    this.#restart(wanted, this.#lastCheckpoint);
    this.#tell({ type: 'notice', sentence: sentences.filter((part) => part !== '').join(' ') });
  }

  #successor(): { wanted: Experiment['backend'] | undefined; explanation: string } {
    const wanted = this.#open?.experiment.backend ?? 'auto';
    if (!this.#failures.areRepeated) return { wanted: this.#backend ?? wanted, explanation: '' };
    // A worker that never said anything could not be loaded, and would not load for another backend.
    const opening = wanted === 'auto' ? 'webgl' : wanted;
    const failing = this.#backend ?? (this.#hasSpoken ? opening : undefined);
    const next = this.#failures.nextAfter(failing);
    if (next === undefined) return { wanted: undefined, explanation: '' };
    return { wanted: next, explanation: 'It happened before, so another way to compute is taken.' };
  }

  /** What is late is no failure of the worker, which only works; but the reader is not kept waiting. */
  #onLate(late: readonly Command[]): void {
    const choices = late.filter(({ type }) => !CAN_WAIT.has(type));
    // What is chosen while a worker opens, it takes in then; it need not open for an experiment that is gone.
    const isUrgent = this.#backend !== undefined || choices.some(({ type }) => type === 'reset');
    if (choices.length === 0) this.#tellLate();
    else if (isUrgent) this.#takeOver();
  }

  /** More work waits its turn, and a state is asked for: between two steps that is the last one. */
  #tellLate(): void {
    const state = this.#state;
    if (this.#wantsTraining && state !== undefined && state.activity !== 'training') {
      const sentence = 'Training begins when the worker has done what it is at.';
      this.#state = { ...state, activity: 'training', sentence };
      this.#tell(this.#state);
    }
    const checkpoint = this.#lastCheckpoint;
    if (this.#questions.areOpen && this.#sent.length > 0 && checkpoint !== undefined) {
      this.#takeOver();
      return;
    }
    this.#questions.end(({ isFinal, resolve, reject }) => {
      // The page says from which step the newest one is.
      if (isFinal) resolve(undefined);
      else if (checkpoint !== undefined) resolve(checkpoint);
      else reject(new Error('There is nothing to save yet: the runs are being prepared.'));
    });
  }

  /** Another worker goes on from the last checkpoint, with what was chosen. */
  #takeOver(): void {
    const resume = this.#lastCheckpoint;
    this.#restart(this.#backend ?? this.#open?.experiment.backend ?? 'auto', resume, this.#isShown);
    const experiment = this.#open?.experiment;
    if (experiment === undefined) return;
    const start = resume === undefined ? { experiment } : { experiment, resume, changes: [], isShown: true };
    const activity = this.#wantsTraining ? 'training' : 'waiting';
    const sentence = `The worker did not answer in time: another one takes over at step ${resume?.step ?? 0}.`;
    this.#tell(preparingEvent(start, { activity, sentence, wayBack: this.#state?.wayBack }));
  }

  #restart(backend: Experiment['backend'], resume: Checkpoint | undefined, isShown = false): void {
    const before = this.#open;
    if (before === undefined) return;
    this.#end();
    const experiment = { ...(resume?.experiment ?? before.experiment), backend };
    const untaken = this.#sent;
    this.#sent = [];
    // Images that were trained on are fetched again, even where the visitor saves data.
    const fetchNow = before.fetchNow || resume !== undefined;
    this.#open = { ...before, experiment, resume: resume && { ...resume, experiment }, fetchNow, isShown };
    this.#start();
    for (const chosen of [this.#samples, this.#cores]) if (chosen !== undefined) this.#post(chosen);
    for (const { command } of untaken) this.#post(command);
    if (this.#wantsTraining) this.#post({ type: 'train', until: this.#until });
    else if (this.#step !== undefined) this.#post(this.#step);
    this.#questions.askAgain(() => this.#post({ type: 'checkpoint' }).id);
    this.#requests.askAgain((question, request) => this.#post({ type: 'ask', question, request }));
  }

  #giveUp(sentence: string): void {
    this.#isOver = true;
    this.#end();
    this.#requests.end(NOBODY_COMPUTES);
    this.#answerFinally();
    // Not at once: the caller that sent the failed command subscribes first.
    queueMicrotask(() => this.#tell({ type: 'failed', sentence }));
  }

  #end(): void {
    this.#watchdog.rest();
    this.#unanswered.forget();
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #tell(event: Event): void {
    for (const listener of this.#listeners) listener(event);
  }
}

const NOBODY_COMPUTES = 'Nothing computes here now.';

/** Are there other runs after this command, or the same at an earlier step? */
const makesOtherRuns = (command: Command) =>
  command.type === 'reset' || (isChange(command) && recordOf(command).runsBecomeOthers);

/** More work for a worker that works, or a question: the reader chose nothing else than what it does. */
const CAN_WAIT: ReadonlySet<Command['type']> = new Set<Command['type']>([
  'train',
  'step',
  'snapshotAll',
  'retryData',
  'useCores',
  'checkpoint',
]);

/** Events that speak of the runs, by their position. */
const OF_RUNS: ReadonlySet<Event['type']> = new Set<Event['type']>([
  'state',
  'progress',
  'snapshot',
  'checkpoint',
]);

function newWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'lab' });
}
