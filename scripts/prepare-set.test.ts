/** Preparing a data set: from published files to those that the page loads. */

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { ImageSet } from '../src/data/image-set.ts';
import { MADE_UP, madeUpSource } from '../src/data/made-up.ts';
import { parseManifest } from '../src/data/manifest.ts';
import { temporaryFolder } from './in-tests.ts';
import { prepareSet } from './lib/prepare-set.ts';

/** Originals of the made-up set: what its files hold, in one file each. */
async function published() {
  const folder = temporaryFolder();
  const source = madeUpSource();
  const { files } = await source.manifest(false);
  const records = await Promise.all(
    MADE_UP.files.map(async (record) => {
      const own = files.filter(({ part, content }) => part === record.part && content === record.content);
      const shards = await Promise.all(own.map((entry) => source.file(entry, () => {}, false)));
      const headerBytes = record.content === 'images' ? 16 : 8;
      const header = Buffer.from((shards[0] as Uint8Array).subarray(0, headerBytes));
      header.writeUInt32BE(MADE_UP.counts[record.part], 4);
      const bytes = Buffer.concat([header, ...shards.map((shard) => shard.subarray(headerBytes))]);
      writeFileSync(path.join(folder, record.kind), bytes);
      return { ...record, original: record.kind, sha256: createHash('sha256').update(bytes).digest('hex') };
    }),
  );
  return { folder, set: { ...MADE_UP, files: records } };
}

/** Another set's folder lies in this one's, as it may. */
function targetWithNeighbour() {
  const target = temporaryFolder();
  mkdirSync(path.join(target, 'other'));
  writeFileSync(path.join(target, 'other', 'manifest.json'), '{}');
  writeFileSync(path.join(target, 'old-00.bin'), 'of an older version');
  return target;
}

it('makes files that are loaded as what was published, and leaves another set’s alone', async () => {
  const { folder, set } = await published();
  const target = targetWithNeighbour();
  expect((await prepareSet(set, folder, target))?.files).toBe(5);
  expect(readdirSync(target).sort()).toEqual([
    'bar-labels-00.bin',
    'bars-00.bin',
    'bars-01.bin',
    'manifest.json',
    'other',
    'test-bar-labels-00.bin',
    'test-bars-00.bin',
  ]);
  const manifest = JSON.parse(readFileSync(path.join(target, 'manifest.json'), 'utf8'));
  expect(manifest.set).toBe('made-up');
  const prepared = new ImageSet(set, {
    manifest: async () => parseManifest(manifest, set),
    file: async ({ name }) => gunzipSync(readFileSync(path.join(target, name))),
  });
  const expected = new ImageSet(MADE_UP, madeUpSource());
  await Promise.all([prepared.load(), expected.load()]);
  expect([prepared.train.images, prepared.train.labels]).toEqual([
    expected.train.images,
    expected.train.labels,
  ]);
  expect([prepared.test.images, prepared.test.labels]).toEqual([expected.test.images, expected.test.labels]);
  expect(await prepareSet(set, folder, target), 'the second time').toBeUndefined();
});

it.each([
  ['flipped', (bytes: Buffer) => bytes.fill((bytes[30] as number) ^ 1, 30, 31)],
  ['cut', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
  ['emptied', () => Buffer.alloc(0)],
] as const)('a file that was %s is made anew', async (_, damaged) => {
  const { folder, set } = await published();
  const target = targetWithNeighbour();
  await prepareSet(set, folder, target);
  const contents = () =>
    readdirSync(target, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, readFileSync(path.join(target, name), 'base64')]);
  const before = contents();
  for (const name of ['bars-01.bin', 'manifest.json']) {
    const file = path.join(target, name);
    writeFileSync(file, damaged(readFileSync(file)));
    expect((await prepareSet(set, folder, target))?.files, name).toBe(5);
    expect(contents()).toEqual(before);
  }
});

it('refuses an original that was changed, in a sentence, and makes nothing', async () => {
  const { folder, set } = await published();
  writeFileSync(
    path.join(folder, 'bars'),
    Buffer.from(readFileSync(path.join(folder, 'bars'))).fill(1, 20, 21),
  );
  const target = targetWithNeighbour();
  await expect(prepareSet(set, folder, target)).rejects.toThrow(/bars is not the original Bars file/);
  expect(readdirSync(target).sort()).toEqual(['old-00.bin', 'other']);
  await expect(prepareSet(set, path.join(folder, 'none'), target)).rejects.toThrow(/Run "npm ci" first/);
});
