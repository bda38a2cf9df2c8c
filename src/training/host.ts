/**
 * The worker's inside: takes commands, trains, and tells what happens. Without `self`, so that it
 * also runs in tests; worker.ts gives it the outside.
 */

import type { DataProgress, Mnist } from '../data/mnist.ts';
import { yieldToMessages } from '../data/turns.ts';
import { Awake } from './awake.ts';
import { type BackendChoice, type BackendWish, deviceIsLost } from './backend.ts';
import type { LabelledImages } from './batch.ts';
import { afterChange, type Change, isChange } from './changes.ts';
import { BATCH_SIZE, type Experiment } from './experiment.ts';
import { faultOfState, isBlank } from './faults.ts';
import { Keeper } from './keeper.ts';
import { CENTRE_IMAGES, Lab, tensorsHeld } from './lab.ts';
import { Mailbox } from './mailbox.ts';
import { Pace } from './pace.ts';
import type { Checkpoint, Command, Event, LossTerms, Message, Snapshot, Told } from './protocol.ts';
import { haltDiverged, labGoneBack, wayBackOf } from './recovery.ts';
import { rehearse } from './rehearsal.ts';
import { first, PROBE_IMAGES, Samples } from './samples.ts';
import { labState, snapshotOf } from './telling.ts';

export interface HostOptions {
  readonly post: (event: Told, transfer?: Transferable[]) => void;
  readonly openBackend: (wish: BackendWish, onLost: () => void) => Promise<BackendChoice>;
  readonly openData: (dataUrl: string, onProgress: (progress: DataProgress) => void) => Mnist;
}

/** What the mailbox holds: the page's commands, and the host's own notes: the first images are here, all test images are here. */
type Letter = Extract<Message, object> | { readonly note: 'dataReady' | 'testReady' };

/** Steps between two looks for divergence, at most. */
const STEPS_A_LOOK = 20;
/** Images whose features are looked at. */
const LOOKED_AT = 32;

export class Host {
  readonly #options: HostOptions;
  readonly #mailbox = new Mailbox<Letter>();
  readonly #pace = new Pace();
  readonly #awake = new Awake();
  /** What the lab is made from while there is none; from then on the lab knows better. */
  #experiment: Experiment | undefined;
  #resume: Checkpoint | undefined;
  /** Live changes that came before the runs to be resumed were there. */
  readonly #deferred: Change[] = [];
  /** The newest command that has been taken in. */
  #obeyed = 0;
  readonly #keeper = new Keeper();
  #data: Mnist | undefined;
  #dataWanted = false;
  #loading = false;
  readonly #samples = new Samples();
  #lab: Lab | undefined;
  #training = false;
  /** Steps that were asked for one by one and are not done yet. */
  #singles = 0;
  /** The page asked for a checkpoint while a run was catching up. */
  #checkpointWaits = false;
  /** The network whose programs are compiled. */
  #compiled: string | undefined;

  constructor(options: HostOptions) {
    this.#options = options;
  }

  receive(message: Message): void {
    if (message === 'ping') this.#post({ type: 'pong', tensors: tensorsHeld() });
    else this.#mailbox.put(message);
  }

  /** Runs until the worker ends. Commands take effect between steps, in the order in which they came. */
  async run(): Promise<never> {
    for (;;) {
      await this.#takeAll();
      const lab = this.#lab;
      const wants = this.#training || this.#singles > 0;
      const busy = lab !== undefined && ((wants && !lab.isHalted) || lab.catchingUpAt !== undefined);
      if (busy && this.#dataSuffices(lab)) {
        await this.#train(lab);
        await yieldToMessages();
      } else {
        await this.#mailbox.arrival();
      }
    }
  }

