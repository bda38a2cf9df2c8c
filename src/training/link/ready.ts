/** The worker's third state: the runs are here, are trained, and their pictures and states go to the page. */

import { type LabelledImages, slice } from '../../data/labelled-images.ts';
import { LAST_STEP } from '../../losses/schedule.ts';
import { deviceIsLost } from '../backend/backend.ts';
import { type Change, isChange, recordOf } from '../changes.ts';
import { faultOfState, isBlank } from '../checkpoint.ts';
import type { Checkpoints } from '../lab/checkpoints.ts';
import { GuardedLab } from '../lab/guarded-lab.ts';
import { Lab } from '../lab/lab.ts';
import { wayBackOf } from '../lab/recovery.ts';
import { snapshotOf, stateEvent } from './events.ts';
import type { Equipment, HostState, Letter, Start } from './host-state.ts';
import type { Pace } from './pace.ts';
import { preparingEvent } from './preparing.ts';
import type { Checkpoint, Command, LossTerms, Progress, Snapshot } from './protocol.ts';

/** Steps between two looks for divergence, at most. */
const STEPS_A_LOOK = 20;
const END = `Training ends at step ${LAST_STEP}: Save session keeps it, Reset begins anew.`;
/** Images whose features are looked at. */
const LOOKED_AT = 32;

/** In steps: from here on an epoch’s end is told whatever the time. */
const LONG_EPOCH = 100;

/** The last state: commands and turns of training alternate in it; a reset makes another one. */
export class Ready implements HostState {
  readonly #equipment: Equipment;
  readonly #checkpoints: Checkpoints;
  readonly #guarded: GuardedLab;
  readonly #pace: Pace;
  /** Progress that the page has not been told of. */
  #untold: Progress | undefined;
  /** The page asked for a checkpoint, and a run is behind. */
  #answerIsDue: boolean;
  /** What was changed live and is in no checkpoint yet. */
  #untaken: 'settings' | 'runs' | undefined;
  #alarm: ReturnType<typeof setTimeout> | undefined;

  private constructor(equipment: Equipment, lab: Lab, checkpoints: Checkpoints, answerIsDue: boolean) {
    this.#equipment = equipment;
    this.#checkpoints = checkpoints;
    this.#pace = equipment.pace;
    this.#guarded = new GuardedLab(lab, checkpoints, equipment.images.training);
    this.#answerIsDue = answerIsDue;
  }

  /** Makes the runs, shows their first picture and compiles what they need. */
  static async from(
    equipment: Equipment,
    start: Start,
    checkpoints: Checkpoints,
    answerIsDue: boolean,
  ): Promise<Ready> {
    const { images, rehearsal, demand, port } = equipment;
    const activity = demand.isTraining ? 'training' : 'waiting';
    const wayBack = wayBackOf(start.resume?.runs ?? [], checkpoints)?.step;
    port.post(preparingEvent(start, { activity, sentence: 'Preparing the network.', wayBack }));
    const lab =
      start.resume === undefined
        ? await Lab.create(start.experiment, images.training)
        : await Lab.restore(images.training, start.resume);
    const ready = new Ready(equipment, lab, checkpoints, answerIsDue);
    // Nothing is told in between: what is acknowledged by now takes account of them all.
    if (start.resume !== undefined)
      for (const change of start.changes) await recordOf(change).lab(ready.#guarded, change);
    ready.#restIfHalted();
    await ready.#keep();
    await ready.#answerIfDue();
    if (!start.isShown) {
      ready.#tellState('Drawing the first picture.');
      await ready.#tellSnapshot('probe');
    }
    const { experiment } = ready.#lab;
    if (rehearsal.isDue(experiment)) {
      ready.#tellState('Compiling the network.');
      await rehearsal.run(experiment, images.training);
    }
    ready.#tellState();
    return ready;
  }

  get lab(): Lab {
    return this.#guarded.lab;
  }

  get #lab(): Lab {
    return this.lab;
  }

