import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { testsOfAngles } from '../angular-in-tests.ts';
import { loss } from './loss.ts';

beforeAll(() => tf.setBackend('cpu'));

testsOfAngles((batch) => loss(batch, { s: 10, m: 0.2 }));

it('lets the own logit fall beyond π − m as well, where the angle itself turns round', () => {
  const agents = tf.tensor2d([
    [1, 0],
    [0, 1],
  ]);
  const oneHot = tf.tensor2d([[1, 0]]);
  /** Of a sample at this angle to its agent; the other agent stands at a right angle. */
  const ownLogit = (angle: number) => {
    const features = tf.tensor2d([[Math.cos(angle), Math.sin(angle)]]);
    const [value = 0] = loss({ features, agents, oneHot, centres: features }, { s: 10, m: 0.5 }).dataSync();
    return 10 * Math.sin(angle) - Math.log(Math.expm1(value));
  };
  const logits = [2, 2.4, Math.PI - 0.51, Math.PI - 0.49, 2.9, 3.1].map(ownLogit);
  expect(logits).toEqual([...logits].sort((a, b) => b - a));
  expect(logits.at(-1)).toBeCloseTo(10 * (Math.cos(3.1) - 0.5 * Math.sin(0.5)), 4);
});
