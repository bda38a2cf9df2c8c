/** What the page shows now: the live runs, a moment of their past, or the recording. */

import type { DataSet } from '../../data/set.ts';
import { dataSet } from '../../data/sets.ts';
import { decisionRuleOf, type Objective } from '../../losses/objective.ts';
import { objectiveActingAt, objectiveAt, type Schedule } from '../../losses/schedule.ts';
import type { DecisionRule } from '../../losses/term.ts';
import type { CurvePoint } from '../../timeline/history.ts';
import type { Recording } from '../../timeline/recording.ts';
import { type Frame, frameBefore, type Moment, momentBetween, neighbours } from '../../timeline/timeline.ts';
import { dimOf, PLOT_DIM, setOf } from '../../training/link/protocol.ts';
import { recordedPosition } from './recorded.ts';
import type { PageState, Samples } from './store.ts';

/** The recording, while it is what the page shows. */
export function recordingShown({ showsRecording, recording }: PageState): Recording | undefined {
  return showsRecording ? recording : undefined;
}

/** The data set of what the page shows. */
export function dataSetShown(state: PageState): DataSet {
  const recording = recordingShown(state);
  return recording === undefined ? setOf(state.experiment) : dataSet(recording.data);
}

/** Width of the features of what the page shows: past two a plot shows a projection. */
export function dimShown(state: PageState): number {
  return recordingShown(state) === undefined ? dimOf(state.experiment) : PLOT_DIM;
}

/** Classes that training never saw in what the page shows. */
export function heldOutShown(state: PageState): readonly number[] {
  const recording = recordingShown(state);
  return recording === undefined ? state.experiment.heldOut : (recording.heldOut ?? NONE);
}

const NONE: readonly number[] = [];

/** The frames on the timeline. */
export function framesShown(state: PageState): readonly Frame[] {
  return recordingShown(state)?.frames ?? state.frames;
}

/** First and last step of the timeline. */
export function stepsShown(state: PageState): readonly [first: number, last: number] {
  const frames = framesShown(state);
  return [frames[0]?.step ?? 0, frames.at(-1)?.step ?? 0];
}

/** The step that the plots show. */
export function stepShown(state: PageState): number {
  const newest = stepsShown(state)[1];
  if (state.at !== undefined) return Math.min(state.at, newest);
  return recordingShown(state) === undefined ? (state.snapshot?.step ?? newest) : newest;
}

/** The steps done in what a plot shows, or, live, that the worker has done since. */
export function stepInPlot(state: PageState): number {
  if (!isLive(state)) return stepShown(state);
  return Math.max(state.lab?.step ?? 0, state.progress?.step ?? 0);
}

/** True where the plots show the runs as they are now. */
export function isLive(state: PageState): boolean {
  return state.at === undefined && recordingShown(state) === undefined;
}

/** Position in the frames of a run of the experiment; −1 where it is not among them. */
export function positionShown(state: PageState, run: number): number {
  return recordingShown(state) === undefined ? run : recordedPosition(state, run);
}

/** The objectives over time of a run, as shown. */
export function scheduleShown(state: PageState, run: number): Schedule | undefined {
  const recording = recordingShown(state);
  if (recording === undefined) return state.lab?.schedules[run];
  return recording.runs[positionShown(state, run)]?.schedule;
}

/** The objective that a run last learnt by, as shown. */
export function objectiveShown(state: PageState, run: number): Objective | undefined {
  const schedule = scheduleShown(state, run);
  return schedule === undefined
    ? state.experiment.runs[run]?.objective
    : objectiveAt(schedule, stepShown(state));
}

/** The same with what its terms anneal by themselves. */
export function objectiveActing(state: PageState, run: number): Objective | undefined {
  const schedule = scheduleShown(state, run);
  return schedule === undefined
    ? state.experiment.runs[run]?.objective
    : objectiveActingAt(schedule, stepShown(state));
}

/** What a run classified by in the frame that is shown: by the objective of the step before it. */
export function ruleShown(state: PageState, run: number): DecisionRule | undefined {
  const newest = isLive(state) ? state.snapshot?.runs[run]?.rule : undefined;
  if (newest !== undefined) return newest;
  const schedule = scheduleShown(state, run);
  const { before } = neighbours(framesShown(state), stepShown(state));
  if (schedule === undefined || before === undefined) return undefined;
  return decisionRuleOf(objectiveAt(schedule, Math.max(0, before.step - 1)));
}

