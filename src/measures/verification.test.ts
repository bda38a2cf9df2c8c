import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../data/random.ts';
import { MeasureContext } from './measure.ts';
import { drawPairs, type Scores, scorePairs } from './pairs.ts';
import { ratesAt, rocOf, tarAt } from './roc.ts';
import { bestThreshold, foldAccuracy, scoresOf, verify } from './verification.ts';

/** Five genuine and six impostor distances with a tie across; AUC and ROC are scikit-learn 1.2.1's. */
const mixed: Scores = {
  genuine: Float32Array.from([0.1, 0.4, 0.35, 0.8, 0.4]),
  impostor: Float32Array.from([0.4, 0.5, 0.9, 0.7, 1.2, 0.3]),
};

describe('verification', () => {
  it('equals scikit-learn on scores with ties', () => {
    const { auc } = verify(mixed);
    expect(auc).toBeCloseTo(0.7333333333333334, 12);
    const { far, tar } = rocOf(mixed);
    const sixth = 1 / 6;
    const expected = [0, 0, sixth, sixth, 2 * sixth, 3 * sixth, 4 * sixth, 4 * sixth, 5 * sixth, 1];
    for (const [k, value] of expected.entries()) expect(far[k]).toBeCloseTo(value, 12);
    expect(Array.from(tar)).toEqual([0, 0.2, 0.2, 0.4, 0.8, 0.8, 0.8, 1, 1, 1]);
  });

  it('finds the equal error on a tie’s diagonal, worked by hand', () => {
    // From (1/6, 0.4) to (2/6, 0.8) the curve meets FAR = 1 − TAR where 1/6 + t/6 = 0.6 − 0.4t.
    const t = (0.6 - 1 / 6) / (1 / 6 + 0.4);
    expect(verify(mixed).eer).toBeCloseTo(1 / 6 + t / 6, 12);
    expect(verify(mixed).eerThreshold).toBeCloseTo(0.4, 6);
  });

  it('reads the curve at a FAR, and both rates at a distance', () => {
    const roc = rocOf(mixed);
    expect(tarAt(roc, 0)).toBeCloseTo(0.2, 12);
    expect(tarAt(roc, 0.25)).toBeCloseTo(0.6, 12);
    expect(tarAt(roc, 1)).toBe(1);
    expect(ratesAt(roc, 0.6)).toEqual({ far: 0.5, tar: 0.8 });
    expect(ratesAt(roc, 0)).toEqual({ far: 0, tar: 0 });
  });

  it('has d′ of two units for means two standard deviations apart', () => {
    const scores = { genuine: Float32Array.from([0, 2]), impostor: Float32Array.from([2, 4]) };
    expect(verify(scores).dPrime).toBeCloseTo(2, 6);
  });

  it('is NaN without pairs of both kinds, and refuses a distance that is no number', () => {
    const none = { genuine: new Float32Array(0), impostor: mixed.impostor };
    for (const value of Object.values(verify(none))) expect(value).toBeNaN();
    const broken = { genuine: Float32Array.from([1, Number.NaN]), impostor: mixed.impostor };
    expect(() => verify(broken)).toThrow(RangeError);
  });

  it('takes 200,000 pairs', () => {
    const random = createRandom(1, 'scores');
    const scores = {
      genuine: Float32Array.from({ length: 100_000 }, () => random.uniform()),
      impostor: Float32Array.from({ length: 100_000 }, () => 0.5 + random.uniform()),
    };
    // Uniform on [0, 1] against [0.5, 1.5]: P(g < i) = 7/8.
    expect(verify(scores).auc).toBeCloseTo(0.875, 2);
    expect(verify(scores).eer).toBeCloseTo(0.25, 2);
  });
});

const distances = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 60 });
const scores = fc.record({ genuine: distances, impostor: distances }).map(({ genuine, impostor }) => ({
  genuine: Float32Array.from(genuine),
  impostor: Float32Array.from(impostor),
}));

