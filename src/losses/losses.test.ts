import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { centerLoss } from './center.ts';
import { finiteDifferences, largestError, randomMatrix } from './gradcheck.ts';
import { jointLoss } from './joint.ts';
import { marginLoss } from './margin.ts';
import { softmaxLoss } from './softmax.ts';

const MARGINS = { alphaPlus: 0.5, alphaMinus: 3 };

/** Two samples of classes 0 and 1, three centres; class 2 is absent. */
function smallCase() {
  return {
    features: tf.tensor2d([
      [3, 4],
      [1, 0],
    ]),
    oneHot: tf.tensor2d([
      [1, 0, 0],
      [0, 1, 0],
    ]),
    centres: tf.tensor2d([
      [0, 0],
      [1, 1],
      [3, 2],
    ]),
  };
}

/** 12 samples whose labels leave out class 3 of 5. */
function randomCase(dim: number) {
  const labels = [0, 1, 2, 4, 0, 1, 2, 4, 0, 1, 2, 2];
  return {
    features: randomMatrix(17, labels.length, dim, 2),
    centres: randomMatrix(7, 5, dim, 2),
    classifier: randomMatrix(11, dim, 5),
    oneHot: tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), 5), 'float32') as tf.Tensor2D,
  };
}

const scalar = (tensor: tf.Tensor) => tensor.dataSync()[0] as number;

beforeAll(() => tf.setBackend('cpu'));

describe('softmax loss', () => {
  it('is the mean negative log-likelihood', () => {
    const logits = tf.tensor2d([
      [Math.log(2), Math.log(3), Math.log(5)],
      [0, 0, 0],
    ]);
    const { oneHot } = smallCase();
    // −log(2/10) and −log(1/3), halved.
    expect(scalar(softmaxLoss(logits, oneHot))).toBeCloseTo((Math.log(5) + Math.log(3)) / 2, 6);
  });

  it('stays finite for logits far apart', () => {
    const logits = tf.tensor2d([[500, -500, 0]]);
    const oneHot = tf.tensor2d([[0, 1, 0]]);
    expect(scalar(softmaxLoss(logits, oneHot))).toBeCloseTo(1000, 3);
  });
});

describe('center loss', () => {
  it('is half the mean squared distance to the own centre', () => {
    const { features, oneHot, centres } = smallCase();
    // ½ · (25 + 1) / 2
    expect(scalar(centerLoss(features, oneHot, centres))).toBeCloseTo(6.5, 6);
  });
});

describe('margin loss', () => {
  it('sums the pull of the own centre and the push of every other one', () => {
    const { features, oneHot, centres } = smallCase();
    // Sample (3, 4): own 5 − 0.5 = 4.5; others at √13 (outside) and 2: 3 − 2 = 1.
    // Sample (1, 0): own 1 − 0.5 = 0.5; others at 1: 2, and √8: 3 − √8.
    const expected = (4.5 + 1 + 0.5 + 2 + (3 - Math.sqrt(8))) / 2;
    expect(scalar(marginLoss(features, oneHot, centres, MARGINS))).toBeCloseTo(expected, 5);
  });

  it('is zero, without a force, where a sample lies exactly on its margins', () => {
    const features = tf.tensor2d([[0.5, 0]]);
    const centres = tf.tensor2d([
      [0, 0],
      [3.5, 0],
    ]);
    const oneHot = tf.tensor2d([[1, 0]]);
    const { value, grad } = tf.valueAndGrad((x) => marginLoss(x as tf.Tensor2D, oneHot, centres, MARGINS))(
      features,
    );
    expect(scalar(value)).toBe(0);
    expect(Array.from(grad.dataSync())).toEqual([0, 0]);
  });

  it('gives the zero vector, not NaN, for a sample on a centre', () => {
    const features = tf.tensor2d([[1, 1]]);
    const centres = tf.tensor2d([
      [1, 1],
      [1, 1],
    ]);
    const oneHot = tf.tensor2d([[1, 0]]);
    const margins = { alphaPlus: 0, alphaMinus: 3 };
    const { value, grad } = tf.valueAndGrad((x) => marginLoss(x as tf.Tensor2D, oneHot, centres, margins))(
      features,
    );
    // The own distance is exactly 0 and pulls nothing; the other centre asks for all of α₋ in no direction.
    expect(scalar(value)).toBe(3);
    expect(Array.from(grad.dataSync())).toEqual([0, 0]);
  });

  it('pulls and pushes with unit force', () => {
    const features = tf.tensor2d([[3, 4]]);
    const oneHot = tf.tensor2d([[1, 0]]);
    const centres = tf.tensor2d([
      [0, 0],
      [3, 2],
    ]);
    const gradient = tf.grad((x) => marginLoss(x as tf.Tensor2D, oneHot, centres, MARGINS))(features);
    // Own: along (3, 4)/5. Other, 2 below: away from it, −(0, 1).
    expect(largestError(gradient.dataSync(), [0.6, 0.8 - 1])).toBeLessThan(1e-6);
  });
});

