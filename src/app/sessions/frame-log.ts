/** Which frames of the timeline are new since it was last asked: saving must not look at all of them. */

import { bytesOf, type Frame } from '../../timeline/timeline.ts';

/** In bytes: about two hundred frames of three runs with 2,000 points. */
export const KEPT_TIMELINE = 6 * 2 ** 20;

/** What has happened to a timeline. */
export interface FrameChanges {
  /** Nothing of before holds: `fresh` are all. */
  readonly isWhole: boolean;
  /** Frames of this step and later ones are gone. */
  readonly until: number;
  /** In rising order of step. */
  readonly fresh: readonly Frame[];
}

/** Follows a timeline; each look takes the same time, however long it is. */
export class FrameLog {
  #frames: readonly Frame[] = [];
  #isWhole = true;
  #until = Number.POSITIVE_INFINITY;
  #fresh: Frame[] = [];
  #bytes = 0;

  /** To be told of every change of the timeline. */
  follow(frames: readonly Frame[]): void {
    const before = this.#frames;
    this.#frames = frames;
    const [newest, last] = [frames.at(-1), before.at(-1)];
    if (frames[0] !== before[0]) this.forget();
    if (this.#isWhole || newest === undefined || newest === last) return;
    if (last !== undefined && newest.step <= last.step) {
      this.#until = Math.min(this.#until, newest.step);
      this.#fresh = this.#fresh.filter(({ step }) => step < newest.step);
    }
    this.#fresh.push(newest);
    this.#bytes += bytesOf(newest);
    // Nobody asked for long: a thinned whole is less.
    if (this.#bytes > KEPT_TIMELINE) this.forget();
  }

  /** What was told so far is lost: the next answer is whole. */
  forget(): void {
    this.#isWhole = true;
    this.#fresh = [];
    this.#bytes = 0;
  }

  take(): FrameChanges {
    const changes = this.#isWhole
      ? whole(this.#frames)
      : { isWhole: false, until: this.#until, fresh: this.#fresh };
    this.#isWhole = false;
    this.#until = Number.POSITIVE_INFINITY;
    this.#fresh = [];
    this.#bytes = 0;
    return changes;
  }
}

/** All of a timeline, thinned to what is kept. */
export function whole(frames: readonly Frame[]): FrameChanges {
  return { isWhole: true, until: Number.POSITIVE_INFINITY, fresh: evenly(frames) };
}

/** As many frames as are kept, evenly spread over the timeline; the first and the newest among them. */
function evenly(frames: readonly Frame[]): readonly Frame[] {
  const newest = frames.at(-1);
  const most = Math.max(2, Math.floor(KEPT_TIMELINE / (newest === undefined ? 1 : bytesOf(newest))));
  if (frames.length <= most) return frames;
  const last = frames.length - 1;
  return Array.from({ length: most }, (_, i) => frames[Math.round((i * last) / (most - 1))] as Frame);
}
