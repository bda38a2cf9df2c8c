/**
 * A data set's published IDX files to what the page loads: gzipped IDX shards and the manifest that names their
 * sizes and SHA-256. The originals are checked first.
 */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { MANIFEST_FORMAT, parseManifest } from '../../src/data/manifest.ts';
import type { DataSet, SetFiles } from '../../src/data/set.ts';

const MANIFEST = 'manifest.json';

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
  const manifest = path.join(target, MANIFEST);
  if (isComplete(set, target)) {
    // Newer than the record: whoever looks at dates sees that nothing is to be done.
    await utimes(manifest, new Date(), new Date());
    return undefined;
  }
  if (!existsSync(source)) {
    throw new Error(`The package ${set.source.package} is not installed. Run "npm ci" first.`);
  }
  const shards = set.files.flatMap((files) => shardsOf(set, files, source));
  // Written aside and moved at the end, the manifest last: an interrupted run leaves no half a data set.
  const staging = path.join(target, `${process.pid}.tmp`);
  await mkdir(staging, { recursive: true });
  const files = [];
  for (const { entry, idx } of shards) {
    const compressed = gzipSync(idx, { level: 9 });
    await writeFile(path.join(staging, entry.name), compressed);
    files.push({ ...entry, compressedBytes: compressed.length });
  }
  const list = { format: MANIFEST_FORMAT, set: set.id, files };
  await writeFile(path.join(staging, MANIFEST), `${JSON.stringify(list, null, 1)}\n`);
  for (const old of await readdir(target, { withFileTypes: true })) {
    if (old.isFile()) await rm(path.join(target, old.name));
  }
  for (const name of [...files.map((file) => file.name), MANIFEST]) {
    await rename(path.join(staging, name), path.join(target, name));
  }
  await rm(staging, { recursive: true });
  return { files: files.length, bytes: files.reduce((sum, file) => sum + file.compressedBytes, 0) };
}

/** True where there is a manifest of this set and every file that it names has its size. */
function isComplete(set: DataSet, target: string): boolean {
  try {
    const { files } = parseManifest(JSON.parse(readFileSync(path.join(target, MANIFEST), 'utf8')), set);
    return files.every((file) => statSync(path.join(target, file.name)).size === file.compressedBytes);
  } catch {
    return false;
  }
}

/** Cuts one original into IDX files of their own, each with a header that states its count. */
function shardsOf(set: DataSet, { content, kind, shardSize, original, sha256 }: SetFiles, source: string) {
  const bytes = readFileSync(path.join(source, original));
  const actual = sha256Of(bytes);
  if (actual !== sha256) {
    throw new Error(
      `${original} is not the original ${set.title} file: its SHA-256 is ${actual}. Reinstall ${set.source.package}.`,
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
