/**
 * The worker's inside: takes commands, trains, and posts events. It does not use `self`, so that it
 * also runs in tests; worker.ts connects it to the page. Its state (opening, waiting or ready) decides
 * what a command does.
 */

import { holdImages } from '../../data/own-images.ts';
import { yieldToMessages } from '../../data/yield-to-messages.ts';
import { tensorsHeld } from '../lab/lab.ts';
import { Cores } from '../lanes/cores.ts';
import { answered } from './answers.ts';
import type { HostState, Letter, Port, Surroundings } from './host-state.ts';
import { Mailbox } from './mailbox.ts';
import { Opening } from './opening.ts';
import { Pace } from './pace.ts';
import type { Command, Event, Message, Told } from './protocol.ts';

export interface HostOptions extends Surroundings {
  readonly post: (event: Told, transfer?: Transferable[]) => void;
}

/** Receives messages at any time and carries them out in order in its loop, `run`. */
export class Host {
  readonly #options: HostOptions;
  readonly #mailbox = new Mailbox<Letter>();
  readonly #cores: Cores;
  readonly #pace = new Pace();
  #state: HostState;
  /** The newest command that has been taken in: every event posted from now on takes account of it. */
  #acknowledged = 0;

  constructor(options: HostOptions) {
    this.#options = options;
    const port: Port = {
      post: (event, transfer) => this.#post(event, transfer),
      note: (note) => this.#mailbox.put({ note }),
      wake: () => this.#mailbox.wake(),
    };
    const noLanes = () => {
      throw new Error('This browser starts no further workers');
    };
    this.#cores = new Cores({
      start: options.startLane ?? noLanes,
      machine: options.machineCores ?? 1,
      onLost: (sentence) => this.#post({ type: 'notice', sentence }),
      onChange: (computing) => this.#post({ type: 'cores', computing }),
    });
    this.#state = new Opening(port, options, { cores: this.#cores, pace: this.#pace });
  }

  receive(message: Message): void {
    if (message === 'ping') this.#answer();
    else if ('own' in message) holdImages(message.own);
    else if ('drawnIn' in message) this.#pace.drawnIn(message.drawnIn);
    else this.#mailbox.put(message);
  }

  /** Runs until the worker ends. Commands take effect between steps, in the order in which they came. */
  async run(): Promise<never> {
    for (;;) {
      for (const letter of this.#mailbox.takeAll()) await this.#take(letter);
      await this.#state.settle();
      if (this.#state.isBusy) {
        await this.#state.train();
        await yieldToMessages();
      } else {
        await this.#mailbox.arrival();
      }
    }
  }

  async #take(letter: Letter): Promise<void> {
    if ('command' in letter) {
      this.#acknowledged = letter.id;
      // To carry it out may take long.
      this.#answer();
      if (letter.command.type === 'ask') return this.#answerTo(letter.command);
      if (letter.command.type === 'useCores') return this.#cores.choose(letter.command.cores);
    }
    this.#state = await this.#state.take(letter);
  }

  /** No failure of an answer is a failure of training. */
  async #answerTo({ question, request }: Extract<Command, { type: 'ask' }>): Promise<void> {
    const answer = await answered(request, this.#state.lab).catch(
      (error: unknown) => `That could not be computed: ${error instanceof Error ? error.message : error}.`,
    );
    this.#post({ type: 'answer', question, answer });
  }

  #answer(): void {
    this.#post({ type: 'pong', tensors: tensorsHeld() });
  }

  #post(event: Event, transfer?: Transferable[]): void {
    this.#options.post({ ...event, acknowledged: this.#acknowledged }, transfer);
  }
}
