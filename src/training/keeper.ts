/** The worker's own memory of good states: when to take one, and which to go back to. */

import type { Checkpoint } from './protocol.ts';

/** A lost worker costs at most so much training: whichever is more work within `LONGEST_MS`. */
const STEPS = 50;
const SHORTEST_MS = 250;
const LONGEST_MS = 2000;

export class Keeper {
  readonly #now: () => number;
  #last: Checkpoint | undefined;
  #lockStep: Checkpoint | undefined;
  #takenAt = Number.NEGATIVE_INFINITY;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** The newest one. */
  get last(): Checkpoint | undefined {
    return this.#last;
  }

  /** The newest one in which no run was halted. */
  get lockStep(): Checkpoint | undefined {
    return this.#lockStep;
  }

  isDue(step: number): boolean {
    const elapsed = this.#now() - this.#takenAt;
    const steps = step - (this.#last?.step ?? Number.NEGATIVE_INFINITY);
    return elapsed >= LONGEST_MS || (steps >= STEPS && elapsed >= SHORTEST_MS);
  }

  keep(checkpoint: Checkpoint): void {
    this.#last = checkpoint;
    if (checkpoint.runs.every(({ halted }) => halted === undefined)) this.#lockStep = checkpoint;
    this.#takenAt = this.#now();
  }

  forget(): void {
    this.#last = undefined;
    this.#lockStep = undefined;
  }
}
