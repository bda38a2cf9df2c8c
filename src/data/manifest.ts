/** The list of data files, their sizes and digests: public/data/manifest.json. */

import { DataError } from './errors.ts';
import { IMAGE_BYTES } from './idx.ts';

export const FILE_KINDS = ['train-images', 'train-labels', 't10k-images', 't10k-labels'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

export interface FileEntry {
  readonly name: string;
  readonly kind: FileKind;
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

/** Samples of each kind in MNIST. */
export const COUNTS: Record<FileKind, number> = {
  'train-images': 60_000,
  'train-labels': 60_000,
  't10k-images': 10_000,
  't10k-labels': 10_000,
};

const FORMAT = 1;
/** More than the largest file that MNIST needs; what a hostile manifest may make us allocate. */
const MOST_BYTES = 60_000 * IMAGE_BYTES + 16;

/**
 * Reads the parsed JSON of a manifest.
 *
 * @throws DataError where it is not the manifest of all of MNIST
 */
export function parseManifest(value: unknown): Manifest {
  if (!isRecord(value) || value.format !== FORMAT || !Array.isArray(value.files)) throw unreadable();
  const files = value.files.map(parseEntry);
  for (const kind of FILE_KINDS) {
    let next = 0;
    for (const file of files.filter((candidate) => candidate.kind === kind)) {
      if (file.start !== next) throw unreadable();
      next += file.count;
    }
    if (next !== COUNTS[kind]) throw unreadable();
  }
  return { files };
}

function parseEntry(value: unknown): FileEntry {
  if (!isRecord(value)) throw unreadable();
  const { name, kind, start, count, bytes, compressedBytes, sha256 } = value;
  const knownKind = FILE_KINDS.find((candidate) => candidate === kind);
  if (
    knownKind === undefined ||
    typeof name !== 'string' ||
    !/^[a-z0-9-]+\.bin$/.test(name) ||
    !isCount(start, COUNTS[knownKind]) ||
    !isCount(count, COUNTS[knownKind]) ||
    !isCount(bytes, MOST_BYTES) ||
    !isCount(compressedBytes, MOST_BYTES) ||
    typeof sha256 !== 'string' ||
    !/^[0-9a-f]{64}$/.test(sha256)
  ) {
    throw unreadable();
  }
  return { name, kind: knownKind, start, count, bytes, compressedBytes, sha256 };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isCount(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
}

function unreadable(): DataError {
  return new DataError('The list of the data files (data/manifest.json) can’t be read.');
}
