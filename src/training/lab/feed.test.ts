import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { BatchOrder } from '../../data/batches.ts';
import type { LabelledImages } from '../../data/labelled-images.ts';
import { createRandom } from '../../data/random.ts';
import { imageBytes } from '../../data/set.ts';
import { MNIST } from '../../data/sets/mnist.ts';
import { Feed } from './feed.ts';

const COUNT = 1500;
const SHARD = 500;

const random = createRandom(1, 'feed');
const training: LabelledImages = {
  set: MNIST,
  images: Uint8Array.from({ length: COUNT * imageBytes(MNIST) }, () => random.int(256)),
  labels: Uint8Array.from({ length: COUNT }, () => random.int(10)),
};
const newOrder = () => new BatchOrder({ seed: 4, batchSize: 128, count: COUNT, shardSize: SHARD });
const newFeed = (together: number) => new Feed(training, newOrder(), together);

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const WHOLE = { start: 0, count: 128 };

/** Of the whole batch, and of its halves. */
function valuesOf(feed: Feed, step: number): Float32Array[] {
  const batch = feed.batchOf(step);
  const halves = [64, 0].map((start) => ({ start, count: 64 }));
  const values = [WHOLE, ...halves].flatMap((rows) =>
    [batch.imagesOf(rows), batch.oneHotOf(rows)].map((tensor) => Float32Array.from(tensor.dataSync())),
  );
  batch.dispose();
  return values;
}

it('gives the same batches however many go to the device together, over epochs and after a jump', () => {
  const [single, blocks] = [newFeed(1), newFeed(4)];
  for (const step of [...Array(26).keys(), 3, 24, 5]) {
    expect(valuesOf(blocks, step)).toEqual(valuesOf(single, step));
  }
});

it('changes the images of each step by that step, however many go to the device together', () => {
  const inverted = (images: Uint8Array, step: number) => images.map((value) => (value + step) % 256);
  const [single, blocks] = [1, 4].map((together) => new Feed(training, newOrder(), together, inverted));
  for (const step of [0, 1, 2, 12, 3]) {
    const values = single && valuesOf(single, step);
    expect(blocks && valuesOf(blocks, step)).toEqual(values);
    const plain = valuesOf(newFeed(1), step);
    if (step > 0) expect(values?.[0]).not.toEqual(plain[0]);
    expect(values?.[1]).toEqual(plain[1]);
  }
});

it('waits for no shard that the step itself does not need', () => {
  const order = newOrder();
  const shardOf = (images: number) => Math.floor((images - 1) / SHARD);
  for (let step = 0; step < order.stepsPerEpoch; step++) {
    expect(shardOf(newFeed(16).imagesNeeded(step))).toBe(shardOf(order.highestIndexOf(step) + 1));
  }
});

it('needs nothing more for a batch that is on the device, and leaves no tensor behind', () => {
  const before = tf.memory().numTensors;
  const feed = newFeed(3);
  valuesOf(feed, 0);
  expect(feed.imagesNeeded(1)).toBe(0);
  expect(feed.imagesNeeded(3)).toBeGreaterThan(0);
  feed.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
