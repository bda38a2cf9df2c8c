/** `--data FOLDER`: a folder of drawn images, what is wrong with one, and a run on it. */

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ownSetId, splitOf } from '../src/data/own-set.ts';
import { bar, hundredImages, pgm, png } from './drawn-images-in-tests.ts';
import { commandOf, parseOptions } from './experiment-options.ts';
import { temporaryFolder } from './in-tests.ts';
import { folderSet } from './lib/folder-set.ts';

describe('a folder of images', () => {
  it('is a set: classes by their folders, every format alike, a fifth tested, an id that says what was in it', () => {
    const folder = hundredImages(path.join(temporaryFolder(), 'bars'));
    const { header, images, unread } = folderSet(folder);
    const { set } = images;
    expect(unread).toEqual([]);
    expect(ownSetId(header)).toMatch(/^bars@[0-9a-f]{8}$/);
    expect(set.classNames).toEqual(['class 0', 'class 1', 'class 2', 'class 3']);
    expect(set.trainingCounts).toEqual([20, 20, 20, 20]);
    // The same pixels whether they came as PGM or as PNG.
    const [first, second] = [0, 1].map((i) => images.images.subarray(i * 784, (i + 1) * 784));
    const middle = (own: Uint8Array | undefined) => own?.[14 * 28 + 6] ?? 0;
    for (const own of [first, second]) expect(middle(own)).toBeGreaterThan(180);
    const { train, test } = splitOf(images, { seed: 1, heldOut: [2] });
    expect([train.labels.length, test.labels.length]).toEqual([60, 40]);
    expect([...train.labels]).not.toContain(2);
  });

  it('takes what can be read, names the rest, follows no link, and opens no picture that is too large', () => {
    const folder = hundredImages(path.join(temporaryFolder(), 'bars'));
    const odd = path.join(folder, 'class 1');
    writeFileSync(path.join(odd, 'notes.txt'), 'no image');
    writeFileSync(path.join(odd, 'cut.png'), png(bar(1, 1)).subarray(0, 60));
    const huge = png(bar(1, 1));
    huge.writeUInt32BE(30_000, 16);
    huge.writeUInt32BE(30_000, 20);
    writeFileSync(path.join(odd, 'huge.png'), huge);
    symlinkSync('/etc/passwd', path.join(odd, 'link.pgm'));
    const { images, unread } = folderSet(folder);
    expect(images.labels).toHaveLength(100);
    expect(unread).toHaveLength(3);
    expect(unread.join('\n')).toMatch(/huge\.png: It has 30000 × 30000 pixels: too many/);
    expect(unread.join('\n')).toMatch(/notes\.txt: It is no PNG, JPEG, WebP, BMP, PGM or PPM image/);
  });

  it.each([
    ['an empty one', 0, 5, /holds 0 classes of images/],
    ['one class', 1, 5, /holds one class of images/],
    ['a class with one image', 2, 1, /has one image that can be read, and needs 2/],
    ['too many classes', 101, 2, /holds 101 classes/],
  ])('%s gets a sentence', (_, classes, images, sentence) => {
    const folder = temporaryFolder();
    for (let label = 0; label < classes; label++) {
      mkdirSync(path.join(folder, `c${label}`));
      for (let i = 0; i < images; i++)
        writeFileSync(path.join(folder, `c${label}`, `${i}`), pgm(bar(label % 4, i)));
    }
    expect(() => folderSet(folder)).toThrow(sentence);
  });

  it('is asked for by the command of each run again, with batches that fit', () => {
    const folder = hundredImages(path.join(temporaryFolder(), 'bars'));
    const [run] = parseOptions(['--data', folder, '--preset', 'S', '--hold-out-classes', 'class 3']).runs;
    expect(run).toMatchObject({ heldOut: [3], batchSize: 30, folder });
    if (run !== undefined) expect(parseOptions(commandOf(run)).runs).toEqual([run]);
    expect(() => parseOptions(['--data', folder, '--batch-size', '100'])).toThrow(/from 16 to 80/);
  });
});
