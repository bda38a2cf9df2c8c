/** What a chapter of the guide can speak of: the recorded runs in the panels, at their end. */

import type { Moment } from '../../timeline/timeline.ts';
import {
  createMomentOf,
  heldOutShown,
  recordingShown,
  samplesShown,
  scheduleShown,
} from '../state/selectors.ts';
import type { PageState } from '../state/store.ts';

export interface Shown {
  /** A panel each, softmax, softmax + center and margin. */
  readonly moments: readonly Moment[];
  readonly labels: Uint8Array;
  /** In the test set. */
  readonly indices: Uint32Array;
  /** Names of the classes. */
  readonly names: readonly string[];
  /** The step at which margin's warm-up ends. */
  readonly switchStep: number;
  readonly lastStep: number;
  /** Classes that training never saw. */
  readonly heldOut: readonly number[];
}

/** Undefined while there is no recording of all panels. */
export function shownAtEnd(state: PageState, names: readonly string[]): Shown | undefined {
  const atEnd: PageState = { ...state, showsRecording: true, at: undefined };
  const recording = recordingShown(atEnd);
  const samples = samplesShown(atEnd);
  if (recording === undefined || samples === undefined) return undefined;
  const runs = state.experiment.runs.map((_, run) => run);
  const moments = runs.flatMap((run) => createMomentOf()(atEnd, run) ?? []);
  if (moments.length < runs.length) return undefined;
  const switches = runs.flatMap((run) => scheduleShown(atEnd, run)?.[1]?.step ?? []);
  const lastStep = recording.frames.at(-1)?.step ?? 0;
  const { labels, indices } = samples;
  const heldOut = heldOutShown(atEnd);
  return { moments, labels, indices, names, switchStep: switches[0] ?? lastStep, lastStep, heldOut };
}

/** Three samples by their rows: two of one class, and one of another that is nearer to the first than the second is. */
export interface Contrary {
  readonly first: number;
  readonly second: number;
  readonly other: number;
  readonly within: number;
  readonly between: number;
}

/** The widest such case of a run: the quotient of the two distances is largest. */
export function contraryIn({ moments, labels }: Shown, run: number): Contrary | undefined {
  const { features, predictions } = moments[run] ?? {};
  if (features === undefined || predictions === undefined) return undefined;
  // Who is taken for another anyway is no example.
  const isRight = (row: number) => predictions[row] === labels[row];
  const distance = (a: number, b: number) =>
    Math.hypot(
      (features[2 * a] as number) - (features[2 * b] as number),
      (features[2 * a + 1] as number) - (features[2 * b + 1] as number),
    );
  let found: Contrary | undefined;
  for (let first = 0; first < labels.length; first++) {
    if (!isRight(first)) continue;
    let second = first;
    let other = -1;
    for (let row = 0; row < labels.length; row++) {
      if (!isRight(row)) continue;
      if (labels[row] === labels[first]) {
        if (distance(first, row) > distance(first, second)) second = row;
      } else if (other < 0 || distance(first, row) < distance(first, other)) other = row;
    }
    if (other < 0 || second === first) continue;
    const [within, between] = [distance(first, second), distance(first, other)];
    // One that sits on another point shows nothing.
    if (between < within / 20) continue;
    if (found === undefined || within / between > found.within / found.between)
      found = { first, second, other, within, between };
  }
  return found;
}

/** A row that all these runs take for another class and a further run does not; undefined where there is none. */
export function mendedIn(
  { moments, labels }: Shown,
  wrong: readonly number[],
  right: number,
): number | undefined {
  const row = labels.findIndex(
    (label, i) =>
      wrong.every((run) => moments[run]?.predictions[i] !== label) &&
      moments[right]?.predictions[i] === label,
  );
  return row < 0 ? undefined : row;
}
