import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { smallBatch } from '../gradcheck.ts';
import { loss } from './loss.ts';

beforeAll(() => tf.setBackend('cpu'));

it('is half the mean squared distance to the own centre', () => {
  // ½ · (25 + 1) / 2
  expect(loss(smallBatch()).dataSync()[0]).toBeCloseTo(6.5, 6);
});
