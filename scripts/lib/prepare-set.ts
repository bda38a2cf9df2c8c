/**
 * A data set's published IDX files to what the page loads: gzipped IDX shards and the manifest that names their
 * sizes and SHA-256. The originals are checked first.
 */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';
import { type FileEntry, MANIFEST_FORMAT, parseManifest } from '../../src/data/manifest.ts';
import { type DataSet, imageBytes, type SetFiles } from '../../src/data/set.ts';
import { move, stagingFolder } from './staging.mjs';

const MANIFEST = 'manifest.json';

/** On threads, as many at a time as there are. */
const compress = promisify(gzip);

export interface Prepared {
  readonly files: number;
  /** As served. */
  readonly bytes: number;
}

/**
 * @param source the folder of the originals
 * @param target a folder of the set's own; folders in it are other sets', and are left alone
 * @returns undefined where all was there already
 * @throws Error with a sentence where an original is missing or another
 */
export async function prepareSet(
  set: DataSet,
  source: string,
  target: string,
): Promise<Prepared | undefined> {
  if (isComplete(set, target)) return undefined;
  if (!existsSync(source)) {
    throw new Error(`The package ${set.source.package} is not installed. Run "npm ci" first.`);
  }
  await mkdir(target, { recursive: true });
  const shards = set.files.flatMap((files) => shardsOf(set, files, source));
  // Made outside of what is served and moved at the end, the manifest last: whoever is interrupted leaves what was there.
  const { folder: staging, remove } = stagingFolder('data');
  const files = await Promise.all(
    shards.map(async ({ entry, idx }) => {
      const bytes = wholeFile(target, entry) ?? (await compress(idx, { level: 9 }));
      await writeFile(path.join(staging, entry.name), bytes);
      return { ...entry, compressedBytes: bytes.length };
    }),
  );
  const list = { format: MANIFEST_FORMAT, set: set.id, files };
  await writeFile(path.join(staging, MANIFEST), `${JSON.stringify(list, null, 1)}\n`);
  const names = [...files.map((file) => file.name), MANIFEST];
  for (const name of names) await move(path.join(staging, name), path.join(target, name));
  remove();
  for (const old of await readdir(target, { withFileTypes: true })) {
    if (old.isFile() && !names.includes(old.name)) await rm(path.join(target, old.name));
  }
  return { files: files.length, bytes: files.reduce((sum, file) => sum + file.compressedBytes, 0) };
}

/** True where there is a manifest of this set and every file that it names holds what it says. */
function isComplete(set: DataSet, target: string): boolean {
  try {
    const { files } = parseManifest(JSON.parse(readFileSync(path.join(target, MANIFEST), 'utf8')), set);
    return files.every((file) => wholeFile(target, file)?.length === file.compressedBytes);
  } catch {
    return false;
  }
}

/** The file as it is there, where it inflates to what it should; else undefined. */
function wholeFile(
  target: string,
  { name, bytes, sha256 }: Pick<FileEntry, 'name' | 'bytes' | 'sha256'>,
): Buffer | undefined {
  try {
    const compressed = readFileSync(path.join(target, name));
    const idx = gunzipSync(compressed, { maxOutputLength: bytes });
    return idx.length === bytes && sha256Of(idx) === sha256 ? compressed : undefined;
  } catch {
    return undefined;
  }
}

/** The file as it is, or gzipped beside its name. */
function originalOf(file: string, set: DataSet): Buffer {
  if (existsSync(file)) return readFileSync(file);
  const zipped = `${file}.gz`;
  if (!existsSync(zipped))
    throw new Error(`There is neither ${file} nor ${path.basename(zipped)} beside it.`);
  const most = Math.max(set.counts.train, set.counts.test) * imageBytes(set) + 16;
  try {
    return gunzipSync(readFileSync(zipped), { maxOutputLength: most });
  } catch {
    throw new Error(`${zipped} is no gzipped file of ${set.title}.`);
  }
}

/** Cuts one original into IDX files of their own, each with a header that states its count. */
function shardsOf(set: DataSet, { content, kind, shardSize, original, sha256 }: SetFiles, source: string) {
  const bytes = originalOf(path.join(source, original), set);
  const actual = sha256Of(bytes);
  if (actual !== sha256) {
    throw new Error(
      `${original} is not the original ${set.title} file: its SHA-256 is ${actual}. ${set.source.kind === 'npm' ? `Reinstall ${set.source.package}.` : 'Nothing was changed.'}`,
    );
  }
  const headerBytes = content === 'images' ? 16 : 8;
  const count = bytes.readUInt32BE(4);
  const itemBytes = (bytes.length - headerBytes) / count;
  return Array.from({ length: Math.ceil(count / shardSize) }, (_, index) => {
    const start = index * shardSize;
    const end = Math.min(count, start + shardSize);
    const header = Buffer.from(bytes.subarray(0, headerBytes));
    header.writeUInt32BE(end - start, 4);
    const body = bytes.subarray(headerBytes + start * itemBytes, headerBytes + end * itemBytes);
    const idx = Buffer.concat([header, body]);
    const name = `${kind}-${String(index).padStart(2, '0')}.bin`;
    return {
      entry: { name, kind, start, count: end - start, bytes: idx.length, sha256: sha256Of(idx) },
      idx,
    };
  });
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
