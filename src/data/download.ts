/** One data file from the network: counted while it comes, inflated under a ceiling, checked by length and SHA-256. */

import { DataError } from './errors.ts';
import type { FileEntry } from './manifest.ts';
import { collect, inflate, isGzip } from './streams.ts';

export interface DownloadOptions {
  readonly fetch?: typeof globalThis.fetch;
  /** Past the HTTP cache, which may hold what was refused before. */
  readonly isAnew?: boolean;
  /** Called with the bytes received since the last call, as served. */
  readonly onBytes?: (bytes: number) => void;
}

/**
 * The inflated bytes of a file that are exactly those the manifest promises.
 *
 * @throws DataError with a sentence for the reader
 */
export async function downloadFile(
  url: string,
  entry: Pick<FileEntry, 'name' | 'bytes' | 'compressedBytes' | 'sha256'>,
  { fetch = globalThis.fetch, isAnew = false, onBytes = () => {} }: DownloadOptions = {},
): Promise<Uint8Array> {
  const response = await answer(url, entry.name, fetch, isAnew ? { cache: 'reload' } : {});
  // Served bytes are at most the larger of the two sizes: some hosts inflate on the way.
  const ceiling = Math.max(entry.bytes, entry.compressedBytes);
  const name = `The file ${entry.name}`;
  const served = await collect(response.body, { name, ceiling, onBytes });
  const inflated = isGzip(served) ? await inflate(served, { name, ceiling: entry.bytes }) : served;
  if (inflated.length !== entry.bytes) {
    throw new DataError(
      `The file ${entry.name} has ${inflated.length} bytes instead of ${entry.bytes}: it was cut or altered on its way.`,
    );
  }
  if ((await sha256(inflated)) !== entry.sha256) {
    throw new DataError(`The file ${entry.name} was altered: its SHA-256 is not the expected one.`);
  }
  return inflated;
}

/** A JSON file, parsed. @throws DataError */
export async function downloadJson(
  url: string,
  name: string,
  { fetch = globalThis.fetch }: DownloadOptions = {},
): Promise<unknown> {
  const response = await answer(url, name, fetch);
  try {
    return await response.json();
  } catch {
    throw new DataError(`The file ${name} can’t be read.`);
  }
}

async function answer(
  url: string,
  name: string,
  fetch: typeof globalThis.fetch,
  init: RequestInit = {},
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch {
    throw new DataError(`The file ${name} could not be loaded. Is the network there?`);
  }
  if (!response.ok) {
    throw new DataError(`The file ${name} could not be loaded: the server answered ${response.status}.`);
  }
  return response;
}

/** In hexadecimal. Pages on plain http (other than localhost) have no digests, and unchecked data is not taken. */
async function sha256(bytes: Uint8Array): Promise<string> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (subtle === undefined) {
    throw new DataError('This page needs https (or localhost): the browser checks no digests on plain http.');
  }
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes as BufferSource));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
