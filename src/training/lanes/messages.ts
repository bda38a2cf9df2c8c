/** What goes between a worker and its lanes, by message or in shared memory. */

import type { LaneAnswer, LaneTask } from '../lab/lanes.ts';
import type { Parcel, QueueMemory } from './shared-queue.ts';

/** A task, or where tasks will stand from now on. */
export type ToLane = { readonly id: number; readonly task: LaneTask } | { readonly queue: QueueMemory };

/** A lane says whether it can compute, then answers tasks in their order, until it can compute no more. */
export type FromLane =
  | { readonly type: 'ready' }
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'done'; readonly id: number; readonly answer: LaneAnswer };

/** The arrays of an answer, which are handed over. */
export function transferOf(answer: LaneAnswer): ArrayBuffer[] {
  return answer.map(({ buffer }) => buffer as ArrayBuffer);
}

/** A task as what shared memory takes. */
export function parcelOf(task: LaneTask): Parcel {
  if (task.kind === 'features') {
    const { parameters, images, ...rest } = task;
    return { text: JSON.stringify(rest), floats: [parameters], bytes: [images] };
  }
  const { parameters, centres, images, labels, ...rest } = task;
  return { text: JSON.stringify(rest), floats: [parameters, centres], bytes: [images, labels] };
}

/** The inverse of `parcelOf`: what another worker of this page has written. */
export function taskOf({ text, floats, bytes }: Parcel): LaneTask {
  const [parameters, centres] = floats;
  const [images, labels] = bytes;
  return { ...JSON.parse(text), parameters, images, ...(centres && { centres }), ...(labels && { labels }) };
}

/** Values that an answer has at most: a gradient is as long as θ. */
export function answerBytes({ parameters, images, dim, set }: LaneTask): number {
  const samples = images.length / set.side ** 2;
  return Float32Array.BYTES_PER_ELEMENT * (parameters.length + samples * dim + ANSWER_REST);
}

/** Terms, and what a parcel says of itself. */
const ANSWER_REST = 64;
