/** What the reader asked and the worker, in the midst of its work, has not looked at yet. */

import type { Command, Envelope } from './protocol.ts';
import { Silence } from './silence.ts';

/** A choice of the reader is answered within 5 s: what remains is for the clock's tick and for the answer. */
export const PATIENCE_MS = 4000;

/** Says what is late as often as that much time has gone by without any of it being acknowledged. */
export class Unanswered {
  readonly #clock: Silence;
  #envelopes: readonly Envelope[] = [];

  constructor(onLate: (late: readonly Command[]) => void) {
    this.#clock = new Silence({
      limit: () => PATIENCE_MS,
      onLimit: () => {
        this.#clock.broken();
        onLate(this.#envelopes.map(({ command }) => command));
      },
    });
  }

  add(envelope: Envelope): void {
    if (this.#envelopes.length === 0) this.#clock.begin();
    this.#envelopes = [...this.#envelopes, envelope];
  }

  /** The worker has taken in the commands up to this one. */
  acknowledge(id: number): void {
    const rest = this.#envelopes.filter((envelope) => envelope.id > id);
    if (rest.length < this.#envelopes.length) this.#clock.broken();
    this.#envelopes = rest;
    if (rest.length === 0) this.#clock.end();
  }

  /** The worker has been ended; the next one is told by other ways. */
  forget(): void {
    this.acknowledge(Number.POSITIVE_INFINITY);
  }
}
