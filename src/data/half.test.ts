import { expect, it } from 'vitest';
import { fromHalf, toHalf } from './half.ts';
import { createRandom } from './random.ts';

it('gives every half-precision number back by its bits', () => {
  const finite = Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits).filter(
    (bits) => (bits & 0x7c00) !== 0x7c00,
  );
  expect(toHalf(fromHalf(finite))).toEqual(finite);
});

it('knows numbers that are known', () => {
  expect(Array.from(toHalf(Float32Array.of(1, -2, 65_504, 2 ** -24, 0, 1 / 3)))).toEqual([
    0x3c00, 0xc000, 0x7bff, 1, 0, 0x3555,
  ]);
  expect(Array.from(fromHalf(Uint16Array.of(0x7c00, 0xfc00, 0x7e00)))).toEqual([
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NaN,
  ]);
});

it('rounds to within half a unit in the eleventh digit, and to even halfway', () => {
  const random = createRandom(1, 'half');
  const values = Float32Array.from(
    { length: 5000 },
    () => random.normal() * 10 ** (8 * random.uniform() - 4),
  );
  for (const [i, value] of fromHalf(toHalf(values)).entries()) {
    const given = values[i] as number;
    expect(Math.abs(value - given)).toBeLessThanOrEqual(Math.max(Math.abs(given) * 2 ** -11, 2 ** -25));
  }
  expect(Array.from(fromHalf(toHalf(Float32Array.of(2049, 2051))))).toEqual([2048, 2052]);
});

it('refuses what is too large or no number', () => {
  for (const value of [65_520, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => toHalf(Float32Array.of(value))).toThrow(RangeError);
});
