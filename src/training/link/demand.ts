/** What the reader asked to be trained. */

import { WakeLock } from './wake-lock.ts';

/** Continuous training or a number of single steps; holds the wake lock during continuous training. */
export class Demand {
  readonly #wakeLock = new WakeLock();
  #isTraining = false;
  #singleSteps = 0;
  #until = Number.POSITIVE_INFINITY;

  /** True from `train` until `rest`. */
  get isTraining(): boolean {
    return this.#isTraining;
  }

  /** Steps were asked for one by one and are not all done yet. */
  get isSingle(): boolean {
    return this.#singleSteps > 0;
  }

  /** Training ends when so many steps are done. */
  get until(): number {
    return this.#until;
  }

  train(until = Number.POSITIVE_INFINITY): void {
    this.#isTraining = true;
    this.#until = until;
    this.#wakeLock.isHeld = true;
  }

  /** One step more, unless training goes on anyway. */
  step(): void {
    if (!this.#isTraining) this.#singleSteps++;
  }

  stepDone(): void {
    this.#singleSteps = Math.max(0, this.#singleSteps - 1);
  }

  rest(): void {
    this.#isTraining = false;
    this.#until = Number.POSITIVE_INFINITY;
    this.#singleSteps = 0;
    this.#wakeLock.isHeld = false;
  }
}
