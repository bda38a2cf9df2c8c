/**
 * A session as one file: settings, weights, optimiser state, curves and every frame. Once opened again, training
 * continues as if the session had never been closed. Everything is checked before anything is returned.
 */

import * as v from 'valibot';
import { classCount, countsOf } from '../../data/set.ts';
import { withWarmUpMarked } from '../../losses/schedule.ts';
import { decodeFrames, encodeFrames, framesHeader, MOST_SAMPLES } from '../../timeline/codec.ts';
import { type PackedArray, pack, type Unpacked, unpack } from '../../timeline/container.ts';
import { type CurvePoint, MOST_POINTS } from '../../timeline/history.ts';
import type { Frame } from '../../timeline/timeline.ts';
import {
  agrees,
  begunAnew,
  type Checkpoint,
  centresLengthOf,
  dimOf,
  experimentSchema,
  faultOfState,
  haltedSchema,
  isEarlierOf,
  learningRatesSchema,
  MAX_RUNS,
  parameterCountOf,
  pastOf,
  type RunCheckpoint,
  scheduleSchema,
  setOf,
  stepSchema,
  trainedSchema,
  trainedSize,
  withPast,
} from '../../training/link/protocol.ts';
import { MOST_PINS } from '../state/slices/view.ts';

export interface Session {
  readonly checkpoint: Checkpoint;
  /** Labels and test-set indices of the frames' samples, [count] each. */
  readonly labels: Uint8Array;
  readonly indices: Uint32Array;
  /** A series of points a run. */
  readonly curves: readonly (readonly CurvePoint[])[];
  readonly frames: readonly Frame[];
  /** Of pinned samples, in the test set, the first one first. */
  readonly pins?: readonly number[] | undefined;
}

/** A file larger than this is not read; inflated it may be twice as much. */
export const LARGEST_SESSION = 128 * 2 ** 20;

/** What the header says of a checkpoint; its arrays are in the file. */
const stateSchema = v.pipe(
  v.object({
    experiment: experimentSchema,
    step: stepSchema,
    learningRates: learningRatesSchema,
    schedules: v.pipe(v.array(scheduleSchema), v.maxLength(MAX_RUNS)),
    /** A run each, null for one that learns. The first files of the lab have none. */
    halted: v.optional(v.pipe(v.array(v.nullable(haltedSchema)), v.maxLength(MAX_RUNS))),
    /** A run each; left out where none has such centres. */
    trained: v.optional(v.pipe(v.array(v.nullable(trainedSchema)), v.maxLength(MAX_RUNS))),
  }),
  v.check(({ schedules, halted = schedules, trained = schedules }) =>
    [halted, trained].every(({ length }) => length === schedules.length),
  ),
  v.check((state) => agrees(state)),
);
type StateHeader = v.InferOutput<typeof stateSchema>;

const contentSchema = v.object({
  kind: v.literal('session'),
  lastGood: v.optional(stateSchema),
  pins: v.optional(
    v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), v.maxLength(MOST_PINS)),
    [],
  ),
  frames: framesHeader,
  curves: v.pipe(
    v.array(
      v.object({
        points: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_POINTS)),
        names: v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.maxLength(100)),
      }),
    ),
    v.maxLength(MAX_RUNS),
  ),
});

const WEIGHTS = ['parameters', 'firstMoments', 'secondMoments'] as const;
/** The prefix that names the arrays of the last good state; those of the newest state have none. */
const LAST_GOOD = 'good.';

/** The bytes of a session file, packed as container.ts describes. `decodeSession` reads them. */
export async function encodeSession(session: Session): Promise<Uint8Array> {
  const { checkpoint, labels, indices, frames } = session;
  const { header, arrays } = await encodeFrames(frames, {
    samples: labels.length,
    classes: classCount(setOf(checkpoint.experiment)),
    dim: dimOf(checkpoint.experiment),
  });
  arrays.set('labels', labels).set('indices', indices);
  const curves = session.curves.map((points, run) => encodeCurve(points, run, arrays));
  const { lastGood } = checkpoint;
  const content = {
    kind: 'session',
    ...encodeState(checkpoint, '', arrays),
    lastGood: lastGood && encodeState(lastGood, LAST_GOOD, arrays),
    frames: header,
    curves,
    pins: session.pins,
  };
  return pack(content, arrays);
}

function encodeState(
  { experiment, step, learningRates, runs }: Checkpoint,
  prefix: string,
  arrays: Map<string, PackedArray>,
) {
  for (const [run, state] of runs.entries()) {
    for (const name of WEIGHTS) arrays.set(`${prefix}run${run}.${name}`, state[name]);
    arrays.set(`${prefix}run${run}.centres`, state.centres);
  }
  const schedules = runs.map(({ schedule }) => schedule);
  const halted = runs.map((run) => run.halted ?? null);
  const state = { experiment: begunAnew(experiment), step, learningRates, schedules, halted };
  const trained = runs.map((run) => run.trained ?? null);
  return trained.every((parts) => parts === null) ? state : { ...state, trained };
}

