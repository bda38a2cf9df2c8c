/** How much to do at a time: steps between two looks at the mailbox, and how often to take a snapshot. */

/** A turn is long enough to be worth its read-back and short enough that a click acts at once. */
const TURN_MS = 50;
const MOST_STEPS = 32;
/** Snapshots take at most this share of the time, and come at most this often. */
const SNAPSHOT_SHARE = 0.2;
const SNAPSHOT_INTERVAL_MS = 150;
/** Weight of the newest turn in the running average of the speed. */
const NEWEST = 0.2;

/** Measures the time of steps and snapshots, in milliseconds, and plans the next turn by it. */
export class Pace {
  readonly #now: () => number;
  #millisecondsPerStep: number | undefined;
  #lastSnapshot = Number.NEGATIVE_INFINITY;
  #snapshotMs = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Forgets the speed measured so far, after a pause. */
  restart(): void {
    this.#millisecondsPerStep = undefined;
  }

  get stepsPerTurn(): number {
    if (this.#millisecondsPerStep === undefined) return 1;
    return Math.max(1, Math.min(MOST_STEPS, Math.round(TURN_MS / this.#millisecondsPerStep)));
  }

  /** Training steps a second, without the time that snapshots take; 0 before the first turn. */
  get stepsPerSecond(): number {
    return this.#millisecondsPerStep === undefined ? 0 : 1000 / this.#millisecondsPerStep;
  }

  turn(steps: number, milliseconds: number): void {
    if (steps === 0) return;
    const newest = Math.max(milliseconds / steps, 1e-3);
    const before = this.#millisecondsPerStep ?? newest;
    this.#millisecondsPerStep = before + NEWEST * (newest - before);
  }

  snapshotIsDue(): boolean {
    const interval = Math.max(SNAPSHOT_INTERVAL_MS, this.#snapshotMs * (1 / SNAPSHOT_SHARE - 1));
    return this.#now() - this.#lastSnapshot >= interval;
  }

  snapshotTook(milliseconds: number): void {
    this.#snapshotMs = milliseconds;
    this.#lastSnapshot = this.#now();
  }
}
