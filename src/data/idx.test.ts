import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from './errors.ts';
import { parseIdxImages, parseIdxLabels } from './idx.ts';

const SIDE = 28;
const IMAGE_BYTES = SIDE * SIDE;

/** An IDX file with its header fields as big-endian words. */
function idx(header: readonly number[], body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(header.length * 4 + body.length);
  const view = new DataView(bytes.buffer);
  for (const [index, word] of header.entries()) view.setUint32(index * 4, word);
  bytes.set(body, header.length * 4);
  return bytes;
}

const images = (count: number, bodyBytes = count * IMAGE_BYTES) =>
  idx([0x0803, count, 28, 28], new Uint8Array(bodyBytes).fill(7));
const labels = (values: readonly number[]) => idx([0x0801, values.length], Uint8Array.from(values));

describe('images', () => {
  it('are a view of the bytes behind the header', () => {
    const pixels = parseIdxImages(images(3), { count: 3, side: SIDE });
    expect(pixels).toHaveLength(3 * IMAGE_BYTES);
    expect(pixels.every((pixel) => pixel === 7)).toBe(true);
  });

  it.each([
    ['the magic number of labels', idx([0x0801, 2, 28, 28], new Uint8Array(2 * IMAGE_BYTES)), /begin like/],
    ['another count', images(3), /holds 3 items, not 2/],
    ['another image size', idx([0x0803, 2, 28, 27], new Uint8Array(2 * 28 * 27)), /28×27 pixels/],
    ['a missing byte', images(2, 2 * IMAGE_BYTES - 1), /1 bytes are missing/],
    ['a trailing byte', images(2, 2 * IMAGE_BYTES + 1), /1 bytes too many/],
    ['half a header', new Uint8Array(10), /fewer than an IDX header/],
    ['nothing', new Uint8Array(0), /fewer than an IDX header/],
  ])('with %s are refused in a sentence', (_, bytes, sentence) => {
    expect(() => parseIdxImages(bytes, { count: 2, side: SIDE })).toThrow(DataError);
    expect(() => parseIdxImages(bytes, { count: 2, side: SIDE })).toThrow(sentence);
  });
});

describe('labels', () => {
  it('are a view of the bytes behind the header', () => {
    expect(Array.from(parseIdxLabels(labels([0, 9, 4]), { count: 3, classes: 10 }))).toEqual([0, 9, 4]);
  });

  it('of no class are refused in a sentence', () => {
    expect(() => parseIdxLabels(labels([0, 10, 4]), { count: 3, classes: 10 })).toThrow(/label 1 is 10/);
  });

  it('of another count are refused', () => {
    expect(() => parseIdxLabels(labels([1, 2]), { count: 3, classes: 10 })).toThrow(DataError);
  });
});

it('answers any bytes with pixels or a DataError', () => {
  const mutated = fc.tuple(fc.nat(images(2).length - 1), fc.nat(255)).map(([at, byte]) => {
    const bytes = images(2);
    bytes[at] = byte;
    return bytes;
  });
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 3000 }), mutated), (bytes) => {
      try {
        return parseIdxImages(bytes, { count: 2, side: SIDE }).length === 2 * IMAGE_BYTES;
      } catch (error) {
        return error instanceof DataError;
      }
    }),
    { numRuns: 10_000 },
  );
});
