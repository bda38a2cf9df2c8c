/** A recorded experiment: what the page can show before anything is computed. */

import * as v from 'valibot';
import { parsedBy } from '../data/parsed-by.ts';
import { classCount } from '../data/set.ts';
import { DATA_SET_IDS, type DataSetId, DEFAULT_DATA_SET, dataSet } from '../data/sets.ts';
import { parseSchedule, type Schedule, withWarmUpMarked } from '../losses/schedule.ts';
import { decodeFrames, encodeFrames, framesHeader } from './codec.ts';
import { pack, unpack } from './container.ts';
import type { Frame } from './timeline.ts';

export interface RecordedRun {
  readonly title: string;
  readonly schedule: Schedule;
}

export interface Recording {
  /** How it was made, for the reader: command, network, seed, settings, versions. */
  readonly origin: Readonly<Record<string, string | number>>;
  /** What was learnt. */
  readonly data: DataSetId;
  /** Labels of the classes that training never saw, rising; none where it is left out. */
  readonly heldOut?: readonly number[] | undefined;
  readonly runs: readonly RecordedRun[];
  /** [count]. */
  readonly labels: Uint8Array;
  /** Index of each sample in the test set, [count]. */
  readonly indices: Uint32Array;
  readonly frames: readonly Frame[];
}

/** Inflated. Four runs of 1,000 samples in 100 frames are 2 MB. */
const CEILING = 16 * 2 ** 20;

const schema = v.object({
  kind: v.literal('recording'),
  origin: v.record(
    v.pipe(v.string(), v.maxLength(40)),
    v.union([v.number(), v.pipe(v.string(), v.maxLength(200))]),
  ),
  data: v.optional(v.picklist(DATA_SET_IDS), DEFAULT_DATA_SET),
  heldOut: v.optional(v.array(v.pipe(v.number(), v.integer(), v.minValue(0)))),
  runs: v.pipe(
    v.array(v.object({ title: v.pipe(v.string(), v.maxLength(40)), schedule: parsedBy(parseSchedule) })),
    v.minLength(1),
    v.maxLength(4),
  ),
  frames: framesHeader,
});

/** Recordings are shown as they are. */
const PLOTTED_DIM = 2;

export async function encodeRecording({ origin, data, heldOut, runs, labels, indices, frames }: Recording) {
  const { header, arrays } = await encodeFrames(frames, {
    samples: labels.length,
    classes: classCount(dataSet(data)),
  });
  arrays.set('labels', labels).set('indices', indices);
  return pack({ kind: 'recording', origin, data, heldOut, runs, frames: header }, arrays);
}

/** @throws DataError with a sentence where the bytes are no recording, or a damaged one */
export async function decodeRecording(bytes: Uint8Array): Promise<Recording> {
  const file = await unpack(bytes, { name: 'The recorded run', ceiling: CEILING });
  const content = v.safeParse(schema, file.content);
  if (!content.success) throw file.damaged();
  const { origin, data, heldOut = [], frames } = content.output;
  const runs = content.output.runs.map((run) => ({ ...run, schedule: withWarmUpMarked(run.schedule) }));
  const labels = file.array('labels', Uint8Array, frames.samples);
  const indices = file.array('indices', Uint32Array, frames.samples);
  const isWhole =
    frames.runs === runs.length &&
    frames.frames > 0 &&
    frames.classes === classCount(dataSet(data)) &&
    frames.dim === PLOTTED_DIM &&
    labels.every((label) => label < frames.classes) &&
    heldOut.every((label) => label < frames.classes);
  if (!isWhole) throw file.damaged();
  const out = heldOut.length === 0 ? {} : { heldOut };
  return { origin, data, ...out, runs, labels, indices, frames: await decodeFrames(frames, file) };
}
