import { expect, it } from 'vitest';
import { augmented } from './augmentation.ts';

const SIDE = 8;
const COUNT = 400;
/** A single bright pixel at column 3, row 4. */
const images = Uint8Array.from({ length: COUNT * SIDE * SIDE }, (_, i) =>
  i % (SIDE * SIDE) === 4 * SIDE + 3 ? 255 : 0,
);
const of = (kind: 'shift' | 'shift-mirror', step = 5, seed = 1) =>
  augmented(images, { kind, seed, step, side: SIDE });

/** Where the bright pixel is in each image. */
const places = (moved: Uint8Array) =>
  Array.from({ length: COUNT }, (_, k) => {
    const at = moved.subarray(k * SIDE * SIDE, (k + 1) * SIDE * SIDE).indexOf(255);
    return [at % SIDE, Math.floor(at / SIDE)] as const;
  });

it('moves by up to two pixels, every place about as often; mirrored, a half lies on the other side', () => {
  const shifted = places(of('shift'));
  expect(new Set(shifted.map(String)).size).toBe(25);
  for (const [x, y] of shifted) expect(Math.max(Math.abs(x - 3), Math.abs(y - 4))).toBeLessThanOrEqual(2);
  const mirrored = places(of('shift-mirror'));
  const other = mirrored.filter(([x], k) => x !== shifted[k]?.[0]).length;
  expect(other / COUNT).toBeGreaterThan(0.35);
  // The rows are those of the shifts alone.
  expect(mirrored.map(([, y]) => y)).toEqual(shifted.map(([, y]) => y));
});

it('depends on seed and step alone, repeats the edge, and leaves what it was given', () => {
  expect(of('shift')).toEqual(of('shift'));
  expect(of('shift', 6)).not.toEqual(of('shift'));
  expect(of('shift', 5, 2)).not.toEqual(of('shift'));
  expect(images.indexOf(255)).toBe(4 * SIDE + 3);
  const plain = new Uint8Array(SIDE * SIDE).fill(9);
  expect(augmented(plain, { kind: 'shift-mirror', seed: 1, step: 1, side: SIDE })).toEqual(plain);
});
