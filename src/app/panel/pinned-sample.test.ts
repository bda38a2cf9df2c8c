import { expect, it } from 'vitest';
import { quantise } from '../../timeline/quantise.ts';
import { nearestRival, predictedSince, sampleInRun } from './pinned-sample.ts';

it('says what a run makes of a sample', () => {
  const moment = {
    features: Float32Array.from([0, 0, 1, 0, 5, 0, 0.5, 0]),
    centres: Float32Array.from([0, 1, 3, 0, Number.NaN, Number.NaN]),
    means: new Float32Array(6),
    predictions: Uint8Array.from([1, 0, 1, 0]),
    measures: {},
  };
  expect(sampleInRun(moment, 0, 0)).toEqual({
    predicted: 1,
    ownDistance: 1,
    rival: 1,
    rivalDistance: 3,
    neighbours: [3, 1, 2],
  });
  expect(nearestRival([1, Number.NaN], 0)).toBe(-1);
});

it('says since which frame it was predicted so', () => {
  const frames = [0, 10, 20, 30].map((step, i) => ({
    step,
    runs: [
      {
        points: quantise(new Float32Array(2)),
        centres: new Float32Array(20),
        means: new Float32Array(20),
        predictions: Uint8Array.of([4, 7, 7, 4][i] as number),
        measures: {},
      },
    ],
  }));
  const since = (step: number) => predictedSince(frames, { position: 0, row: 0, step });
  expect([0, 9, 10, 29, 30].map(since)).toEqual([undefined, undefined, 10, 10, 30]);
  expect(predictedSince(frames, { position: 3, row: 0, step: 30 })).toBeUndefined();
});
