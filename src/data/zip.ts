/** Files of a zip, as they come out of it and no further than allowed: what it says of its sizes is not believed. */

import { Unzip, UnzipInflate } from 'fflate';
import { DataError } from './errors.ts';

export interface ZippedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface UnzipOptions {
  /** Which are taken, by their path. */
  readonly wants: (path: string) => boolean;
  /** Of all that is taken, once inflated. */
  readonly mostBytes: number;
  readonly mostFiles: number;
}

/** Bytes that are handed over at a time: deflate makes a thousand of one, at most. */
const CHUNK = 2 ** 14;

/**
 * @param name how the sentence of an error begins
 * @throws DataError where the zip is damaged, or holds more than allowed
 */
export function unzipped(bytes: Uint8Array, name: string, options: UnzipOptions): readonly ZippedFile[] {
  const { wants, mostBytes, mostFiles } = options;
  const files: { path: string; parts: Uint8Array[]; isWhole: boolean }[] = [];
  let taken = 0;
  const unzip = new Unzip((file) => {
    if (file.name.endsWith('/') || !wants(file.name)) return;
    if (files.length >= mostFiles) throw new DataError(`${name} holds more than ${mostFiles} files.`);
    const own = { path: file.name, parts: [] as Uint8Array[], isWhole: false };
    files.push(own);
    file.ondata = (error, part, isLast) => {
      if (error) throw error;
      taken += part.length;
      if (taken > mostBytes)
        throw new DataError(`${name} unpacks to more than ${Math.round(mostBytes / 1e6)} MB.`);
      own.parts.push(part);
      own.isWhole ||= isLast;
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let start = 0; start < bytes.length; start += CHUNK)
      unzip.push(bytes.subarray(start, start + CHUNK), start + CHUNK >= bytes.length);
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(`${name} is damaged: it can’t be unpacked.`);
  }
  if (files.some(({ isWhole }) => !isWhole))
    throw new DataError(`${name} is damaged: it ends within a file.`);
  return files.map(({ path, parts }) => ({ path, bytes: concatenated(parts) }));
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
