import { expect, it } from 'vitest';
import { bandOf } from './bands.ts';

const curve = (values: readonly (readonly [step: number, value: number])[]) =>
  values.map(([step, D1]) => ({ step, values: { D1 } }));

it('is the mean ± deviation at steps that all curves have, between their own points', () => {
  const band = bandOf(
    [
      curve([
        [0, 0],
        [60, 60],
      ]),
      curve([
        [0, 2],
        [30, 32],
        [60, 62],
      ]),
    ],
    'D1',
    60,
  );
  expect(band).toHaveLength(61);
  for (const { step, low, high } of band) {
    expect((low + high) / 2).toBeCloseTo(step + 1, 9);
    expect(high - low).toBeCloseTo(2 * Math.SQRT2, 9);
  }
});

it('is empty of one curve, of a value that none has, and beyond the shortest', () => {
  const one = curve([
    [0, 1],
    [10, 2],
  ]);
  expect(bandOf([one], 'D1', 10)).toEqual([]);
  expect(bandOf([one, one], 'D2', 10)).toEqual([]);
  expect(bandOf([one, one], 'D1', 20).at(-1)?.step).toBe(10);
});
