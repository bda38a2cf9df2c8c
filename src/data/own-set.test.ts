/** What a set of one's own images is: its record from a header, its limits, its parts, and its images in a browser's memory. */

import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { ImageSet } from './image-set.ts';
import { digestOf, heldImages, holdImages, ownSource } from './own-images.ts';
import {
  isOwnSetId,
  joined,
  OWN_SIDE,
  ownRecord,
  ownSetId,
  ownSetSchema,
  recordWithout,
  tidyName,
} from './own-set.ts';
import { countsOf, probeCount, seenCount } from './set.ts';

const image = (value: number) => new Uint8Array(OWN_SIDE ** 2).fill(value);
const classes = (...sizes: number[]) =>
  sizes.map((size, label) => ({
    name: `class ${label}`,
    images: Array.from({ length: size }, (_, i) => image(20 * label + i)),
  }));

describe('images of one’s own', () => {
  it('make a set of the classes that hold any, in their order', () => {
    const { images, labels, header } = joined('mine', [...classes(2, 3), { name: 'empty', images: [] }]);
    expect(header).toEqual({ name: 'mine', classNames: ['class 0', 'class 1'], sizes: [2, 3] });
    expect([...labels]).toEqual([0, 0, 1, 1, 1]);
    expect(images[OWN_SIDE ** 2]).toBe(1);
  });

  it.each([
    ['nothing', [], /holds 0 classes/],
    ['one class', classes(5), /holds one class of images/],
    ['101 classes', classes(...Array.from({ length: 101 }, () => 2)), /holds 101 classes/],
    ['a class with one image', classes(2, 1), /class 1 has one image that can be read, and needs 2/],
  ])('%s is refused with a sentence', (_, own, sentence) => {
    expect(() => joined('mine', own)).toThrow(sentence);
  });

  it('have names that can be shown: no HTML is made of them, nothing invisible stays, no two are alike', () => {
    const [first] = classes(2);
    const own = ['<b>x</b>', '\u202eevil', 'evil', 'a@b', ''].map((name) => ({
      name,
      images: first?.images ?? [],
    }));
    const { classNames } = joined('mine', own).header;
    expect(classNames).toEqual(['<b>x</b>', 'evil', '2: evil', 'a b', 'class 4']);
    expect(tidyName('x'.repeat(100), 'y')).toHaveLength(40);
  });
});

const HEADER = { name: 'mine', digest: '0123abcd', classNames: ['a', 'b', 'c'], sizes: [5, 10, 2] };

describe('a header', () => {
  it('says the whole record, in parts that follow from what is held out', () => {
    const set = ownRecord(HEADER);
    expect(set).toBe(ownRecord(HEADER));
    expect([set.id, set.counts, set.trainingCounts]).toEqual([
      'mine@0123abcd',
      { train: 13, test: 4 },
      [4, 8, 1],
    ]);
    expect(countsOf(set, [1])).toEqual({ train: 5, test: 12 });
    expect([seenCount(set, [1]), probeCount(set), probeCount(set, [1])]).toEqual([5, 4, 12]);
    expect(recordWithout(set, [1]).counts).toEqual({ train: 5, test: 12 });
    expect(recordWithout(set, [])).toBe(set);
  });

  it.each([
    ['another count of sizes', { sizes: [5, 10] }],
    ['a class of one image', { sizes: [5, 10, 1] }],
    ['two classes of one name', { classNames: ['a', 'a', 'c'] }],
    ['an invisible name', { name: '\u202emine' }],
    ['a digest that is none', { digest: '../../ab' }],
    ['more images than fit', { sizes: [70_000, 2, 2] }],
  ])('with %s is refused', (_, change) => {
    expect(v.is(ownSetSchema, HEADER)).toBe(true);
    expect(v.is(ownSetSchema, { ...HEADER, ...change })).toBe(false);
  });

  it('has an id that is told from those of the lab’s sets', () => {
    expect(isOwnSetId(ownSetId(HEADER))).toBe(true);
    for (const other of ['mnist', 'mine@0123abc', 'a@b@0123abcd', `${'x'.repeat(60)}@0123abcd`, 7])
      expect(isOwnSetId(other)).toBe(false);
  });
});

it('its images arrive as those of a published set do, and where they are not here, a sentence says so', async () => {
  const { images, labels, header } = joined('mine', classes(5, 10, 2));
  const whole = { ...header, digest: await digestOf({ images, labels }) };
  const choice = { seed: 3, heldOut: [1] };
  const set = recordWithout(ownRecord(whole), [1]);
  await expect(new ImageSet(set, ownSource(whole, choice)).load()).rejects.toThrow(
    /“mine” are not in this browser/,
  );
  holdImages({ id: ownSetId(whole), images, labels });
  expect(heldImages(ownSetId(whole))?.labels).toBe(labels);
  const arriving = new ImageSet(set, ownSource(whole, choice));
  await arriving.load();
  expect([arriving.trainCount, arriving.testCount]).toEqual([5, 12]);
  expect([...arriving.test.labels].filter((label) => label === 1)).toHaveLength(10);
  expect([...arriving.train.labels]).not.toContain(1);
});
