/**
 * What a switch of the loss did, measured and not invented: the numbers of the frame before it beside those of the first
 * frame that is two hundred steps later.
 */

import { decidingTerm } from '../../losses/objective.ts';
import type { Schedule, ScheduleEntry } from '../../losses/schedule.ts';
import type { TermRecord } from '../../losses/term.ts';
import { termOf } from '../../losses/terms.ts';
import { drawPairs, scorePairs } from '../../measures/pairs.ts';
import { equalErrorOf, rocOf } from '../../measures/roc.ts';
import { interpolate } from '../../timeline/quantise.ts';
import { type FrameRun, frameBefore } from '../../timeline/timeline.ts';
import { framesShown, positionShown, samplesShown, scheduleShown, stepInPlot } from './selectors.ts';
import type { PageState } from './store.ts';

/** So many steps after a switch it is measured. */
export const MEASURED_AFTER = 200;
/** Pairs of each kind: the equal error is said to two digits. */
const PAIRS = 2000;
const SEED = 1;

/** The last switch of a run at or before the step shown, in a sentence; undefined where there was none. */
export function switchEffect(state: PageState, run: number): string | undefined {
  const schedule = scheduleShown(state, run);
  const entry = schedule?.findLast(({ step }, index) => index > 0 && step <= stepInPlot(state));
  return entry && (measuredEffect(state, run, entry) ?? pendingEffect(state, run, entry));
}

/** The same of one entry of a run's schedule; undefined before it is measured, and where it can't be. */
export function measuredEffect(state: PageState, run: number, entry: ScheduleEntry): string | undefined {
  const frames = framesShown(state);
  const position = positionShown(state, run);
  const next = nextSwitch(scheduleShown(state, run), entry.step);
  const before = frames[frameBefore(frames, entry.step)]?.runs[position];
  const after = frames.find(({ step }) => step >= entry.step + MEASURED_AFTER);
  if (entry.step === 0) return undefined;
  // What came after a further switch would be that one's doing.
  if (next < entry.step + MEASURED_AFTER) return undefined;
  const then = after?.runs[position];
  const labels = samplesShown(state)?.labels;
  if (before === undefined || then === undefined || labels === undefined) return undefined;
  const numbers = numbersOf(before, then, labels);
  const reason = reasonOf(termOf(decidingTerm(entry.objective).id), before, then);
  return `${numbers.join(', ')}${reason === undefined ? '' : `: ${reason}`}.`;
}

/** How long it takes until it is measured. */
function pendingEffect(state: PageState, run: number, entry: ScheduleEntry): string | undefined {
  const reached = Math.max(framesShown(state).at(-1)?.step ?? 0, stepInPlot(state));
  const left = Math.ceil(entry.step + MEASURED_AFTER - reached);
  const isLast = nextSwitch(scheduleShown(state, run), entry.step) === Number.POSITIVE_INFINITY;
  if (left <= 0 || !isLast) return undefined;
  return `What ${termOf(decidingTerm(entry.objective).id).word} does: measured in ${left} steps.`;
}

function nextSwitch(schedule: Schedule | undefined, step: number): number {
  return schedule?.find((entry) => entry.step > step)?.step ?? Number.POSITIVE_INFINITY;
}

/** 'D1 16.2 → 2.1', 'D2/D1 4.2 → 9.9', 'EER 0.15 → 0.05'; what was not measured is left out. */
function numbersOf(before: FrameRun, after: FrameRun, labels: Uint8Array): readonly string[] {
  const measured = [
    ['D1', before.measures.D1, after.measures.D1],
    ['D2/D1', before.measures.D2OverD1, after.measures.D2OverD1],
    ['EER', equalErrorIn(before, labels), equalErrorIn(after, labels)],
  ] as const;
  return measured.flatMap(([name, from, to]) =>
    from === undefined || to === undefined || !Number.isFinite(from + to)
      ? []
      : [`${name} ${shortest(from)} → ${shortest(to)}`],
  );
}

function shortest(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 1 ? value.toFixed(1) : value.toFixed(2);
}

/** Why, in the words of the term's record: only where what it says has been measured. */
function reasonOf({ effect }: TermRecord, before: FrameRun, after: FrameRun): string | undefined {
  if (effect === undefined) return undefined;
  const [from, to] = [before.measures[effect.measure], after.measures[effect.measure]];
  if (from === undefined || to === undefined) return undefined;
  const isSo = effect.goes === 'down' ? to < 0.8 * from : to > 1.2 * from;
  return isSo ? effect.text : undefined;
}

const known = new WeakMap<FrameRun, number>();

/** By Euclidean distance, of a few thousand pairs; computed once a frame. */
function equalErrorIn(run: FrameRun, labels: Uint8Array): number {
  const found = known.get(run);
  if (found !== undefined) return found;
  const features = interpolate(run.points, run.points, 0);
  const dim = features.length / labels.length;
  const labelled = { features, labels, dim, classes: run.means.length / dim };
  const pairs = drawPairs(labels, { count: PAIRS, seed: SEED });
  const isWhole = Number.isInteger(dim) && pairs.genuine.first.length > 0;
  const error = isWhole ? equalErrorOf(rocOf(scorePairs(labelled, pairs, 'euclidean'))).rate : Number.NaN;
  known.set(run, error);
  return error;
}
