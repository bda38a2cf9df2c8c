/** Every loss there is, switched to and away from while it trains. */

import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../data/random.ts';
import { imageBytes } from '../../data/set.ts';
import { MNIST } from '../../data/sets/mnist.ts';
import { PRESETS, presetNamed, runOf } from '../../losses/presets.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { experimentOf } from '../in-tests.ts';
import { openWasm } from '../kernels/in-tests.ts';
import { Lab } from './lab.ts';

const random = createRandom(6, 'every loss');
const training = {
  set: MNIST,
  images: Uint8Array.from({ length: 1100 * imageBytes(MNIST) }, () => random.int(256)),
  labels: Uint8Array.from({ length: 1100 }, (_, i) => i % 10),
};
const softmax = presetNamed('S').objective;

beforeAll(openWasm);

async function learn(lab: Lab, steps: number): Promise<void> {
  for (let i = 0; i < steps; i++) await lab.trainStep();
}

async function stateOf(lab: Lab): Promise<Checkpoint> {
  const checkpoint = await lab.checkpoint();
  if (checkpoint === undefined) throw new Error('The runs are not in lock-step.');
  return structuredClone(checkpoint);
}

describe.each(PRESETS)('$title', ({ objective }) => {
  it('begins, rests, begins again and is resumed in between to the bit, and no tensor is left behind', async () => {
    const before = tf.memory().numTensors;
    // One class is held out: it leaves every sum.
    const lab = await Lab.create(experimentOf([runOf('S')], { heldOut: [7] }), training);
    await learn(lab, 2);
    lab.setObjective(0, objective);
    await learn(lab, 1);
    const held = tf.memory().numTensors;
    await learn(lab, 2);
    expect(tf.memory().numTensors).toBe(held);
    lab.setObjective(0, softmax);
    await learn(lab, 1);
    lab.setObjective(0, objective);
    await learn(lab, 1);
    const [terms] = await lab.lossTerms();
    expect(terms?.total).toBeGreaterThanOrEqual(0);
    const kept = await stateOf(lab);
    await learn(lab, 2);
    const resumed = await Lab.restore(training, kept);
    await learn(resumed, 2);
    const [on, again] = [await stateOf(lab), await stateOf(resumed)];
    expect(again).toEqual(on);
    const { parameters, centres } = on.runs[0] ?? { parameters: [], centres: [] };
    expect([...parameters, ...centres].every(Number.isFinite)).toBe(true);
    lab.dispose();
    resumed.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