  async take(letter: Letter): Promise<HostState> {
    if ('note' in letter) {
      if (letter.note === 'testReady' && this.#equipment.images.wanted === 'all') await this.#changeSamples();
      return this;
    }
    if (letter.command.type === 'reset') return this.#reset(letter.command.experiment);
    await this.#carryOut(letter.command);
    return this;
  }

  async #carryOut(command: Command): Promise<void> {
    const { images, demand } = this.#equipment;
    if (isChange(command)) return this.#change(command);
    switch (command.type) {
      case 'train':
      case 'step':
        // Where all wait, their panels say what can be done.
        if (this.#lab.isHalted || this.#isAtEnd) return this.#tellState();
        if (command.type === 'train') demand.train(command.until);
        else demand.step();
        if (command.type === 'train') {
          const { experiment, runs } = this.#lab;
          this.#equipment.cores.begin(`${experiment.network}, ${runs.length} runs`);
        }
        this.#pace.restart();
        images.load();
        return this.#tellState();
      case 'pause':
        demand.rest();
        this.#tellProgress();
        await this.#keep();
        this.#tellState();
        return this.#tellSnapshot('probe');
      case 'retryData':
        return images.load();
      case 'showSamples':
        images.wanted = command.samples;
        return this.#changeSamples();
      case 'snapshotAll':
        return this.#tellSnapshot('test');
      case 'checkpoint':
        return this.#answer();
    }
  }

  async #change(change: Change): Promise<void> {
    this.#tellProgress();
    const { step } = this.#lab;
    const { lab, runsBecomeOthers } = recordOf(change);
    await lab(this.#guarded, change);
    if (runsBecomeOthers) this.#untaken = 'runs';
    else this.#untaken ??= 'settings';
    if (runsBecomeOthers) {
      this.#restIfHalted();
      await this.#answerIfDue();
      // The page drops what came later before it gets the picture of an earlier step.
      if (this.#lab.step < step) this.#tellState();
      await this.#tellSnapshot('probe');
    }
    this.#tellState();
  }

  async #reset(experiment: Start['experiment']): Promise<HostState> {
    this.#equipment.demand.rest();
    this.#checkpoints.forget();
    this.#guarded.dispose();
    return Ready.from(this.#equipment, { experiment }, this.#checkpoints, this.#answerIsDue);
  }

  /** A lost worker must not lose a change. One checkpoint holds all changes of a slider that is dragged. */
  async settle(): Promise<void> {
    if (this.#untaken === undefined) return;
    const wait = this.#checkpoints.waitAfterChange;
    if (this.#untaken === 'runs' || wait === 0) return this.#keep();
    this.#alarm ??= setTimeout(() => {
      this.#alarm = undefined;
      this.#equipment.port.wake();
    }, wait);
  }

  /** No file and no message can name a later step. */
  get #isAtEnd(): boolean {
    return this.#lab.step >= LAST_STEP;
  }

  /** All that was asked for is done, or all that there can be. */
  get #isDone(): boolean {
    return this.#isAtEnd || this.#lab.step >= this.#equipment.demand.until;
  }

