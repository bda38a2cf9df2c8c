/**
 * Frames to typed arrays and back. Points are coded as differences from the same run's frame before,
 * small ones as small bytes, low and high bytes apart, so that gzip finds little left to say. What the
 * frames hold comes back as it was, to the last level of their quantisation.
 */

import * as v from 'valibot';
import { CLASS_RANGE } from '../data/set.ts';
import { yieldToMessages } from '../data/yield-to-messages.ts';
import { isPlace } from '../measures/places.ts';
import type { PackedArray, Unpacked } from './container.ts';
import type { Quantised } from './quantise.ts';
import type { Frame, FrameRun } from './timeline.ts';

/** Far more than the budget of a timeline leaves. */
export const MOST_FRAMES = 5000;
const MOST_RUNS = 4;
export const MOST_SAMPLES = 2 ** 16;
/** Of files from before data sets could be chosen, which do not state it. */
const CLASSES_BEFORE = 10;
/** Of files from before features could be wider, which do not state it. */
const DIM_BEFORE = 2;
const MOST_DIM = 128;

/** A whole number from 0. */
export const count = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));

/** What a header says of its frames. */
export const framesHeader = v.pipe(
  v.object({
    frames: count(MOST_FRAMES),
    runs: count(MOST_RUNS),
    samples: count(MOST_SAMPLES),
    classes: v.optional(v.pipe(count(CLASS_RANGE[1]), v.minValue(CLASS_RANGE[0])), CLASSES_BEFORE),
    dim: v.optional(v.pipe(count(MOST_DIM), v.minValue(1)), DIM_BEFORE),
    measures: v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.maxLength(100)),
    /** True where frames hold agents; files from before they were kept do not say. */
    agents: v.optional(v.boolean(), false),
  }),
  // There is nothing to show of no samples.
  v.check(({ frames, samples }) => frames === 0 || samples > 0),
);
export type FramesHeader = v.InferOutput<typeof framesHeader>;

/** Coding gives the page its thread back after about so much work, in samples. */
const SAMPLES_A_TURN = 100_000;

export interface EncodedFrames {
  readonly header: FramesHeader;
  readonly arrays: Map<string, PackedArray>;
}

/** All frames must be of the same samples, so many, which are of so many classes, in a space of so many dimensions. */
export async function encodeFrames(
  frames: readonly Frame[],
  {
    samples,
    classes,
    dim = DIM_BEFORE,
  }: { readonly samples: number; readonly classes: number; readonly dim?: number },
): Promise<EncodedFrames> {
  const runs = Math.max(0, ...frames.map((frame) => frame.runs.length));
  const measures = [...new Set(frames.flatMap((frame) => frame.runs.flatMap(namesOf)))];
  const agents = frames.some((frame) => frame.runs.some((run) => run?.agents !== undefined));
  const header: FramesHeader = { frames: frames.length, runs, samples, classes, dim, measures, agents };
  const arrays = allocate(header, frames.length * runs);
  arrays.steps.set(frames.map(({ step }) => step));
  const places = placesOf(header);
  let slot = 0;
  const turn = new Turn(samples);
  for (let run = 0; run < runs; run++) {
    let before: FrameRun | undefined;
    for (const [index, frame] of frames.entries()) {
      const own = frame.runs[run];
      if (own === undefined) continue;
      arrays.present[index * runs + run] = 1;
      arrays.ranges.set([own.points.low, own.points.level], 2 * slot);
      codePoints(own.points, before?.points, arrays, slot * samples * dim);
      for (let i = 0; i < samples; i++) {
        arrays.predictions[slot * samples + i] =
          (own.predictions[i] as number) - (before?.predictions[i] ?? 0);
      }
      arrays.places.set(own.centres, slot * 2 * places);
      arrays.places.set(own.means, (slot * 2 + 1) * places);
      if (agents) arrays.agents.set(own.agents ?? noAgents(places), slot * places);
      arrays.measures.set(
        measures.map((name) => own.measures[name] ?? Number.NaN),
        slot * measures.length,
      );
      before = own;
      slot++;
      await turn.taken();
    }
  }
  return { header, arrays: trimmed(arrays, header, slot) };
}