/**
 * @param name how the sentence of an error begins, e.g. "The file a.mll"
 * @throws DataError with a sentence where the bytes are no session, or a damaged one
 */
export async function decodeSession(bytes: Uint8Array, name: string): Promise<Session> {
  const file = await unpack(bytes, { name, ceiling: 2 * LARGEST_SESSION });
  const state = v.safeParse(stateSchema, file.content);
  const content = v.safeParse(contentSchema, file.content);
  if (!state.success || !content.success) throw file.damaged();
  const { experiment, step } = state.output;
  const { lastGood, frames, curves, pins } = content.output;
  const set = setOf(experiment);
  const { test } = countsOf(set, experiment.heldOut);
  // Early files say of a timeline without frames that it has no samples.
  const samples = frames.frames === 0 ? Math.min(file.lengthOf('labels'), MOST_SAMPLES) : frames.samples;
  const labels = file.array('labels', Uint8Array, samples);
  const indices = file.array('indices', Uint32Array, samples);
  const isWhole =
    curves.length === experiment.runs.length &&
    frames.runs <= experiment.runs.length &&
    (lastGood === undefined || isEarlierOf(state.output, lastGood)) &&
    frames.classes === classCount(set) &&
    frames.dim === dimOf(experiment) &&
    labels.every((label) => label < frames.classes) &&
    indices.every((index) => index < test) &&
    pins.every((index) => index < test);
  if (!isWhole) throw file.damaged();
  const checkpoint = decodedState(state.output, '', file);
  // Where training ended for good, the page had seen more than what can be gone on with.
  const isReached = (each: { readonly step: number }) => each.step <= step;
  return {
    checkpoint:
      lastGood === undefined
        ? checkpoint
        : { ...checkpoint, lastGood: decodedState(lastGood, LAST_GOOD, file) },
    labels,
    indices,
    curves: curves.map((curve, run) => decodedCurve(curve, run, file).filter(isReached)),
    frames: (await decodeFrames(frames, file)).filter(isReached),
    ...(pins.length === 0 ? {} : { pins }),
  };
}

function decodedState(
  { experiment, step, learningRates, schedules, halted = [], trained = [] }: StateHeader,
  prefix: string,
  file: Unpacked,
): Checkpoint {
  const runs = schedules.map((schedule, run): RunCheckpoint => {
    const own = trained[run] ?? undefined;
    const count = parameterCountOf(experiment) + trainedSize(own, centresLengthOf(experiment));
    const values = (part: string, length: number) =>
      file.array(`${prefix}run${run}.${part}`, Float32Array, length);
    const state = {
      schedule: withWarmUpMarked(schedule, experiment.warmUpSteps),
      parameters: values('parameters', count),
      firstMoments: values('firstMoments', count),
      secondMoments: values('secondMoments', count),
      centres: values('centres', centresLengthOf(experiment)),
      ...(own === undefined ? {} : { trained: own }),
      halted: halted[run] ?? undefined,
    };
    if (faultOfState(state) !== undefined) throw file.damaged();
    return state;
  });
  // Files say what was done in their schedules and rates alone: said twice, it could contradict itself.
  return { experiment: withPast(experiment, pastOf({ runs, learningRates })), step, learningRates, runs };
}

interface CurveHeader {
  readonly points: number;
  readonly names: readonly string[];
}

function encodeCurve(
  points: readonly CurvePoint[],
  run: number,
  arrays: Map<string, PackedArray>,
): CurveHeader {
  const names = [...new Set(points.flatMap(({ values }) => Object.keys(values)))];
  const values = points.flatMap((point) => names.map((name) => point.values[name] ?? Number.NaN));
  arrays.set(
    `curve${run}.steps`,
    Uint32Array.from(points, ({ step }) => step),
  );
  arrays.set(`curve${run}.values`, Float64Array.from(values));
  return { points: points.length, names };
}

function decodedCurve({ points, names }: CurveHeader, run: number, file: Unpacked): CurvePoint[] {
  const steps = file.array(`curve${run}.steps`, Uint32Array, points);
  const values = file.array(`curve${run}.values`, Float64Array, points * names.length);
  if (!steps.every((step, index) => index === 0 || step > (steps[index - 1] as number))) throw file.damaged();
  return Array.from(steps, (step, index) => ({
    step,
    values: Object.fromEntries(
      names
        .map((name, k) => [name, values[index * names.length + k] as number] as const)
        .filter(([, value]) => Number.isFinite(value)),
    ),
  }));
}
