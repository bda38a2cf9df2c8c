/** One data file from the network: counted while it comes, inflated under a ceiling, checked by length and SHA-256. */

import { DataError } from './errors.ts';
import type { FileEntry } from './manifest.ts';

export interface DownloadOptions {
  readonly fetch?: typeof globalThis.fetch;
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
  { fetch = globalThis.fetch, onBytes = () => {} }: DownloadOptions = {},
): Promise<Uint8Array> {
  const response = await answer(url, entry.name, fetch);
  // Served bytes are at most the larger of the two sizes: some hosts inflate on the way.
  const ceiling = Math.max(entry.bytes, entry.compressedBytes);
  const served = await collected(response.body, ceiling, entry.name, onBytes);
  const inflated = isGzip(served) ? await inflate(served, entry) : served;
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

async function answer(url: string, name: string, fetch: typeof globalThis.fetch): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch {
    throw new DataError(`The file ${name} could not be loaded. Is the network there?`);
  }
  if (!response.ok) {
    throw new DataError(`The file ${name} could not be loaded: the server answered ${response.status}.`);
  }
  return response;
}

async function collected(
  stream: ReadableStream<Uint8Array> | null,
  ceiling: number,
  name: string,
  onBytes: (bytes: number) => void = () => {},
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream?.getReader();
  try {
    for (;;) {
      const part = await reader?.read();
      if (part === undefined || part.done) break;
      chunks.push(part.value);
      length += part.value.length;
      onBytes(part.value.length);
      if (length > ceiling) throw new DataError(`The file ${name} is larger than it may be.`);
    }
  } catch (error) {
    await reader?.cancel().catch(() => {});
    if (error instanceof DataError) throw error;
    throw new DataError(`The file ${name} broke off after ${length} bytes.`);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function inflate(bytes: Uint8Array, entry: Pick<FileEntry, 'name' | 'bytes'>): Promise<Uint8Array> {
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream('gzip'));
  return collected(stream, entry.bytes, entry.name);
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