describe.each([2, 7])('gradients with %i-dimensional features', (dim) => {
  const { features, centres, classifier, oneHot } = randomCase(dim);
  const cases: Record<string, (x: tf.Tensor2D) => tf.Scalar> = {
    softmax: (x) => softmaxLoss(tf.matMul(x, classifier), oneHot),
    center: (x) => centerLoss(x, oneHot, centres),
    margin: (x) => marginLoss(x, oneHot, centres, MARGINS),
    joint: (x) =>
      jointLoss(
        { features: x, logits: tf.matMul(x, classifier), oneHot, centres },
        { lambda0: 0.7, lambda1: 0.3, lambda2: 1.5, ...MARGINS },
      ).total,
  };

  it.each(Object.keys(cases))('of the %s loss match central differences', (name) => {
    const loss = cases[name] as (x: tf.Tensor2D) => tf.Scalar;
    const gradient = tf.grad((x) => loss(x as tf.Tensor2D))(features);
    expect(largestError(gradient.dataSync(), finiteDifferences(loss, features))).toBeLessThan(2e-3);
  });

  it('are off the kinks: no distance lies within the differences of a margin', () => {
    const rows = features.arraySync();
    const others = centres.arraySync();
    for (const row of rows) {
      for (const centre of others) {
        const distance = Math.hypot(...row.map((value, k) => value - (centre[k] as number)));
        for (const margin of Object.values(MARGINS))
          expect(Math.abs(distance - margin)).toBeGreaterThan(0.0105);
      }
    }
  });
});

describe('joint objective', () => {
  it('weighs the terms and reports them unweighted', () => {
    const { features, oneHot, centres } = smallCase();
    const logits = tf.zeros([2, 3]) as tf.Tensor2D;
    const { total, terms } = jointLoss(
      { features, logits, oneHot, centres },
      { lambda0: 1, lambda1: 0.1, lambda2: 0, ...MARGINS },
    );
    const [softmax, center, margin, sum] = terms.dataSync();
    expect(softmax).toBeCloseTo(Math.log(3), 6);
    expect(center).toBeCloseTo(6.5, 6);
    expect(margin).toBeGreaterThan(0);
    expect(sum).toBeCloseTo(Math.log(3) + 0.65, 6);
    expect(scalar(total)).toBe(sum);
  });

  it('has gradient zero where every weight is zero', () => {
    const { features, oneHot, centres } = smallCase();
    const gradient = tf.grad(
      (x) =>
        jointLoss(
          { features: x as tf.Tensor2D, logits: tf.zeros([2, 3]), oneHot, centres },
          { lambda0: 0, lambda1: 0, lambda2: 0, ...MARGINS },
        ).total,
    )(features);
    expect(Array.from(gradient.dataSync())).toEqual([0, 0, 0, 0]);
  });
});
