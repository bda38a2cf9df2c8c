import { describe, expect, it } from 'vitest';
import { createRandom } from '../data/random.ts';
import { countInSight, placedRows, scaledInk } from './glyphs.ts';

const random = createRandom(1, 'glyphs');
const SIZE = 20;
const AREA = { size: SIZE, width: 400, height: 300, may: () => true };
const places = Float32Array.from(
  { length: 4000 },
  (_, i) => random.uniform() * (i % 2 === 0 ? 440 : 340) - 20,
);

describe('images', () => {
  it('never cover each other, and fill what room there is', () => {
    const rows = placedRows(places, AREA);
    const at = (row: number, k: number) => places[2 * row + k] as number;
    for (const [i, a] of rows.entries())
      for (const b of rows.slice(i + 1))
        expect(Math.max(Math.abs(at(a, 0) - at(b, 0)), Math.abs(at(a, 1) - at(b, 1)))).toBeGreaterThanOrEqual(
          SIZE,
        );
    // Whatever is in sight is placed, or covered by what was placed before it.
    const covered = (row: number) =>
      rows.some(
        (other) =>
          other <= row &&
          Math.abs(at(other, 0) - at(row, 0)) < SIZE &&
          Math.abs(at(other, 1) - at(row, 1)) < SIZE,
      );
    const inSight = Array.from({ length: 2000 }, (_, row) => row).filter(
      (row) => at(row, 0) >= 0 && at(row, 1) >= 0 && at(row, 0) < 400 && at(row, 1) < 300,
    );
    expect(inSight.every(covered)).toBe(true);
    const upright = places.map((value, i) => (i % 2 === 0 ? value : -value));
    const view = { scale: 1, left: 0, top: 0 };
    const area = { width: 400, height: 300 };
    expect(countInSight(upright, view, { ...area, most: 5000 })).toBe(inSight.length);
    expect(countInSight(upright, view, { ...area, most: 7 })).toBe(7);
  });

  it('leave out what may not be shown, and what is no number', () => {
    expect(
      placedRows(Float32Array.of(10, 10, Number.NaN, 10, 60, 60), { ...AREA, may: (row) => row !== 0 }),
    ).toEqual([2]);
  });

  it('keep their ink at another size', () => {
    const pixels = Uint8Array.from({ length: 2 * 28 * 28 }, (_, i) => (i < 784 ? 0 : (i * 7) % 256));
    expect(scaledInk(pixels, 1, 28, 28)).toEqual(pixels.subarray(784));
    const mean = (ink: Uint8Array) => ink.reduce((sum, value) => sum + value, 0) / ink.length;
    expect(Math.abs(mean(scaledInk(pixels, 1, 28, 56)) - mean(pixels.subarray(784)))).toBeLessThan(2);
    expect(mean(scaledInk(pixels, 0, 28, 40))).toBe(0);
  });
});
