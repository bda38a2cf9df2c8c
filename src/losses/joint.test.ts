import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { finiteDifferences, largestError, randomMatrix, smallBatch } from './gradcheck.ts';
import { jointLoss, type Losses, loadLosses } from './joint.ts';
import { objectiveOf, weightedTerm } from './objective.ts';

const MARGIN = weightedTerm('margin', 0, { alphaPlus: 0.5, alphaMinus: 3 });
let losses: Losses;

beforeAll(async () => {
  await tf.setBackend('cpu');
  losses = await loadLosses();
});

describe('joint objective', () => {
  it('weighs the terms and reports them unweighted', () => {
    const batch = { ...smallBatch(), agents: tf.zeros([2, 3]) as tf.Tensor2D };
    const objective = objectiveOf({ head: 1, centre: 0.1, metric: 0 }, { metric: MARGIN });
    const { total, terms } = jointLoss(batch, objective, losses);
    const [softmax, center, margin, sum] = terms.dataSync();
    expect(softmax).toBeCloseTo(Math.log(3), 6);
    expect(center).toBeCloseTo(6.5, 6);
    expect(margin).toBeGreaterThan(0);
    expect(sum).toBeCloseTo(Math.log(3) + 0.65, 6);
    expect(total.dataSync()[0]).toBe(sum);
  });

  it('has gradient zero where every weight is zero', () => {
    const { features, ...batch } = smallBatch();
    const objective = objectiveOf({ head: 0, centre: 0, metric: 0 });
    const gradient = tf.grad(
      (x) => jointLoss({ ...batch, features: x as tf.Tensor2D }, objective, losses).total,
    )(features);
    expect(Array.from(gradient.dataSync())).toEqual([0, 0, 0, 0]);
  });

  it.each(['softmax', 'normface', 'cosface', 'arcface'])(
    'has the gradient of its sum, with head %s',
    (head) => {
      const oneHot = tf.oneHot([0, 1, 2, 4, 0, 1], 5, 1, 0, 'float32') as tf.Tensor2D;
      const batch = { oneHot, agents: randomMatrix(11, 2, 5), centres: randomMatrix(7, 5, 2, 2) };
      const objective = objectiveOf(
        { head: 0.7, centre: 0.3, metric: 1.5 },
        { head: { ...weightedTerm(head, 0), knobs: { s: 4, m: 0.2 } }, metric: MARGIN },
      );
      const total = (x: tf.Tensor) =>
        jointLoss({ ...batch, features: x as tf.Tensor2D }, objective, losses).total;
      const features = randomMatrix(17, 6, 2, 2);
      expect(
        largestError(tf.grad(total)(features).dataSync(), finiteDifferences(total, features)),
      ).toBeLessThan(2e-3);
    },
  );
});