/** @throws DataError where the arrays contradict the header or hold what no frame can */
export async function decodeFrames(header: FramesHeader, file: Unpacked): Promise<Frame[]> {
  const { frames, runs, samples, classes, dim, measures } = header;
  const places = placesOf(header);
  const present = file.array('present', Uint8Array, frames * runs);
  const slots = present.reduce((sum, flag) => sum + (flag === 0 ? 0 : 1), 0);
  const arrays: FrameArrays = {
    steps: file.array('steps', Uint32Array, frames),
    present,
    ranges: file.array('ranges', Float64Array, slots * 2),
    low: file.array('low', Uint8Array, slots * samples * dim),
    high: file.array('high', Uint8Array, slots * samples * dim),
    predictions: file.array('predictions', Uint8Array, slots * samples),
    places: file.array('places', Float32Array, slots * 2 * places),
    agents: header.agents ? file.array('agents', Float32Array, slots * places) : new Float32Array(0),
    measures: file.array('measures', Float64Array, slots * measures.length),
  };
  const rising = arrays.steps.every((step, i) => i === 0 || step > (arrays.steps[i - 1] as number));
  // A class that is held out has no centre.
  const isPlaceOrNone = (value: number) => Number.isNaN(value) || isPlace(value);
  const arePlaces = [arrays.places, arrays.agents].every((values) => values.every(isPlaceOrNone));
  if (!rising || !arrays.ranges.every(isPlace) || !arePlaces) throw file.damaged();
  const result = Array.from(arrays.steps, (step) => ({
    step,
    runs: new Array<FrameRun | undefined>(runs).fill(undefined),
  }));
  let slot = 0;
  const turn = new Turn(samples);
  for (let run = 0; run < runs; run++) {
    let before: FrameRun | undefined;
    for (const [index, frame] of result.entries()) {
      if (arrays.present[index * runs + run] === 0) continue;
      const points = decodedPoints(before?.points, arrays, slot, samples * dim);
      const predictions = arrays.predictions.slice(slot * samples, (slot + 1) * samples);
      for (let i = 0; i < samples; i++) {
        predictions[i] = (predictions[i] as number) + (before?.predictions[i] ?? 0);
        if ((predictions[i] as number) >= classes) throw file.damaged();
      }
      const values = arrays.measures.subarray(slot * measures.length, (slot + 1) * measures.length);
      before = {
        points,
        predictions,
        centres: arrays.places.slice(slot * 2 * places, (slot * 2 + 1) * places),
        means: arrays.places.slice((slot * 2 + 1) * places, (slot + 1) * 2 * places),
        agents: maybeAgents(arrays.agents.slice(slot * places, (slot + 1) * places)),
        measures: Object.fromEntries(
          measures.flatMap((name, i) => {
            // What was not measured is written as NaN.
            const value = values[i];
            return value !== undefined && Number.isFinite(value) ? [[name, value]] : [];
          }),
        ),
      };
      frame.runs[run] = before;
      slot++;
      await turn.taken();
    }
  }
  return result;
}

interface FrameArrays {
  /** [frames]. */
  readonly steps: Uint32Array;
  /** [frames × runs]: 1 where the frame has that run. A slot below is such a pair, run by run. */
  readonly present: Uint8Array;
  /** [slots × 2]: low and level. */
  readonly ranges: Float64Array;
  /** [slots × samples × dim]: the coded points' low bytes, and their high bytes. */
  readonly low: Uint8Array;
  readonly high: Uint8Array;
  /** [slots × samples], as differences. */
  readonly predictions: Uint8Array;
  /** [slots × 2 × classes × dim]: centres, then means. */
  readonly places: Float32Array;
  /** [slots × dim × classes], NaN where a frame has none; empty where none has. */
  readonly agents: Float32Array;
  /** [slots × measures]. */
  readonly measures: Float64Array;
}

