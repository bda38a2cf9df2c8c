import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from './errors.ts';
import { idxImages, idxLabels } from './idx.ts';
import { idxClasses, idxPairs, isIdx } from './own-idx.ts';

const PLAIN = { isTransposed: false, areLetters: false };
const labels = (...values: number[]) => idxLabels(Uint8Array.from(values));
/** Two images of 2×2. */
const two = idxImages(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), 2);

describe('IDX files', () => {
  it('are paired by their counts, and by their names where that is not enough', () => {
    const pairs = idxPairs([
      { path: 'x/t10k-labels-idx1-ubyte', bytes: labels(9, 9) },
      { path: 'x/train-images-idx3-ubyte', bytes: two },
      { path: 'x/train-labels-idx1-ubyte', bytes: labels(3, 5) },
      { path: 'x/t10k-images-idx3-ubyte', bytes: two },
    ]);
    expect(pairs.map((pair) => [...pair.labels])).toEqual([
      [3, 5],
      [9, 9],
    ]);
    expect(pairs[0]).toMatchObject({ rows: 2, columns: 2 });
  });

  it('have the classes of the labels that occur, from 1 as letters, their images transposed, by choice', () => {
    const pairs = idxPairs([
      { path: 'images', bytes: two },
      { path: 'labels', bytes: labels(26, 1) },
    ]);
    const plain = idxClasses(pairs, PLAIN);
    expect(plain.map(({ name, count }) => [name, count])).toEqual([
      ['1', 1],
      ['26', 1],
    ]);
    expect([...(plain[1]?.at(0).values ?? [])]).toEqual([1, 2, 3, 4]);
    const emnist = idxClasses(pairs, { isTransposed: true, areLetters: true });
    expect(emnist.map(({ name }) => name)).toEqual(['A', 'Z']);
    expect([...(emnist[1]?.at(0).values ?? [])]).toEqual([1, 3, 2, 4]);
  });

  it.each([
    [
      'labels without images',
      [{ path: 'l', bytes: labels(1, 2) }],
      /l holds 2 labels, and there are no images/,
    ],
    ['images without labels', [{ path: 'i', bytes: two }], /i holds 2 images, and there are no labels/],
    [
      'a wrong count',
      [{ path: 'i', bytes: two.subarray(0, 22) }],
      /i says that it holds 8 bytes, and 6 are there/,
    ],
    ['a cut header', [{ path: 'i', bytes: two.subarray(0, 9) }], /i is cut off within its header/],
  ])('with %s get a sentence', (_, files, sentence) => {
    expect(() => idxPairs(files)).toThrow(sentence);
    expect(() => idxPairs(files)).toThrow(DataError);
  });

  it('throw nothing else, and are not copied, whatever they say', () => {
    const file = fc.record({
      path: fc.constantFrom('images', 'labels', 'images-idx3', 'labels-idx1'),
      bytes: fc
        .tuple(
          fc.constantFrom(1, 3),
          fc.array(fc.oneof(fc.nat(4), fc.nat(0xffffffff)), { minLength: 0, maxLength: 3 }),
          fc.uint8Array({ maxLength: 40 }),
        )
        .map(([magic, words, body]) =>
          Uint8Array.of(
            ...[0, 0, 8, magic],
            ...words.flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255]),
            ...body,
          ),
        ),
    });
    fc.assert(
      fc.property(fc.array(file, { maxLength: 4 }), (files) => {
        expect(files.every(({ bytes }) => isIdx(bytes))).toBe(true);
        try {
          const buffers = files.map(({ bytes }) => bytes.buffer);
          for (const pair of idxPairs(files)) {
            expect(buffers).toContain(pair.images.buffer);
            expect(pair.images.length).toBe(pair.labels.length * pair.rows * pair.columns);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
        }
      }),
      { numRuns: 10_000 },
    );
  });
});