describe('verification, whatever the scores', () => {
  it('has the AUC of the rank statistic', () => {
    fc.assert(
      fc.property(scores, ({ genuine, impostor }) => {
        let wins = 0;
        for (const g of genuine) for (const i of impostor) wins += g < i ? 1 : g === i ? 0.5 : 0;
        expect(verify({ genuine, impostor }).auc).toBeCloseTo(wins / genuine.length / impostor.length, 10);
      }),
    );
  });

  it('has an equal error from 0 to 1, and one minus itself when the scores are reversed', () => {
    fc.assert(
      fc.property(scores, ({ genuine, impostor }) => {
        const { eer } = verify({ genuine, impostor });
        expect(eer).toBeGreaterThanOrEqual(0);
        expect(eer).toBeLessThanOrEqual(1);
        const reversed = verify({
          genuine: genuine.map((distance) => -distance),
          impostor: impostor.map((distance) => -distance),
        });
        expect(reversed.eer).toBeCloseTo(1 - eer, 10);
      }),
    );
  });

  it('makes no error where the scores are apart', () => {
    fc.assert(
      fc.property(scores, ({ genuine, impostor }) => {
        const apart = verify({ genuine, impostor: impostor.map((distance) => distance + 31) });
        expect([apart.eer, apart.tarAtFar1e3]).toEqual([0, 1]);
        expect(apart.auc).toBe(1);
      }),
    );
  });

  it('does not depend on order or scale', () => {
    fc.assert(
      fc.property(scores, ({ genuine, impostor }) => {
        const other = verify({
          genuine: genuine.map((distance) => 4 * distance).reverse(),
          impostor: impostor.map((distance) => 4 * distance).reverse(),
        });
        const { eerThreshold, ...first } = verify({ genuine, impostor });
        const { eerThreshold: otherThreshold, ...second } = other;
        for (const name of Object.keys(first) as (keyof typeof first)[]) {
          if (Number.isFinite(first[name])) expect(second[name]).toBeCloseTo(first[name], 9);
        }
        expect(otherThreshold).toBeCloseTo(4 * eerThreshold, 5);
      }),
    );
  });
});