function allocate(header: FramesHeader, slots: number): FrameArrays {
  const { frames, runs, samples, dim, measures } = header;
  return {
    steps: new Uint32Array(frames),
    present: new Uint8Array(frames * runs),
    ranges: new Float64Array(slots * 2),
    low: new Uint8Array(slots * samples * dim),
    high: new Uint8Array(slots * samples * dim),
    predictions: new Uint8Array(slots * samples),
    places: new Float32Array(slots * 2 * placesOf(header)),
    agents: new Float32Array(header.agents ? slots * placesOf(header) : 0),
    measures: new Float64Array(slots * measures.length),
  };
}

/** The arrays cut to the slots that were filled. */
function trimmed(arrays: FrameArrays, header: FramesHeader, slots: number) {
  const { samples, dim, measures } = header;
  return new Map<string, PackedArray>([
    ['steps', arrays.steps],
    ['present', arrays.present],
    ['ranges', arrays.ranges.subarray(0, slots * 2)],
    ['low', arrays.low.subarray(0, slots * samples * dim)],
    ['high', arrays.high.subarray(0, slots * samples * dim)],
    ['predictions', arrays.predictions.subarray(0, slots * samples)],
    ['places', arrays.places.subarray(0, slots * 2 * placesOf(header))],
    ...(header.agents ? [['agents', arrays.agents.subarray(0, slots * placesOf(header))] as const] : []),
    ['measures', arrays.measures.subarray(0, slots * measures.length)],
  ]);
}

function noAgents(length: number): Float32Array {
  return new Float32Array(length).fill(Number.NaN);
}

/** Agents are all numbers, or were not kept. */
function maybeAgents(values: Float32Array): Float32Array | undefined {
  return values.length > 0 && values.every(Number.isFinite) ? values : undefined;
}

/** Numbers in the centres of all classes, in their means, and in their agents. */
function placesOf({ classes, dim }: FramesHeader): number {
  return dim * classes;
}

function codePoints(
  points: Quantised,
  before: Quantised | undefined,
  { low, high }: FrameArrays,
  offset: number,
): void {
  for (let i = 0; i < points.values.length; i++) {
    const difference = ((points.values[i] as number) - expected(points, before, i)) & 0xffff;
    // Differences near zero on either side become small numbers: 0, −1, 1, −2, …
    const signed = (difference << 16) >> 16;
    const code = ((signed << 1) ^ (signed >> 15)) & 0xffff;
    low[offset + i] = code & 0xff;
    high[offset + i] = code >> 8;
  }
}

function decodedPoints(
  before: Quantised | undefined,
  { ranges, low, high }: FrameArrays,
  slot: number,
  length: number,
): Quantised {
  const points = {
    low: ranges[2 * slot] as number,
    level: ranges[2 * slot + 1] as number,
    values: new Uint16Array(length),
  };
  const offset = slot * length;
  for (let i = 0; i < points.values.length; i++) {
    const code = (low[offset + i] as number) | ((high[offset + i] as number) << 8);
    const signed = (code >>> 1) ^ -(code & 1);
    points.values[i] = expected(points, before, i) + signed;
  }
  return points;
}

/** The level at which a value would stand in `points`, had it not moved since `before`. */
function expected({ low, level }: Quantised, before: Quantised | undefined, i: number): number {
  if (before === undefined || !(level > 0)) return 0;
  const value = before.low + (before.values[i] as number) * before.level;
  return Math.max(0, Math.min(0xffff, Math.round((value - low) / level)));
}

function namesOf(run: FrameRun | undefined): string[] {
  return run === undefined ? [] : Object.keys(run.measures);
}

/** Lets others have the thread now and then. */
class Turn {
  readonly #samples: number;
  #done = 0;

  constructor(samples: number) {
    this.#samples = samples;
  }

  async taken(): Promise<void> {
    this.#done += this.#samples;
    if (this.#done < SAMPLES_A_TURN) return;
    this.#done = 0;
    await yieldToMessages();
  }
}
