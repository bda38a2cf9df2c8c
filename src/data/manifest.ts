/** The list of a set's files, their sizes and digests: manifest.json beside them. */

import { DataError } from './errors.ts';
import { type Content, type DataSet, imageBytes, type Part, type SetFiles } from './set.ts';

export interface FileEntry {
  readonly name: string;
  readonly part: Part;
  readonly content: Content;
  /** Index of its first sample. */
  readonly start: number;
  readonly count: number;
  /** Bytes once inflated. */
  readonly bytes: number;
  /** Bytes as served. */
  readonly compressedBytes: number;
  /** SHA-256 of the inflated bytes, in hexadecimal. */
  readonly sha256: string;
}

export interface Manifest {
  readonly files: readonly FileEntry[];
}

export const MANIFEST_FORMAT = 1;
const MOST_HEADER_BYTES = 16;

/**
 * Reads the parsed JSON of a manifest. It may say of which set it is.
 *
 * @throws DataError where it is not the manifest of all of this set
 */
export function parseManifest(value: unknown, set: DataSet): Manifest {
  const isOfSet =
    isRecord(value) && value.format === MANIFEST_FORMAT && (value.set === undefined || value.set === set.id);
  if (!isOfSet || !Array.isArray(value.files)) throw unreadable(set);
  const files = value.files.map((entry) => parseEntry(entry, set));
  for (const { part, content } of set.files) {
    let next = 0;
    for (const file of files.filter((other) => other.part === part && other.content === content)) {
      if (file.start !== next) throw unreadable(set);
      next += file.count;
    }
    if (next !== set.counts[part]) throw unreadable(set);
  }
  return { files };
}

function parseEntry(value: unknown, set: DataSet): FileEntry {
  if (!isRecord(value)) throw unreadable(set);
  const { name, kind, start, count, bytes, compressedBytes, sha256 } = value;
  const known = set.files.find((candidate) => candidate.kind === kind);
  if (
    known === undefined ||
    typeof name !== 'string' ||
    !/^[a-z0-9-]+\.bin$/.test(name) ||
    !isCount(start, set.counts[known.part]) ||
    !isCount(count, set.counts[known.part]) ||
    !isCount(bytes, mostBytes(known, set)) ||
    !isCount(compressedBytes, mostBytes(known, set)) ||
    typeof sha256 !== 'string' ||
    !/^[0-9a-f]{64}$/.test(sha256)
  ) {
    throw unreadable(set);
  }
  const { part, content } = known;
  return { name, part, content, start, count, bytes, compressedBytes, sha256 };
}

/** More than one file with all of them has; what a hostile manifest may make us allocate. */
function mostBytes({ part, content }: SetFiles, set: DataSet): number {
  const itemBytes = content === 'images' ? imageBytes(set) : 1;
  // Compressed, noise is a little longer than it was.
  return Math.ceil(1.01 * set.counts[part] * itemBytes) + 10 * MOST_HEADER_BYTES;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isCount(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
}

function unreadable({ folder }: DataSet): DataError {
  return new DataError(`The list of the data files (data/${folder}manifest.json) can’t be read.`);
}
