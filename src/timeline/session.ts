/**
 * A session as one file: settings, weights, optimiser state, curves and every frame. Opened again, it
 * goes on as if it had never been closed. Everything is checked before anything is handed out.
 */

import * as v from 'valibot';
import { MAX_RUNS, PARAMETER_COUNTS } from '../training/experiment.ts';
import type { Checkpoint, RunCheckpoint } from '../training/protocol.ts';
import { experimentSchema, learningRatesSchema, scheduleSchema, stepSchema } from '../training/schemas.ts';
import { decodeFrames, encodeFrames, framesHeader } from './codec.ts';
import { type PackedArray, pack, type Unpacked, unpack } from './container.ts';
import { type CurvePoint, MOST_POINTS } from './history.ts';
import type { Frame } from './timeline.ts';

export interface Session {
  readonly checkpoint: Checkpoint;
  /** Labels and test-set indices of the frames' samples, [count] each. */
  readonly labels: Uint8Array;
  readonly indices: Uint32Array;
  /** A series of points a run. */
  readonly curves: readonly (readonly CurvePoint[])[];
  readonly frames: readonly Frame[];
}

/** A file larger than this is not read; inflated it may be twice as much. */
export const LARGEST_SESSION = 128 * 2 ** 20;
const CENTRES = 20;
/** In MNIST. */
const TEST_IMAGES = 10_000;

const schema = v.object({
  kind: v.literal('session'),
  experiment: experimentSchema,
  step: stepSchema,
  learningRates: learningRatesSchema,
  schedules: v.pipe(v.array(scheduleSchema), v.maxLength(MAX_RUNS)),
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

export async function encodeSession(session: Session): Promise<Uint8Array> {
  const { checkpoint, labels, indices, frames } = session;
  const { header, arrays } = await encodeFrames(frames);
  arrays.set('labels', labels).set('indices', indices);
  const curves = session.curves.map((points, run) => encodeCurve(points, run, arrays));
  for (const [run, state] of checkpoint.runs.entries()) {
    for (const name of WEIGHTS) arrays.set(`run${run}.${name}`, state[name]);
    arrays.set(`run${run}.centres`, state.centres);
  }
  const { experiment, step, learningRates } = checkpoint;
  const schedules = checkpoint.runs.map(({ schedule }) => schedule);
  return pack(
    { kind: 'session', experiment, step, learningRates, schedules, frames: header, curves },
    arrays,
  );
}

/**
 * @param name how the sentence of an error begins, e.g. "The file a.mll"
 * @throws DataError with a sentence where the bytes are no session, or a damaged one
 */
export async function decodeSession(bytes: Uint8Array, name: string): Promise<Session> {
  const file = await unpack(bytes, { name, ceiling: 2 * LARGEST_SESSION });
  const content = v.safeParse(schema, file.content);
  if (!content.success) throw file.damaged();
  const { experiment, step, learningRates, schedules, frames, curves } = content.output;
  const labels = file.array('labels', Uint8Array, frames.samples);
  const indices = file.array('indices', Uint32Array, frames.samples);
  const isWhole =
    schedules.length === experiment.runs.length &&
    curves.length === experiment.runs.length &&
    frames.runs <= experiment.runs.length &&
    labels.every((label) => label < 10) &&
    indices.every((index) => index < TEST_IMAGES);
  if (!isWhole) throw file.damaged();
  const runs = schedules.map((schedule, run): RunCheckpoint => {
    const weights = (part: string, length: number) => finite(file, `run${run}.${part}`, length);
    const count = PARAMETER_COUNTS[experiment.network];
    return {
      schedule,
      parameters: weights('parameters', count),
      firstMoments: weights('firstMoments', count),
      secondMoments: weights('secondMoments', count),
      centres: weights('centres', CENTRES),
    };
  });
  return {
    checkpoint: { experiment, step, learningRates, runs },
    labels,
    indices,
    curves: curves.map((curve, run) => decodedCurve(curve, run, file)),
    frames: await decodeFrames(frames, file),
  };
}

function finite(file: Unpacked, name: string, length: number): Float32Array {
  const values = file.array(name, Float32Array, length);
  if (!values.every(Number.isFinite)) throw file.damaged();
  return values;
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
  return Array.from(steps, (step, index) => ({
    step,
    values: Object.fromEntries(
      names
        .map((name, k) => [name, values[index * names.length + k] as number] as const)
        .filter(([, value]) => Number.isFinite(value)),
    ),
  }));
}
