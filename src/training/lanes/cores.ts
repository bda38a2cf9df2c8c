/** How many cores compute: as the reader says, else as many as make the steps of this training fastest. */

import { type CoresWish, MOST_CORES } from './cores-wish.ts';
import { LanePool, type StartLane } from './pool.ts';

/** By themselves at most so many are taken: what a laptop has to spare. */
const MOST_BY_ITSELF = 4;
/** Turns of training that each number is timed for, after one to warm up. */
const TURNS = 3;

export interface CoresOptions {
  readonly start: StartLane;
  /** Cores of the machine, as it says. */
  readonly machine: number;
  readonly onLost: (sentence: string) => void;
  /** Called with how many compute, this one counted. */
  readonly onChange: (computing: number) => void;
}

/** Starts no lane before training begins, and none where the backend does not share its steps. */
export class Cores {
  readonly #options: CoresOptions;
  readonly lanes: LanePool;
  #wish: CoresWish = 'auto';
  #isShared = false;
  /** What is trained; undefined before the first step. */
  #work: string | undefined;
  /** Milliseconds a step by how many compute, while it is being found out. */
  #trials: Map<number, number[]> | undefined = new Map();
  #told = 1;

  constructor(options: CoresOptions) {
    this.#options = options;
    this.lanes = new LanePool({
      start: options.start,
      onLost: options.onLost,
      onChange: () => this.#changed(),
    });
  }

  /** Of all that take part in the next step. */
  get computing(): number {
    return 1 + this.lanes.others;
  }

  /** @param isShared whether this backend's steps can be shared */
  open(isShared: boolean): void {
    this.#isShared = isShared;
    this.#apply();
  }

  choose(wish: CoresWish): void {
    this.#wish = wish;
    this.#trials = new Map();
    this.#apply();
  }

  /**
   * Training begins, or goes on after a pause.
   *
   * @param work what is trained: where it is other work than before, it is found out anew how many are fastest
   */
  begin(work: string): void {
    if (work === this.#work) return;
    this.#work = work;
    this.#trials = new Map();
    this.#apply();
  }

  /** What a turn of so many steps took. */
  turn(steps: number, milliseconds: number): void {
    const trials = this.#trials;
    if (this.#wish !== 'auto' || trials === undefined || steps === 0) return;
    const times = trials.get(this.computing) ?? [];
    times.push(milliseconds / steps);
    trials.set(this.computing, times);
    if (times.length <= TURNS) return;
    // All lanes that are wanted are ready, or lost, before the last word is said.
    const next = Array.from({ length: this.lanes.ready + 1 }, (_, i) => i + 1).find(
      (count) => (trials.get(count)?.length ?? 0) <= TURNS,
    );
    if (next !== undefined) this.lanes.use(next - 1);
    else if (!this.lanes.isOpening) this.#settle(trials);
  }

  #settle(trials: ReadonlyMap<number, readonly number[]>): void {
    const best = [...trials]
      .map(([count, times]) => ({ count, time: Math.min(...times.slice(1)) }))
      .sort((a, b) => a.time - b.time)[0];
    this.#trials = undefined;
    this.lanes.want((best?.count ?? 1) - 1);
    this.#changed();
  }

  #apply(): void {
    if (!this.#isShared || this.#work === undefined) return;
    const { machine } = this.#options;
    // One is left for the page.
    const most = this.#wish === 'auto' ? Math.min(machine - 1, MOST_BY_ITSELF) : this.#wish;
    this.lanes.want(Math.max(1, Math.min(most, MOST_CORES)) - 1);
    if (this.#wish === 'auto') this.lanes.use(0);
    this.#changed();
  }

  #changed(): void {
    // While it is being found out, the number goes up and down.
    if (this.#wish === 'auto' && this.#trials !== undefined && this.#told === 1) return;
    if (this.computing === this.#told) return;
    this.#told = this.computing;
    this.#options.onChange(this.#told);
  }
}