  get isBusy(): boolean {
    const { demand, images } = this.#equipment;
    const wantsToLearn = (demand.isTraining || demand.isSingle) && !this.#lab.isHalted && !this.#isDone;
    return (wantsToLearn || this.#lab.catchingUpAt !== undefined) && images.suffice(this.#lab.imagesNeeded);
  }

  /** All test images are measured now. A small set has several epochs a second: not at the end of each. */
  get #endsEpoch(): boolean {
    const { step, stepsPerEpoch } = this.#lab;
    return step % stepsPerEpoch === 0 && (stepsPerEpoch >= LONG_EPOCH || this.#pace.wholeIsDue());
  }

  async train(): Promise<void> {
    if (this.#lab.catchingUpAt === undefined) await this.#trainTogether();
    else await this.#catchUp();
  }

  async #trainTogether(): Promise<void> {
    const { demand, images } = this.#equipment;
    const lab = this.#lab;
    const { isSingle } = demand;
    const steps = isSingle ? 1 : Math.min(STEPS_A_LOOK, this.#pace.stepsPerTurn);
    lab.lanes = this.#equipment.cores.lanes;
    const started = performance.now();
    let done = 0;
    while (done < steps && images.suffice(lab.imagesNeeded)) {
      await lab.trainStep();
      done++;
      // A turn ends with the epoch: all test images are measured then.
      if (this.#endsEpoch || this.#isDone) break;
    }
    // The read-back is also the back-pressure: without it a GPU's queue would grow without bound.
    const losses = await lab.lossTerms();
    const took = performance.now() - started;
    this.#pace.turn(done, took);
    this.#equipment.cores.turn(done, took);
    const imagesPerSecond = this.#pace.stepsPerSecond * lab.batchSize;
    await this.#lookForFaults(losses);
    const sound = losses.map((own, run) => (lab.runs[run]?.halted === undefined ? own : undefined));
    const { step, epoch } = lab;
    this.#untold = { type: 'progress', step, epoch, imagesPerSecond, losses: sound };
    const isDone = this.#isDone;
    const isLast = isSingle || isDone;
    const endsEpoch = this.#endsEpoch;
    if (isLast || endsEpoch || this.#pace.progressIsDue()) this.#tellProgress();
    if (isLast || this.#checkpoints.isDue(step)) await this.#keep();
    if (isLast || this.#pace.snapshotIsDue()) await this.#tellSnapshot('probe');
    if (endsEpoch) {
      await this.#tellSnapshot('test');
      this.#pace.wholeTold();
    }
    if (isDone) demand.rest();
    else if (isSingle) demand.stepDone();
    if (isLast) this.#tellState();
  }

  /** The run that joined late learns a little; the page shows its progress as a sentence. */
  async #catchUp(): Promise<void> {
    const lab = this.#lab;
    lab.lanes = this.#equipment.cores.lanes;
    const started = performance.now();
    let done = 0;
    const steps = Math.min(STEPS_A_LOOK, this.#pace.stepsPerTurn);
    while (done < steps && lab.catchingUpAt !== undefined) {
      await lab.trainStep();
      done++;
    }
    const losses = await lab.lossTerms();
    this.#pace.turn(done, performance.now() - started);
    await this.#lookForFaults(losses);
    const at = lab.catchingUpAt;
    if (at === undefined) {
      await this.#keep();
      await this.#tellSnapshot('probe');
    }
    await this.#answerIfDue();
    this.#tellState(at === undefined ? undefined : `The new run catches up: step ${at} of ${lab.step}.`);
  }

  async #lookForFaults(losses: readonly (LossTerms | undefined)[]): Promise<void> {
    const { shown } = this.#equipment.images;
    if (shown !== undefined) await this.#halt(await this.#lab.faults(slice(shown, 0, LOOKED_AT), losses));
  }

  /** Returns true where there was a run with a fault. */
  async #halt(faults: readonly (string | undefined)[]): Promise<boolean> {
    if (!(await this.#guarded.halt(faults))) return false;
    this.#restIfHalted();
    this.#tellState();
    await this.#tellSnapshot('probe');
    return true;
  }

  /** Where all runs wait, nothing trains until the reader has chosen a way out. */
  #restIfHalted(): void {
    if (this.#lab.isHalted) this.#equipment.demand.rest();
  }

  /** Takes a checkpoint, and hands it to the page, where it outlives this worker. */
  async #keep(): Promise<void> {
    this.#untaken = undefined;
    const checkpoint = await this.#lab.checkpoint();
    if (checkpoint === undefined || deviceIsLost()) return;
    // A run that has diverged since the last check must not become a checkpoint.
    const faults = checkpoint.runs.map((run) => (run.halted === undefined ? faultOfState(run) : undefined));
    if (await this.#halt(faults)) return this.#keep();
    if (checkpoint.runs.some(isBlank)) return;
    this.#checkpoints.keep(checkpoint);
    this.#tellCheckpoint(this.#checkpoints.last, false);
  }

  /** Another set of samples, as soon as there are features of it to show. */
  async #changeSamples(): Promise<void> {
    const fresh = this.#equipment.images.choose();
    if (fresh !== undefined) this.#equipment.port.post({ type: 'probe', ...fresh });
    await this.#tellSnapshot('probe');
  }

  async #tellSnapshot(set: Snapshot['set']): Promise<void> {
    const { images, port } = this.#equipment;
    const samples: LabelledImages | undefined = set === 'probe' ? images.shown : images.test;
    if (samples === undefined) return;
    const started = performance.now();
    const { snapshot, transfer } = await snapshotOf(this.#lab, set, samples);
    this.#pace.snapshotTook(performance.now() - started);
    port.post(snapshot, transfer);
  }

  /** Posts a checkpoint that waited for a late run as soon as no run is behind. */
  async #answerIfDue(): Promise<void> {
    if (this.#answerIsDue && this.#lab.catchingUpAt === undefined) await this.#answer();
  }

  async #answer(): Promise<void> {
    // A run that is behind comes first: only runs in lock-step can be resumed.
    this.#answerIsDue = this.#lab.catchingUpAt !== undefined;
    if (this.#answerIsDue) return this.#equipment.images.load();
    const checkpoint = await this.#lab.checkpoint();
    // The lost device has its own event, and the next worker is asked again.
    if (deviceIsLost()) return;
    this.#tellCheckpoint(checkpoint && this.#checkpoints.withWayBack(checkpoint), true);
  }

  #tellCheckpoint(checkpoint: Checkpoint | undefined, wasAsked: boolean): void {
    this.#equipment.port.post({ type: 'checkpoint', checkpoint, wasAsked });
  }

  /** The newest, where there is any that was not told. */
  #tellProgress(): void {
    if (this.#untold === undefined) return;
    this.#equipment.port.post(this.#untold);
    this.#untold = undefined;
    this.#pace.progressTold();
  }

  /** @param sentence what is going on, other than training or waiting */
  #tellState(sentence?: string): void {
    const { isTraining } = this.#equipment.demand;
    const { step, epoch, learningRates, runs, experiment } = this.#lab;
    const resting = sentence === undefined ? 'paused' : 'waiting';
    const state = stateEvent(
      { network: experiment.network, step, learningRates, runs },
      {
        activity: isTraining ? 'training' : resting,
        sentence: sentence ?? (isTraining ? 'Training.' : this.#isAtEnd ? END : 'Ready.'),
        epoch,
        wayBack: this.#guarded.wayBack?.step,
      },
    );
    this.#equipment.port.post(state);
  }
}
