/** Reading images of one's own: folders, zips and IDX files, what is left out, and what is refused. */

import { gzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../data/errors.ts';
import { idxImages, idxLabels } from '../../data/idx.ts';
import { type BlobFile, type Decode, type OwnForm, OwnReader } from './own-reader.ts';

const FORM: OwnForm = { fit: 'crop', isInverted: false, isTransposed: false, areLetters: false };
/** A grey square of four pixels. */
const pgm = (value: number) =>
  Uint8Array.of(...new TextEncoder().encode('P5 2 2 255\n'), ...Array(4).fill(value));
const file = (path: string, bytes: Uint8Array): BlobFile => ({ path, file: new Blob([bytes as BlobPart]) });
const never: Decode = async () => {
  throw new DataError('No picture is expected here.');
};
const folder = [1, 2, 3, 4].flatMap((own) =>
  ['a', 'b'].map((name) => file(`mine/${name}/${own}.pgm`, pgm(10 * own + (name === 'a' ? 0 : 100)))),
);
const firsts = (images: Uint8Array) => Array.from(images).filter((_, at) => at % 784 === 0);

describe('a folder of folders', () => {
  it('is listed, shown in its form, and read', async () => {
    const reader = new OwnReader(never);
    const listing = await reader.open([...folder, file('mine/notes.txt', pgm(1))]);
    expect(listing).toMatchObject({ kind: 'folders', name: 'mine' });
    expect(listing.classes).toEqual([
      { name: 'a', count: 4 },
      { name: 'b', count: 4 },
    ]);
    expect(listing.unread).toEqual(['mine/notes.txt: it lies in no folder of a class.']);
    const preview = await reader.preview({ ...FORM, isInverted: true });
    expect(preview.names).toEqual(['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b']);
    expect(firsts(preview.images).slice(0, 2)).toEqual([245, 235]);
    const { header, own, unread } = await reader.read(FORM, () => {});
    expect(header.sizes).toEqual([4, 4]);
    expect(firsts(own.images)).toEqual([10, 20, 30, 40, 110, 120, 130, 140]);
    expect(own.id).toMatch(/^mine@[0-9a-f]{8}$/);
    expect(unread).toEqual(listing.unread);
  });

  it('is the same set from a zip, in any order', async () => {
    const inside = await Promise.all(
      folder
        .toReversed()
        .map(async ({ path, file: own }) => [path, new Uint8Array(await own.arrayBuffer())] as const),
    );
    const zip = zipSync({ ...Object.fromEntries(inside), '__MACOSX/mine/a/1.pgm': pgm(1) });
    const [zipped, plain] = [new OwnReader(never), new OwnReader(never)];
    expect((await zipped.open([file('mine.zip', zip)])).unread).toEqual([]);
    await plain.open(folder);
    expect((await zipped.read(FORM, () => {})).header).toEqual((await plain.read(FORM, () => {})).header);
  });

  it('takes what can be read and names the rest', async () => {
    const reader = new OwnReader(never);
    const odd = [
      file('mine/a/cut.pgm', pgm(1).subarray(0, 12)),
      file('mine/a/page.html', new TextEncoder().encode('<html>')),
    ];
    await reader.open([...folder, ...odd]);
    const { header, unread } = await reader.read(FORM, () => {});
    expect(header.sizes).toEqual([4, 4]);
    expect(unread.join('\n')).toMatch(/cut\.pgm: It ends before its last pixel/);
    expect(unread.join('\n')).toMatch(/page\.html: It is no PNG/);
  });
});

describe('IDX files', () => {
  const images = idxImages(
    Uint8Array.from({ length: 4 * 784 }, (_, at) => (at % 784 === 1 ? 200 : 0)),
    28,
  );
  const pair = [
    file('letters-images-idx3-ubyte.gz', gzipSync(images)),
    file('letters-labels-idx1-ubyte', idxLabels(Uint8Array.of(1, 2, 1, 2))),
  ];

  it('are read with their labels, transposed and called by letters on request', async () => {
    const reader = new OwnReader(never);
    expect(await reader.open(pair)).toMatchObject({ kind: 'idx', classes: [{ name: '1' }, { name: '2' }] });
    const form = { ...FORM, isTransposed: true, areLetters: true };
    const { header, own } = await reader.read(form, () => {});
    expect(header.classNames).toEqual(['A', 'B']);
    expect([own.images[1], own.images[28]]).toEqual([0, 200]);
  });
});

it.each([
  ['an empty folder', [], /no files/],
  ['one class', folder.filter(({ path }) => path.includes('/a/')), /one class of images/],
  [
    'labels without images',
    [file('x-labels-idx1-ubyte', idxLabels(Uint8Array.of(1)))],
    /no images of as many/,
  ],
  ['a zip that is none', [file('x.zip', pgm(1))], /no files/],
  ['200 MB', [{ path: 'a/b.pgm', file: { size: 3e8 } as Blob }], /300 MB, and at most 200 MB/],
])('%s is refused with a sentence', async (_, files, sentence) => {
  await expect(new OwnReader(never).open(files)).rejects.toThrow(sentence);
  await expect(new OwnReader(never).open(files)).rejects.toThrow(DataError);
});
