/** How much to do at a time: steps between two looks at the mailbox, and how often to say and show how far it is. */

/** A turn is long enough to be worth its read-back and short enough that a click acts at once. */
const TURN_MS = 50;
const MOST_STEPS = 32;
/** Snapshots take at most this share of the time, here and on the page, and come at most this often. */
const SNAPSHOT_SHARE = 0.2;
const SNAPSHOT_INTERVAL_MS = 150;
/** A page that is not seen draws nothing, and says so late or never: its history goes on at this pace. */
const UNDRAWN_INTERVAL_MS = 2000;
/** Snapshots of the whole test set come at the ends of epochs, and of short ones at most this often. */
const WHOLE_INTERVAL_MS = 2000;
/** No reader reads numbers that change more often. */
const PROGRESS_INTERVAL_MS = 200;
/** Weight of the newest turn in the running average of the speed. */
const NEWEST = 0.2;

/** Measures the time of steps and snapshots, in milliseconds, and plans the next turn by it. */
export class Pace {
  readonly #now: () => number;
  #millisecondsPerStep: number | undefined;
  #lastSnapshot = Number.NEGATIVE_INFINITY;
  #lastProgress = Number.NEGATIVE_INFINITY;
  #lastWhole = Number.NEGATIVE_INFINITY;
  #snapshotMs = 0;
  /** What the page took to draw the last snapshot that it has drawn. */
  #drawnMs = 0;
  /** The last snapshot has not been drawn yet. */
  #isAwaited = false;

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

  progressIsDue(): boolean {
    return this.#now() - this.#lastProgress >= PROGRESS_INTERVAL_MS;
  }

  progressTold(): void {
    this.#lastProgress = this.#now();
  }

  snapshotIsDue(): boolean {
    const slowest = Math.max(this.#snapshotMs, this.#drawnMs);
    const interval = Math.max(SNAPSHOT_INTERVAL_MS, slowest * (1 / SNAPSHOT_SHARE - 1));
    const waited = this.#now() - this.#lastSnapshot;
    return waited >= (this.#isAwaited ? Math.max(interval, UNDRAWN_INTERVAL_MS) : interval);
  }

  wholeIsDue(): boolean {
    return this.#now() - this.#lastWhole >= WHOLE_INTERVAL_MS;
  }

  wholeTold(): void {
    this.#lastWhole = this.#now();
  }

  /** A snapshot was taken and handed to the page. */
  snapshotTook(milliseconds: number): void {
    this.#snapshotMs = milliseconds;
    this.#lastSnapshot = this.#now();
    this.#isAwaited = true;
  }

  /** The page has drawn it. */
  drawnIn(milliseconds: number): void {
    this.#drawnMs = milliseconds;
    this.#isAwaited = false;
  }
}