/** A run's numbers over steps, as shown. */
export function curveShown(state: PageState, run: number): readonly CurvePoint[] {
  const recording = recordingShown(state);
  if (recording === undefined) return state.curves[run] ?? [];
  return curvesOf(recording)[positionShown(state, run)] ?? [];
}

/** A number of a run at the step shown: the newest at or before it. */
export function valueShown(state: PageState, run: number, name: string): number | undefined {
  const step = stepShown(state);
  const isPast = !isLive(state);
  return curveShown(state, run).findLast(
    (point) => (!isPast || point.step <= step) && point.values[name] !== undefined,
  )?.values[name];
}

/** Labels and test-set indices of the samples shown. */
export function samplesShown(state: PageState): Samples | undefined {
  return recordingShown(state) ?? state.samples;
}

/** Rows of samples by their indices in the test set, in that order; −1 for one that is not shown. */
export function rowsShown(state: PageState, indices: readonly number[]): readonly number[] {
  const shown = samplesShown(state)?.indices;
  return indices.map((index) => shown?.indexOf(index) ?? -1);
}

/** The class that stands out: under the pointer or in focus, else the pinned one. */
export function litClassShown({ litClass, pinnedClass }: PageState): number | undefined {
  return litClass ?? pinnedClass;
}

/** A moment, what it was made from, and the features of the one before, to be written over. */
interface KnownMoment {
  readonly inputs: readonly unknown[];
  readonly moment: Moment | undefined;
  readonly spare: Float32Array | undefined;
}

/**
 * What a run's plot shows; undefined where there is nothing of it. Equal inputs give the identical
 * object, so that it can be asked for on every change of state. A moment's features hold until the
 * second one after it: new arrays sixty times a second would keep the garbage collector busy.
 */
export function createMomentOf(): (state: PageState, run: number) => Moment | undefined {
  const known: KnownMoment[] = [];
  return (state, run) => {
    const snapshot = isLive(state) ? state.snapshot?.runs[run] : undefined;
    if (snapshot !== undefined) return snapshot;
    const step = stepShown(state);
    const position = positionShown(state, run);
    const { before, after, t } = neighbours(framesShown(state), step);
    const inputs = [before?.runs[position], after?.runs[position], t];
    const last = known[run];
    if (last?.inputs.every((input, i) => input === inputs[i])) return last.moment;
    const [from, to] = [before?.runs[position], after?.runs[position]];
    const moment = from === undefined ? undefined : momentBetween(from, to ?? from, t, last?.spare);
    known[run] = { inputs, moment, spare: last?.moment?.features };
    return moment;
  };
}

/** The step of the frame before (−1) or after (1) the one shown; the last one again at either end. */
export function neighbouringStep(state: PageState, direction: -1 | 1): number {
  const frames = framesShown(state);
  const step = stepShown(state);
  const index = frameBefore(frames, step);
  const isOnFrame = frames[index]?.step === step;
  const next = direction === 1 ? index + 1 : isOnFrame ? index - 1 : index;
  return frames[Math.max(0, Math.min(frames.length - 1, next))]?.step ?? step;
}

const recordedCurves = new WeakMap<Recording, readonly (readonly CurvePoint[])[]>();

/** The recording's measures as curves, made once. */
function curvesOf(recording: Recording): readonly (readonly CurvePoint[])[] {
  const known = recordedCurves.get(recording);
  if (known !== undefined) return known;
  const curves = recording.runs.map((_, run) =>
    recording.frames.flatMap(({ step, runs }) => {
      const values = runs[run]?.measures;
      return values === undefined ? [] : [{ step, values }];
    }),
  );
  recordedCurves.set(recording, curves);
  return curves;
}

/** Selects all that the page would show of a state, at its first and last step. @throws whatever a selector throws */
export function tryShown(state: PageState): void {
  for (const at of [stepsShown(state)[0], undefined]) {
    const then = { ...state, at };
    const momentOf = createMomentOf();
    for (const run of state.experiment.runs.keys()) {
      momentOf(then, run);
      objectiveShown(then, run);
      valueShown(then, run, 'total');
    }
  }
}
