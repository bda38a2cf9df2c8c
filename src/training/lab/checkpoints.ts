/** The worker's own memory of good states: when to take one, and which to go back to. */

import type { Checkpoint } from '../checkpoint.ts';

/** A lost worker costs at most this much training: the larger of the two, within `LONGEST_MS`. */
const STEPS = 50;
/** Between two checkpoints that nobody asked for. */
const SHORTEST_MS = 250;
const LONGEST_MS = 2000;

/** Holds the newest checkpoint and the newest in which no run was halted. Times are in milliseconds. */
export class Checkpoints {
  readonly #now: () => number;
  #last: Checkpoint | undefined;
  #lastGood: Checkpoint | undefined;
  #takenAt = Number.NEGATIVE_INFINITY;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** The newest one; where a run is halted in it, with the newest in which none was. */
  get last(): Checkpoint | undefined {
    return this.#last && this.withWayBack(this.#last);
  }

  /** A state, and where a run is halted in it, what it can go back to. */
  withWayBack(checkpoint: Checkpoint): Checkpoint {
    return isWell(checkpoint) ? checkpoint : { ...checkpoint, lastGood: this.#lastGood };
  }

  /** The newest one in which no run was halted. It lacks the runs that joined after it. */
  get lastGood(): Checkpoint | undefined {
    return this.#lastGood;
  }

  isDue(step: number): boolean {
    const elapsed = this.#now() - this.#takenAt;
    const steps = step - (this.#last?.step ?? Number.NEGATIVE_INFINITY);
    return elapsed >= LONGEST_MS || (steps >= STEPS && elapsed >= SHORTEST_MS);
  }

  /** Milliseconds until what was changed should be in a checkpoint: a slider that is dragged takes none for each event. */
  get waitAfterChange(): number {
    return Math.max(0, this.#takenAt + SHORTEST_MS - this.#now());
  }

  /** A checkpoint from an earlier worker may hold a last good state of its own. */
  keep({ lastGood, ...checkpoint }: Checkpoint): void {
    this.#takenAt = this.#now();
    this.#last = checkpoint;
    this.#lastGood = isWell(checkpoint) ? checkpoint : (this.#lastGood ?? lastGood);
  }

  /** Drops what was kept of a removed run. */
  removeRun(index: number): void {
    this.#last = withoutRun(this.#last, index);
    this.#lastGood = withoutRun(this.#lastGood, index);
  }

  forget(): void {
    this.#last = undefined;
    this.#lastGood = undefined;
  }
}

function isWell({ runs }: Checkpoint): boolean {
  return runs.every(({ halted }) => halted === undefined);
}

/** Undefined where no other run is left. */
function withoutRun(checkpoint: Checkpoint | undefined, index: number): Checkpoint | undefined {
  if (checkpoint === undefined) return undefined;
  const others = <T>(items: readonly T[]) => items.filter((_, position) => position !== index);
  const runs = others(checkpoint.runs);
  const experiment = { ...checkpoint.experiment, runs: others(checkpoint.experiment.runs) };
  return runs.length === 0 ? undefined : { ...checkpoint, experiment, runs };
}
