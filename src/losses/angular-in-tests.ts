/** For tests of heads on the unit circle: what holds of every one of them. */

import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { largestError, smallBatch } from './gradcheck.ts';
import type { BatchOutputs } from './term.ts';

/** Tests that only directions count. @param loss the head, with its knobs set */
export function testsOfAngles(loss: (batch: BatchOutputs) => tf.Scalar): void {
  it('moves no sample outwards or inwards', () => {
    const { features, ...batch } = smallBatch();
    const gradient = tf.grad((x) => loss({ ...batch, features: x as tf.Tensor2D }))(features);
    const radial = tf.sum(tf.mul(features, gradient), 1);
    expect(largestError(radial.dataSync(), [0, 0])).toBeLessThan(1e-5);
    expect(tf.max(tf.abs(gradient)).dataSync()[0]).toBeGreaterThan(0.1);
  });

  it('does not change with the length of features and agents', () => {
    const { features, agents, ...batch } = smallBatch();
    const value = (scale: number) =>
      loss({ ...batch, features: tf.mul(features, scale), agents: tf.mul(agents, 1 / scale) }).dataSync();
    expect(largestError(value(8), value(1))).toBeLessThan(1e-6);
  });
}
