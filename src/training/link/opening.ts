/** The worker's first state: it waits for the command that opens an experiment. */

import { loadLosses } from '../../losses/joint.ts';
import { setOf } from '../experiment.ts';
import { Rehearsal } from '../lab/rehearsal.ts';
import { Demand } from './demand.ts';
import type { Equipment, HostState, Letter, Port, Surroundings } from './host-state.ts';
import { Images } from './images.ts';
import type { Command } from './protocol.ts';
import { Waiting } from './waiting.ts';

/** Ignores every command but `open`, which leads to Waiting. */
export class Opening implements HostState {
  readonly #port: Port;
  readonly #surroundings: Surroundings;
  readonly #own: Pick<Equipment, 'cores' | 'pace'>;
  readonly isBusy = false;

  constructor(port: Port, surroundings: Surroundings, own: Pick<Equipment, 'cores' | 'pace'>) {
    this.#port = port;
    this.#surroundings = surroundings;
    this.#own = own;
  }

  /** Commands before `open` have nothing to act on. */
  async take(letter: Letter): Promise<HostState> {
    return 'command' in letter && letter.command.type === 'open' ? this.#open(letter.command) : this;
  }

  async settle(): Promise<void> {}

  async train(): Promise<void> {}

  /** Images begin to come while the backend is opened. */
  async #open({
    experiment,
    dataUrl,
    resume,
    preferred,
    fetchNow,
    isShown = false,
  }: Extract<Command, { type: 'open' }>): Promise<HostState> {
    const port = this.#port;
    const { openBackend, openData } = this.#surroundings;
    const { backend, network } = experiment;
    const arriving = openData(experiment, dataUrl, (progress) => {
      port.post({ type: 'data', ...progress });
      // A lab that waits for its next shard checks again.
      port.wake();
    });
    const images = new Images(arriving, {
      onNote: port.note,
      onFailure: (sentence) => port.post({ type: 'dataFailed', sentence }),
    });
    if (fetchNow) images.load();
    // The lab asks again, and says what is wrong with one that does not come.
    loadLosses().catch(() => {});
    const choice = await openBackend({ wanted: backend, preferred, network, set: setOf(experiment) }, () =>
      port.post({ type: 'failed', sentence: 'The graphics processor was lost.' }),
    );
    port.post({ type: 'backend', ...choice });
    // A GPU has cores of its own, and in plain JavaScript a step is not cut.
    this.#own.cores.open(choice.backend === 'wasm');
    const demand = new Demand();
    const equipment = { port, images, demand, rehearsal: new Rehearsal(), ...this.#own };
    const start = resume === undefined ? { experiment } : { experiment, resume, changes: [], isShown };
    const waiting = new Waiting(equipment, start);
    waiting.tellState();
    return waiting;
  }
}
