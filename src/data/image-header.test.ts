import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from './errors.ts';
import { imageKind } from './image-header.ts';

const bytes = (...parts: (string | number | readonly number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'string' ? Array.from(part, (character) => character.charCodeAt(0)) : part,
    ),
  );
const png = (width: readonly number[], height: readonly number[]) =>
  bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', width, height);
const fill = (count: number) => Array.from({ length: count }, () => 0);

describe('the first bytes of an image', () => {
  it.each([
    ['netpbm', bytes('P5 3 3 255\n')],
    ['png', png([0, 0, 0, 7], [0, 0, 0, 9])],
    ['jpeg', bytes('\xff\xd8\xff\xe0', [0, 4, 1, 1], '\xff\xc2', [0, 11, 8, 0, 20, 0, 30, 3])],
    ['bmp', bytes('BM', fill(16), [8, 0, 0, 0], [0xf8, 0xff, 0xff, 0xff])],
    ['webp', bytes('RIFF', fill(4), 'WEBPVP8 ', fill(10), [16, 0, 16, 0])],
    ['webp', bytes('RIFF', fill(4), 'WEBPVP8L', fill(4), [0x2f, 7, 0, 2, 0])],
    ['webp', bytes('RIFF', fill(4), 'WEBPVP8X', fill(8), [9, 0, 0, 9, 0, 0])],
  ])('say that it is %s', (kind, own) => {
    expect(imageKind(own)).toBe(kind);
  });

  it.each([
    [png([0, 0, 0x75, 0x30], [0, 0, 0x75, 0x30]), /30000 × 30000 pixels: too many/],
    [png([0, 0, 0, 0], [0, 0, 0, 1]), /no pixels/],
    [png([0, 0], []), /ends within its header/],
    [bytes('\xff\xd8\xff\xe0', [0, 4, 1, 1]), /ends within its header/],
    [bytes('<svg>'), /no PNG, JPEG, WebP, BMP, PGM or PPM/],
    [bytes(), /no PNG/],
  ])('case %#: get a sentence', (own, sentence) => {
    expect(() => imageKind(own)).toThrow(sentence);
    expect(() => imageKind(own)).toThrow(DataError);
  });

  it('throw nothing else', () => {
    const magic = fc.constantFrom('\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'BM', 'RIFF0000WEBPVP8L', 'P6', '');
    fc.assert(
      fc.property(magic, fc.uint8Array({ maxLength: 60 }), (start, rest) => {
        try {
          imageKind(Uint8Array.of(...bytes(start), ...rest));
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
        }
      }),
      { numRuns: 10_000 },
    );
  });
});