describe('what is found by comparing, whatever the scores, is found in whole pairs', () => {
  const of = (numbers: readonly number[]) => Float32Array.from(numbers);
  const atOrBelow = (values: Float32Array, limit: number) => values.filter((value) => value <= limit).length;
  /** All distances, rising, each once. */
  const distinct = ({ genuine, impostor }: Scores) =>
    [...new Set([...genuine, ...impostor])].sort((a, b) => a - b);

  it('the threshold that decides most pairs is the lowest of equals: 1 − 2/3 is no more than 1/3', () => {
    // At 1 one genuine pair is accepted; at 3 there are two more, and two impostors.
    expect(bestThreshold({ genuine: of([1, 3, 3]), impostor: of([2, 2, 4]) })).toBe(1.5);
  });

  it('so it is against a search of all thresholds', () => {
    fc.assert(
      fc.property(scores, (given) => {
        const candidates = distinct(given);
        const right = (limit: number) =>
          atOrBelow(given.genuine, limit) + given.impostor.length - atOrBelow(given.impostor, limit);
        const most = Math.max(right(Number.NEGATIVE_INFINITY), ...candidates.map(right));
        const lowest = candidates.find((limit) => right(limit) === most) ?? 0;
        const next = candidates[candidates.indexOf(lowest) + 1] ?? lowest;
        const expected =
          right(Number.NEGATIVE_INFINITY) === most ? Number.NEGATIVE_INFINITY : (lowest + next) / 2;
        expect(bestThreshold(given)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('so is the distance of the equal error, and the area is the rank statistic to the last digit', () => {
    fc.assert(
      fc.property(scores, (given) => {
        const { genuine, impostor } = given;
        const equal = distinct(given).find(
          (limit) =>
            atOrBelow(impostor, limit) * genuine.length + atOrBelow(genuine, limit) * impostor.length >=
            genuine.length * impostor.length,
        );
        let halves = 0;
        for (const g of genuine) for (const i of impostor) halves += g < i ? 2 : g === i ? 1 : 0;
        const { eerThreshold, auc } = verify(given);
        expect(eerThreshold).toBe(equal);
        expect(auc).toBe(halves / (2 * genuine.length * impostor.length));
      }),
      { numRuns: 500 },
    );
  });
});

describe('accuracy on ten folds', () => {
  const spread = (count: number, from: number) =>
    Float32Array.from({ length: count }, (_, i) => from + (i % 100));

  it('is 1 where the kinds are apart, a half where they are the same, NaN without enough pairs', () => {
    expect(foldAccuracy({ genuine: spread(3000, 0), impostor: spread(3000, 200) })).toEqual({
      mean: 1,
      deviation: 0,
    });
    expect(foldAccuracy({ genuine: spread(3000, 0), impostor: spread(3000, 0) }).mean).toBeCloseTo(0.5, 1);
    expect(foldAccuracy({ genuine: spread(2999, 0), impostor: spread(3000, 9) }).mean).toBeNaN();
  });

  it('decides each fold by the threshold of the others', () => {
    // In the first fold all is the other way round: the threshold of the nine gets all of it wrong.
    const genuine = Float32Array.from({ length: 3000 }, (_, i) => (i < 300 ? 9 : 1));
    const impostor = Float32Array.from({ length: 3000 }, (_, i) => (i < 300 ? 1 : 9));
    expect(foldAccuracy({ genuine, impostor })).toEqual({ mean: 0.9, deviation: 0.3 });
  });
});

describe('pairs', () => {
  const labels = Uint8Array.from({ length: 500 }, (_, i) => (i * i) % 7);

  it('are of one class or of two, never of a sample with itself, and the same for one seed', () => {
    const pairs = drawPairs(labels, { count: 4000, seed: 3 });
    const { genuine, impostor } = pairs;
    expect([genuine.first.length, impostor.first.length]).toEqual([4000, 4000]);
    for (const [i, row] of genuine.first.entries()) {
      const other = genuine.second[i] as number;
      expect(other).not.toBe(row);
      expect(labels[other]).toBe(labels[row]);
    }
    for (const [i, row] of impostor.first.entries()) {
      expect(labels[impostor.second[i] as number]).not.toBe(labels[row]);
    }
    expect(drawPairs(labels, { count: 4000, seed: 3 })).toEqual(pairs);
    expect(drawPairs(labels, { count: 4000, seed: 4 })).not.toEqual(pairs);
  });

  it('are each pair once where a small set has no more of them, on request', () => {
    const few = Uint8Array.of(4, 4, 4, 5, 5);
    const { genuine, impostor } = drawPairs(few, { count: 6, seed: 1, mayBeAll: true });
    const keys = [genuine, impostor].map(({ first, second }) =>
      Array.from(first, (a, i) => `${a}${second[i]}`),
    );
    expect(keys).toEqual([
      ['01', '02', '12', '34'],
      ['03', '04', '13', '14', '23', '24'],
    ]);
    expect(drawPairs(few, { count: 5, seed: 1, mayBeAll: true }).genuine.first).toHaveLength(5);
  });

  it('are none where there are none to be had', () => {
    const one = drawPairs(Uint8Array.from([2, 2]), { count: 5, seed: 1 });
    expect([one.genuine.first.length, one.impostor.first.length]).toEqual([5, 0]);
    const different = drawPairs(Uint8Array.from([1, 2]), { count: 5, seed: 1 });
    expect([different.genuine.first.length, different.impostor.first.length]).toEqual([0, 5]);
  });

  it('are scored by distance and by angle', () => {
    const labelled = {
      features: Float32Array.from([3, 0, 0, 4, 6, 0, 0, 0]),
      labels: Uint8Array.from([0, 0, 0, 0]),
      dim: 2,
      classes: 10,
    };
    const pairs = { first: Uint32Array.from([0, 0, 0]), second: Uint32Array.from([1, 2, 3]) };
    const set = { genuine: pairs, impostor: pairs };
    expect(Array.from(scorePairs(labelled, set, 'euclidean').genuine)).toEqual([5, 3, 3]);
    // At the origin there is no direction: the cosine is taken as 0.
    expect(Array.from(scorePairs(labelled, set, 'cosine').genuine)).toEqual([1, 0, 1]);
  });
});

describe('angles about the mean of what training saw', () => {
  const random = createRandom(3, 'samples');
  const labels = Uint8Array.from({ length: 60 }, (_, i) => i % 4);
  const features = Float32Array.from({ length: 120 }, () => random.normal());
  const scores = (cosineAbout: 'origin' | 'mean', far: number, part: 'seen' | 'unseen') => {
    const moved = features.map((value, i) => value + (i % 2 === 0 ? far : -far));
    const samples = { features: moved, labels, dim: 2, classes: 4, centres: new Float32Array(8) };
    const pairs = { count: 200, seed: 1 };
    return scoresOf(new MeasureContext({ ...samples, heldOut: [2, 3], pairs, cosineAbout }), part, 'cosine');
  };

  it.each(['seen', 'unseen'] as const)('do not change with where all features lie, of classes %s', (part) => {
    const near = scores('mean', 0, part);
    const far = scores('mean', 50, part);
    for (const [i, value] of near.genuine.entries()) expect(far.genuine[i]).toBeCloseTo(value, 3);
    expect(Math.max(...near.impostor)).toBeGreaterThan(1.5);
    // From the origin all of them lie in one direction.
    expect(Math.max(...scores('origin', 50, part).impostor)).toBeLessThan(0.1);
  });
});
