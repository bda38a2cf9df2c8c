/** One's own images: PGM and PPM whatever stands in them, the form that networks take, and the split. */

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from './errors.ts';
import { parseNetpbm } from './netpbm.ts';
import { inForm } from './resample.ts';
import { splitWithin, testCount } from './split.ts';

const text = (content: string) => new TextEncoder().encode(content);
const binary = (header: string, ...values: number[]) => Uint8Array.of(...text(header), ...values);

describe('PGM and PPM', () => {
  it.each([
    [text('P2\n# a comment\n2 1\n255\n0 255\n'), { width: 2, height: 1, channels: 1, values: [0, 255] }],
    [text('P2 2 1 3 0 3'), { width: 2, height: 1, channels: 1, values: [0, 255] }],
    [text('P3 1 1 255 1 2 3'), { width: 1, height: 1, channels: 3, values: [1, 2, 3] }],
    [binary('P5 3 1 255\n', 9, 8, 7), { width: 3, height: 1, channels: 1, values: [9, 8, 7] }],
    [binary('P5 1 1 65535\n', 128, 0), { width: 1, height: 1, channels: 1, values: [128] }],
    [binary('P6 1 1 255\n', 4, 5, 6), { width: 1, height: 1, channels: 3, values: [4, 5, 6] }],
  ])('case %#: is read as it is meant', (bytes, image) => {
    expect(parseNetpbm(bytes)).toEqual({ ...image, values: Uint8Array.from(image.values) });
  });

  it.each([
    [text('GIF89a'), /no PGM/],
    [text('P5'), /can’t be read/],
    [text('P5 0 5 255\n'), /no pixels/],
    [text('P5 30000 30000 255\n'), /30000 × 30000 pixels: too many/],
    [text('P5 12345678 1 255\n'), /can’t be read/],
    [binary('P5 2 2 255\n', 1, 2, 3), /ends before/],
    [text('P2 4 4 255 1 2'), /ends before/],
    [text('P2 2 1 0 1 1'), /brightest value is said to be 0/],
    [text('P2 2 1 255 1 x'), /can’t be read/],
  ])('case %#: what is damaged or lies gets a sentence', (bytes, sentence) => {
    expect(() => parseNetpbm(bytes)).toThrow(sentence);
    expect(() => parseNetpbm(bytes)).toThrow(DataError);
  });

  it('throws nothing else, and makes no more values than there are bytes', () => {
    const header = fc
      .tuple(fc.constantFrom('P2', 'P3', 'P5', 'P6'), fc.nat(40_000), fc.nat(40_000), fc.nat(70_000))
      .map(([kind, ...numbers]) => `${kind} ${numbers.join(' ')}\n`);
    const file = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc
        .tuple(header, fc.uint8Array({ maxLength: 60 }))
        .map(([head, body]) => Uint8Array.of(...text(head), ...body)),
    );
    fc.assert(
      fc.property(file, (bytes) => {
        try {
          expect(parseNetpbm(bytes).values.length).toBeLessThanOrEqual(bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
        }
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('an image in the form of a set', () => {
  const wide = {
    width: 4,
    height: 2,
    channels: 1 as const,
    values: Uint8Array.of(0, 10, 20, 90, 40, 50, 60, 70),
  };

  it('is the middle, averaged over areas', () => {
    const form = { side: 1, fit: 'crop', isInverted: false } as const;
    expect([...inForm(wide, form)]).toEqual([35]);
    expect([...inForm(wide, { ...form, isInverted: true })]).toEqual([220]);
    // Pixels that are covered in part count by the part.
    const row = {
      width: 3,
      height: 3,
      channels: 1 as const,
      values: Uint8Array.of(0, 30, 60, 0, 30, 60, 0, 30, 60),
    };
    expect([...inForm(row, { ...form, side: 2 })]).toEqual([10, 50, 10, 50]);
  });

  it('is all of it where it is fit, its edge round it', () => {
    expect([...inForm(wide, { side: 4, fit: 'border', isInverted: false })].slice(0, 4)).toEqual([
      0, 10, 20, 90,
    ]);
  });

  it('is grey by luma, over white where it lets through', () => {
    const form = { side: 1, fit: 'crop', isInverted: false } as const;
    const colour = (channels: 3 | 4, ...values: number[]) => ({
      width: 1,
      height: 1,
      channels,
      values: Uint8Array.from(values),
    });
    expect([...inForm(colour(3, 255, 0, 0), form)]).toEqual([76]);
    expect([...inForm(colour(4, 0, 0, 0, 0), form)]).toEqual([255]);
  });
});

describe('the split within classes', () => {
  const labels = Uint8Array.from({ length: 47 }, (_, i) => (i < 2 ? 0 : i < 12 ? 1 : 2));

  it('tests a fifth of each class and at least one, each image once, drawn with the seed', () => {
    const { train, test } = splitWithin(labels, 3, 1);
    expect([...train, ...test].sort((a, b) => a - b)).toEqual([...labels.keys()]);
    expect([0, 1, 2].map((label) => [...test].filter((i) => labels[i] === label).length)).toEqual(
      [2, 10, 35].map(testCount),
    );
    expect([2, 3, 10, 35].map(testCount)).toEqual([1, 1, 2, 7]);
    expect(splitWithin(labels, 3, 1)).toEqual({ train, test });
    expect(splitWithin(labels, 3, 2).test).not.toEqual(test);
    // Of a class that is held out nothing is learnt, and the others are split as before.
    const byIdentity = splitWithin(labels, 3, 1, [1]);
    expect(byIdentity.train).toEqual(train.filter((i) => labels[i] !== 1));
    expect([...byIdentity.test].filter((i) => labels[i] === 1)).toHaveLength(10);
  });
});
