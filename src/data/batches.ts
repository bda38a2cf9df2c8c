/**
 * Which samples a step sees: a pure function of seed and step, so that a checkpoint needs no random
 * state. The first epoch goes shard by shard in order, shuffled within each, so that training can
 * start when one shard has arrived; later epochs shuffle everything.
 */

import { createRandom } from './random.ts';

export interface EpochOptions {
  readonly seed: number;
  /** From 0. */
  readonly epoch: number;
  /** Samples in the training set. */
  readonly count: number;
  /** Samples that arrive together. */
  readonly shardSize: number;
  /** Which samples take part: all, where it is left out. */
  readonly keep?: (index: number) => boolean;
}

/** The order of one epoch: every kept index once. */
export function epochOrder({ seed, epoch, count, shardSize, keep = () => true }: EpochOptions): Uint32Array {
  const random = createRandom(seed, `batches of epoch ${epoch}`);
  const order = Uint32Array.from({ length: count }, (_, i) => i).filter(keep);
  if (epoch > 0) return random.shuffle(order);
  let start = 0;
  for (let shard = 0; shard * shardSize < count; shard++) {
    let end = start;
    while (end < order.length && (order[end] as number) < (shard + 1) * shardSize) end++;
    random.shuffle(order.subarray(start, end));
    start = end;
  }
  return order;
}

/** Whole batches an epoch; the last, partial one is dropped. */
export function stepsPerEpoch(count: number, batchSize: number): number {
  return Math.floor(count / batchSize);
}

export interface BatchOrderOptions extends Omit<EpochOptions, 'epoch'> {
  readonly batchSize: number;
}

/** The batches of all epochs, one order kept at a time. */
export class BatchOrder {
  readonly stepsPerEpoch: number;
  readonly #options: BatchOrderOptions;
  #epoch = -1;
  #order: Uint32Array;

  get batchSize(): number {
    return this.#options.batchSize;
  }

  /** @throws RangeError where the samples do not fill one batch */
  constructor(options: BatchOrderOptions) {
    const first = epochOrder({ ...options, epoch: 0 });
    this.stepsPerEpoch = stepsPerEpoch(first.length, options.batchSize);
    if (this.stepsPerEpoch < 1)
      throw new RangeError('There are fewer training samples than one batch takes.');
    this.#options = options;
    this.#epoch = 0;
    this.#order = first;
  }

  /**
   * Indices of the batch of `step` (from 0), or of that many batches from there on within its epoch, [steps ·
   * batchSize]; a view that holds until the next call.
   */
  indicesOf(step: number, steps = 1): Uint32Array {
    const epoch = Math.floor(step / this.stepsPerEpoch);
    if (epoch !== this.#epoch) {
      this.#order = epochOrder({ ...this.#options, epoch });
      this.#epoch = epoch;
    }
    const { batchSize } = this.#options;
    const start = (step % this.stepsPerEpoch) * batchSize;
    return this.#order.subarray(start, start + steps * batchSize);
  }

  /** The largest index in these batches: what must have arrived. */
  highestIndexOf(step: number, steps = 1): number {
    let highest = 0;
    for (const index of this.indicesOf(step, steps)) if (index > highest) highest = index;
    return highest;
  }

  /** How many batches from `step` on, `most` at most, need no shard that `step` does not need, within its epoch. */
  stepsArrivingWith(step: number, most: number): number {
    const left = this.stepsPerEpoch - (step % this.stepsPerEpoch);
    const { shardSize } = this.#options;
    const shardOf = (at: number) => Math.floor(this.highestIndexOf(at) / shardSize);
    // After the first epoch everything has arrived.
    if (step >= this.stepsPerEpoch) return Math.min(most, left);
    let steps = 1;
    while (steps < Math.min(most, left) && shardOf(step + steps) <= shardOf(step)) steps++;
    return steps;
  }
}
