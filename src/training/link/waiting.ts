/** The worker's second state: its backend is open, and it waits for the images that runs are made with. */

import { afterChange, type Change, isChange } from '../changes.ts';
import { Checkpoints } from '../lab/checkpoints.ts';
import { wayBackOf } from '../lab/recovery.ts';
import type { Equipment, HostState, Letter, Start } from './host-state.ts';
import { changesWait, preparingEvent } from './preparing.ts';
import type { Command } from './protocol.ts';
import { Ready } from './ready.ts';

/** Collects changes until the first images have arrived, which leads to Ready. */
export class Waiting implements HostState {
  readonly #equipment: Equipment;
  readonly #checkpoints = new Checkpoints();
  #start: Start;
  /** The page asked for a checkpoint that only the runs can give. */
  #answerIsDue = false;
  readonly isBusy = false;

  constructor(equipment: Equipment, start: Start) {
    this.#equipment = equipment;
    this.#start = start;
    if (start.resume !== undefined) this.#checkpoints.keep(start.resume);
  }

  async take(letter: Letter): Promise<HostState> {
    if ('command' in letter) this.#carryOut(letter.command);
    else if (letter.note === 'dataReady') return this.#ready();
    return this;
  }

  async settle(): Promise<void> {}

  async train(): Promise<void> {}

  /** The first picture: the samples go to the page, the runs are made, their features are shown. */
  async #ready(): Promise<HostState> {
    const { images, port } = this.#equipment;
    const fresh = images.choose();
    if (fresh !== undefined) port.post({ type: 'probe', ...fresh });
    return Ready.from(this.#equipment, this.#start, this.#checkpoints, this.#answerIsDue);
  }

  #carryOut(command: Command): void {
    const { images, demand } = this.#equipment;
    if (isChange(command)) {
      this.#change(command);
      return;
    }
    switch (command.type) {
      case 'train':
      case 'step':
        if (command.type === 'train') demand.train(command.until);
        else demand.step();
        images.load();
        this.tellState();
        break;
      case 'pause':
        demand.rest();
        this.tellState();
        break;
      case 'reset':
        demand.rest();
        this.#checkpoints.forget();
        this.#start = { experiment: command.experiment };
        this.tellState();
        break;
      case 'retryData':
        images.load();
        break;
      case 'showSamples':
        images.wanted = command.samples;
        break;
      case 'checkpoint':
        this.#answer();
    }
  }

  /** Changes to resumed runs wait until those runs are restored: which there will be is not known yet. */
  #change(change: Change): void {
    const start = this.#start;
    if (start.resume !== undefined) {
      this.#start = { ...start, changes: [...start.changes, change] };
      return;
    }
    this.#start = { experiment: afterChange(start.experiment, change, 0) };
    this.tellState();
  }

  #answer(): void {
    const { images, port } = this.#equipment;
    this.#answerIsDue = changesWait(this.#start);
    if (this.#answerIsDue) images.load();
    else port.post({ type: 'checkpoint', checkpoint: this.#start.resume, wasAsked: true });
  }

  tellState(): void {
    const { images, demand, port } = this.#equipment;
    const outlook = images.isWanted ? 'Loading the images.' : 'The images are loaded when you press Train.';
    const said = demand.isTraining
      ? ({ activity: 'training', sentence: 'Training begins when the first images have arrived.' } as const)
      : ({ activity: 'waiting', sentence: outlook } as const);
    const wayBack = wayBackOf(this.#start.resume?.runs ?? [], this.#checkpoints)?.step;
    port.post(preparingEvent(this.#start, { ...said, wayBack }));
  }
}