  async #takeAll(): Promise<void> {
    let hasChanged = false;
    for (const letter of this.#mailbox.takeAll()) {
      await this.#take(letter);
      hasChanged ||= 'command' in letter && isChange(letter.command);
    }
    // A change is not lost with the worker, either.
    if (hasChanged) await this.#keep();
  }

  async #take(letter: Letter): Promise<void> {
    if ('note' in letter) {
      if (letter.note === 'dataReady') await this.#prepare();
      else if (this.#samples.wanted === 'all') await this.#changeSamples();
      return;
    }
    // Whatever is told from now on knows of it.
    this.#obeyed = letter.id;
    await this.#obey(letter.command);
  }

  async #obey(command: Command): Promise<void> {
    if (isChange(command)) return this.#change(command);
    switch (command.type) {
      case 'open':
        return this.#open(command);
      case 'train':
      case 'step':
        // All wait: their panels say what can be done.
        if (this.#lab?.isHalted) return this.#tellState();
        if (command.type === 'train') this.#training = true;
        else if (!this.#training) this.#singles++;
        this.#pace.restart();
        this.#load();
        return this.#tellState();
      case 'pause':
        this.#training = false;
        this.#singles = 0;
        await this.#keep();
        this.#tellState();
        return this.#tellSnapshot('probe');
      case 'reset':
        return this.#reset(command.experiment);
      case 'retryData':
        return this.#load();
      case 'showSamples':
        this.#samples.wanted = command.samples;
        return this.#changeSamples();
      case 'snapshotAll':
        return this.#tellSnapshot('test');
      case 'checkpoint':
        return this.#answerCheckpoint();
    }
  }

  async #change(change: Change): Promise<void> {
    if (this.#resume !== undefined && this.#lab === undefined) {
      this.#deferred.push(change);
      return;
    }
    if (change.type === 'goBack') return this.#goBack(change);
    const lab = this.#lab;
    if (lab === undefined) {
      this.#experiment = afterChange(this.#require(this.#experiment, 'experiment'), change);
      return this.#tellState();
    }
    switch (change.type) {
      case 'setObjective':
        lab.setObjective(change.run, change.objective);
        break;
      case 'setLearningRate':
        lab.setLearningRate(change.learningRate);
        break;
      case 'setWarmUp':
        lab.setWarmUp(change.warmUpSteps);
        break;
      case 'addRun':
        await lab.addRun(change.run);
        await this.#tellSnapshot('probe');
        break;
      case 'removeRun':
        lab.removeRun(change.run);
        this.#keeper.removeRun(change.run);
        this.#restIfHalted();
        await this.#answerWaiting();
        await this.#tellSnapshot('probe');
    }
    this.#tellState();
  }

  async #open(command: Extract<Command, { type: 'open' }>): Promise<void> {
    this.#experiment = command.experiment;
    this.#resume = command.resume;
    if (command.resume !== undefined) this.#keeper.keep(command.resume);
    this.#data = this.#options.openData(command.dataUrl, (progress) => {
      this.#post({ type: 'data', ...progress });
      // A lab that waits for its next shard looks again.
      this.#mailbox.wake();
    });
    if (command.fetchNow) this.#load();
    const { backend, network } = command.experiment;
    const choice = await this.#options.openBackend(
      { wanted: backend, preferred: command.preferred, network },
      () => this.#post({ type: 'failed', sentence: 'The graphics processor was lost.' }),
    );
    this.#post({ type: 'backend', ...choice });
    this.#tellState();
  }

  /** Starts the download, or goes on with what is missing. */
  #load(): void {
    this.#dataWanted = true;
    const data = this.#data;
    if (data === undefined || this.#loading) return;
    this.#loading = true;
    // What the first picture needs is announced through the mailbox, so that it is handled between steps.
    const first = Promise.all([data.whenTrain(CENTRE_IMAGES), data.whenTest(PROBE_IMAGES)]);
    first.then(
      () => this.#mailbox.put({ note: 'dataReady' }),
      () => {},
    );
    data.load().then(
      () => {
        this.#loading = false;
        this.#mailbox.put({ note: 'testReady' });
      },
      (error: unknown) => {
        this.#loading = false;
        const sentence = error instanceof Error ? error.message : 'The images could not be loaded.';
        this.#post({ type: 'dataFailed', sentence });
      },
    );
  }

  /** The first picture: the probe set goes to the page, the lab is made, its untrained features are shown. */
  async #prepare(): Promise<void> {
    const data = this.#data;
    if (data === undefined || this.#lab !== undefined) return;
    this.#chooseSamples(data);
    await this.#makeLab();
  }

  /** Another set of samples, once there are features of it to show. */
  async #changeSamples(): Promise<void> {
    if (this.#data === undefined || this.#lab === undefined) return;
    this.#chooseSamples(this.#data);
    await this.#tellSnapshot('probe');
  }

  #chooseSamples(data: Mnist): void {
    const fresh = this.#samples.choose(data);
    if (fresh !== undefined) this.#post({ type: 'probe', ...fresh });
  }

  async #makeLab(): Promise<void> {
    const training = this.#trainingSet;
    const experiment = this.#require(this.#experiment, 'experiment');
    this.#lab =
      this.#resume === undefined
        ? await Lab.create(experiment, training)
        : await Lab.restore(training, this.#resume);
    this.#resume = undefined;
    for (const change of this.#deferred.splice(0)) await this.#change(change);
    this.#restIfHalted();
    await this.#keep();
    await this.#answerWaiting();
    this.#tellState('Drawing the first picture.');
    await this.#tellSnapshot('probe');
    await this.#compile(this.#lab.experiment, training);
    this.#tellState();
  }

  get #trainingSet(): LabelledImages {
    const { trainImages, trainLabels } = this.#require(this.#data, 'data');
    return { images: trainImages, labels: trainLabels };
  }

  /** Runs one step of each kind on a throw-away lab, so that the first real one does not wait for compilation. */
  async #compile(experiment: Experiment, training: LabelledImages): Promise<void> {
    if (this.#compiled === experiment.network) return;
    this.#tellState('Compiling the network.');
    await rehearse(experiment, training);
    this.#compiled = experiment.network;
  }

  async #reset(experiment: Experiment): Promise<void> {
    this.#training = false;
    this.#singles = 0;
    this.#experiment = experiment;
    this.#resume = undefined;
    this.#deferred.length = 0;
    this.#keeper.forget();
    if (this.#lab === undefined) return this.#tellState();
    this.#lab.dispose();
    await this.#makeLab();
  }

  #dataSuffices(lab: Lab): boolean {
    const arrived = this.#require(this.#data, 'data').trainCount;
    return arrived >= lab.imagesNeeded;
  }

  async #train(lab: Lab): Promise<void> {
    if (lab.catchingUpAt !== undefined) return this.#catchUp(lab);
    const isSingle = this.#singles > 0;
    const steps = isSingle ? 1 : Math.min(STEPS_A_LOOK, this.#pace.stepsPerTurn);
    const started = performance.now();
    let done = 0;
    while (done < steps && this.#dataSuffices(lab)) {
      lab.trainStep();
      done++;
      // The end of an epoch is a moment of its own.
      if (lab.step % lab.stepsPerEpoch === 0) break;
    }
    // The read-back is also the back-pressure: without it a GPU's queue would grow without bound.
    const losses = await lab.lossTerms();
    this.#pace.turn(done, performance.now() - started);
    const imagesPerSecond = this.#pace.stepsPerSecond * BATCH_SIZE;
    await this.#lookForFaults(lab, losses);
    const sound = losses.map((own, run) => (lab.runs[run]?.halted === undefined ? own : undefined));
    this.#post({
      type: 'progress',
      step: lab.step,
      epoch: lab.epoch,
      imagesPerSecond,
      losses: sound,
    });
    if (isSingle || this.#keeper.isDue(lab.step)) await this.#keep();
    if (isSingle || this.#pace.snapshotIsDue()) await this.#tellSnapshot('probe');
    if (lab.step % lab.stepsPerEpoch === 0) await this.#tellSnapshot('test');
    if (isSingle) {
      this.#singles = Math.max(0, this.#singles - 1);
      this.#tellState();
    }
  }

  async #lookForFaults(lab: Lab, losses: readonly (LossTerms | undefined)[]): Promise<void> {
    const looked = first(this.#require(this.#samples.shown, 'samples'), LOOKED_AT);
    await this.#halt(lab, await lab.faults(looked, losses));
  }

  /** Returns true where there was a run with a fault. */
  async #halt(lab: Lab, faults: readonly (string | undefined)[]): Promise<boolean> {
    if (!(await haltDiverged(lab, this.#keeper, faults))) return false;
    this.#restIfHalted();
    this.#tellState();
    await this.#tellSnapshot('probe');
    return true;
  }

  /** Where all runs wait, nothing trains until the reader has chosen a way out. */
  #restIfHalted(): void {
    if (!this.#lab?.isHalted) return;
    this.#training = false;
    this.#singles = 0;
  }

  /** Takes a checkpoint, and hands it to the page, where it outlives this worker. */
  async #keep(): Promise<void> {
    const lab = this.#lab;
    const checkpoint = await lab?.checkpoint();
    if (lab === undefined || checkpoint === undefined || deviceIsLost()) return;
    // What has diverged since the last look is no state to go on from.
    const faults = checkpoint.runs.map((run) => (run.halted === undefined ? faultOfState(run) : undefined));
    if (await this.#halt(lab, faults)) return this.#keep();
    if (checkpoint.runs.some(isBlank)) return;
    this.#keeper.keep(checkpoint);
    this.#tellCheckpoint(this.#keeper.last, false);
  }

  get #wayBack(): Checkpoint | undefined {
    return wayBackOf((this.#lab ?? this.#resume)?.runs ?? [], this.#keeper);
  }

  async #goBack(change: Extract<Change, { type: 'goBack' }>): Promise<void> {
    const good = this.#wayBack;
    const { learningRate } = change;
    if (good === undefined || this.#lab === undefined) {
      return learningRate === undefined
        ? this.#tellState()
        : this.#change({ type: 'setLearningRate', learningRate });
    }
    const wanted = afterChange(this.#lab.experiment, change);
    this.#lab.dispose();
    this.#lab = await labGoneBack(good, wanted, this.#trainingSet);
    this.#keeper.keep(good);
    await this.#answerWaiting();
    this.#tellState();
    await this.#tellSnapshot('probe');
  }

  /** A turn of the run that joined late; its progress is said, not drawn. */
  async #catchUp(lab: Lab): Promise<void> {
    const started = performance.now();
    let done = 0;
    const steps = Math.min(STEPS_A_LOOK, this.#pace.stepsPerTurn);
    while (done < steps && lab.catchingUpAt !== undefined) {
      lab.trainStep();
      done++;
    }
    const losses = await lab.lossTerms();
    this.#pace.turn(done, performance.now() - started);
    await this.#lookForFaults(lab, losses);
    const at = lab.catchingUpAt;
    if (at === undefined) {
      await this.#keep();
      await this.#tellSnapshot('probe');
    }
    await this.#answerWaiting();
    this.#tellState(at === undefined ? undefined : `The new run catches up: step ${at} of ${lab.step}.`);
  }

  async #tellSnapshot(set: Snapshot['set']): Promise<void> {
    const lab = this.#lab;
    const data = this.#data;
    const probe = this.#samples.shown;
    if (lab === undefined || data === undefined || probe === undefined) return;
    if (set === 'test' && data.testCount < data.testLabels.length) return;
    const images = set === 'probe' ? probe : { images: data.testImages, labels: data.testLabels };
    const started = performance.now();
    const { snapshot, transfer } = await snapshotOf(lab, set, images);
    this.#pace.snapshotTook(performance.now() - started);
    this.#post(snapshot, transfer);
  }

  /** A checkpoint that waited for a late run is told as soon as none is behind. */
  async #answerWaiting(): Promise<void> {
    if (this.#checkpointWaits && this.#lab !== undefined && this.#lab.catchingUpAt === undefined)
      await this.#answerCheckpoint();
  }

  async #answerCheckpoint(): Promise<void> {
    const lab = this.#lab;
    if (lab === undefined && this.#deferred.length === 0) return this.#tellCheckpoint(this.#resume, true);
    // A run that is behind comes first, and changes of runs that are not here yet: only lock-step can be gone on from.
    this.#checkpointWaits = lab === undefined || lab.catchingUpAt !== undefined;
    if (this.#checkpointWaits) return this.#load();
    const checkpoint = await lab?.checkpoint();
    // The loss is told by its own event, and the next worker is asked again.
    if (deviceIsLost()) return;
    this.#tellCheckpoint(checkpoint && this.#keeper.withWayBack(checkpoint), true);
  }

  #tellCheckpoint(checkpoint: Checkpoint | undefined, wasAsked: boolean): void {
    this.#post({ type: 'checkpoint', checkpoint, wasAsked });
  }

  /** @param sentence what goes on, where it is neither training nor rest */
  #tellState(sentence?: string): void {
    this.#awake.training = this.#training;
    const experiment = this.#lab?.experiment ?? this.#experiment;
    if (experiment === undefined) return;
    const state = labState({
      experiment,
      lab: this.#lab,
      resume: this.#resume,
      wayBack: this.#wayBack,
      isTraining: this.#training,
      wantsData: this.#dataWanted,
      changesWait: this.#deferred.length > 0,
      sentence,
    });
    this.#post(state);
  }

  #post(event: Event, transfer?: Transferable[]): void {
    this.#options.post({ ...event, obeyed: this.#obeyed }, transfer);
  }

  #require<T>(value: T | undefined, what: string): T {
    if (value === undefined) throw new Error(`The worker was used before it had its ${what}.`);
    return value;
  }
}
