import { describe, expect, it } from 'vitest';
import { createRandom } from '../data/random.ts';
import { evaluate } from './evaluate.ts';
import { evaluationOf } from './evaluation.ts';

/** Ten tight blobs on a grid of step 10, 40 samples each; the centres stand in their middle. */
const random = createRandom(2, 'blobs');
const place = (label: number): [number, number] => [10 * (label % 4) + 10, 10 * Math.floor(label / 4) + 10];
const labels = Uint8Array.from({ length: 400 }, (_, i) => i % 10);
const features = Float32Array.from({ length: 800 }, (_, i) => {
  return (place((i >> 1) % 10)[i & 1] as number) + 0.2 * random.normal();
});
const centres = Float32Array.from({ length: 20 }, (_, i) => place(i >> 1)[i & 1] as number);
const blobs = {
  features,
  labels,
  dim: 2,
  classes: 10,
  centres,
  heldOut: [],
  margins: { inside: 2, outside: 5 },
};
const few = { pairs: { count: 4000, seed: 1 } };

describe('an evaluation', () => {
  it('of ten blobs far apart makes no error, by any measure', () => {
    const found = evaluate({ ...blobs, ...few });
    expect([found.euclideanAUC, found.euclideanEER, found.euclideanLFW]).toEqual([1, 0, 1]);
    expect([found.outsideAlphaPlus, found.insideAlphaMinus]).toEqual([0, 0]);
    expect(found.silhouette).toBeGreaterThan(0.9);
    expect(found.smallestMeanDistance).toBeCloseTo(10, 0);
    expect(found.D2OverD1).toBeCloseTo((found.D2 ?? 0) / (found.D1 ?? 1), 10);
    // By angle blobs on one ray are one.
    expect(found.cosineAUC).toBeLessThan(0.99);
    expect(Object.values(found).every(Number.isFinite)).toBe(true);
  });

  it('with digits held out measures the seen ones alone, and the others apart', () => {
    const heldOut = [8, 9];
    const open = evaluate({ ...blobs, ...few, heldOut });
    const seen = Array.from(labels, (_, i) => i).filter((i) => !heldOut.includes(labels[i] as number));
    const alone = evaluate({
      ...blobs,
      ...few,
      features: Float32Array.from(seen.flatMap((i) => [...features.subarray(2 * i, 2 * i + 2)])),
      labels: Uint8Array.from(seen, (i) => labels[i] as number),
    });
    for (const name of ['D1', 'D2', 'D3', 'silhouette', 'euclideanAUC', 'cosineEER']) {
      expect(open[name], name).toBe(alone[name]);
    }
    expect(open.unseenEuclideanAUC).toBe(1);
    // Unseen blobs lie ten units from every centre that was learnt.
    expect(open.openSetAUROC).toBe(1);
    expect(alone.openSetAUROC).toBeUndefined();
  });

  it('of one class, two samples, or points all equal has no silent number', () => {
    const cut = (rows: number) => ({
      ...blobs,
      ...few,
      features: features.slice(0, 2 * rows),
      labels: labels.slice(0, rows),
    });
    const one = evaluate(cut(1));
    expect([one.D2, one.euclideanAUC, one.silhouette]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    const two = evaluate(cut(2));
    expect(two.euclideanAUC).toBeNaN();
    expect(two.D2).toBeGreaterThan(0);
    const equal = evaluate({ ...blobs, ...few, features: new Float32Array(800).fill(1) });
    expect([equal.D1, equal.D2, equal.euclideanAUC, equal.euclideanEER]).toEqual([0, 0, 0.5, 0.5]);
    expect(equal.D2OverD1).toBeNaN();
  });

  it('refuses features that are not numbers', () => {
    const broken = features.slice();
    broken[7] = Number.NaN;
    expect(() => evaluate({ ...blobs, ...few, features: broken })).toThrow(RangeError);
  });

  it('for the page names pairs by their rows, and counts confusions', () => {
    const heldOut = [0];
    const predictions = labels.map((label) => (label === 3 ? 5 : label));
    const { seen, confusion } = evaluationOf({ ...blobs, heldOut, predictions });
    const { genuine, impostor } = seen.pairs;
    for (const [i, row] of genuine.first.entries()) {
      expect(labels[row]).toBe(labels[genuine.second[i] as number]);
      expect(labels[row]).not.toBe(0);
    }
    const [a, b] = [impostor.first[7] as number, impostor.second[7] as number];
    const distance = Math.hypot(
      (features[2 * a] as number) - (features[2 * b] as number),
      (features[2 * a + 1] as number) - (features[2 * b + 1] as number),
    );
    expect(seen.scores.euclidean.impostor[7]).toBeCloseTo(distance, 4);
    expect([confusion[33], confusion[35], confusion[44]]).toEqual([0, 40, 40]);
  });
});

it('goes by the angle where centres are those of directions', () => {
  // Seen classes along the axes, near and far; the unseen one between them, nearer to both centres than the far ones.
  const features = Float32Array.of(1, 0, 40, 0, 0, 1, 0, 40, 2, 2, 3, 3);
  const labels = Uint8Array.of(0, 0, 1, 1, 2, 2);
  const centres = Float32Array.of(1, 0, 0, 1, Number.NaN, Number.NaN);
  const run = { features, labels, dim: 2, classes: 3, centres, heldOut: [2], predictions: labels };
  expect(evaluate({ ...run, rule: 'centre cosine' }).openSetAUROC).toBe(1);
  expect(evaluate({ ...run, rule: 'nearest centre' }).openSetAUROC).toBe(0.5);
});
