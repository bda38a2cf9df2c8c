/** One data file from the network: counted while it comes, inflated under a ceiling, checked by length and SHA-256. */

import { DataError } from './errors.ts';
import type { FileCache } from './file-cache.ts';
import type { FileEntry } from './manifest.ts';
import { collect, inflate, isGzip } from './streams.ts';

export interface DownloadOptions {
  readonly fetch?: typeof globalThis.fetch;
  /** Past the HTTP cache, which may hold what was refused before. */
  readonly isAnew?: boolean;
  /** Called with the bytes received since the last call, as served. */
  readonly onBytes?: (bytes: number) => void;
  /** Looked into first; what comes whole is kept there. */
  readonly cache?: FileCache | undefined;
}

type Entry = Pick<FileEntry, 'name' | 'bytes' | 'compressedBytes' | 'sha256'>;

/** An answer that sends nothing for so long is given up. */
const STALLED_MS = 20_000;
/** In bytes; the manifest has a few thousand. */
const MOST_JSON = 2 ** 18;
/** In bytes; the kernels have some ten thousand. */
const MOST_CODE = 2 ** 20;
/** The first bytes of WebAssembly. */
const MAGIC = [0x00, 0x61, 0x73, 0x6d];

/**
 * The inflated bytes of a file that are exactly those the manifest promises.
 *
 * @throws DataError with a sentence for the reader
 */
export async function downloadFile(
  url: string,
  entry: Entry,
  { fetch = globalThis.fetch, isAnew = false, onBytes = () => {}, cache }: DownloadOptions = {},
): Promise<Uint8Array> {
  const before = await cache?.get(entry);
  if (before !== undefined) {
    try {
      const bytes = await verified(before, entry);
      onBytes(before.length);
      return bytes;
    } catch {
      await cache?.drop(entry);
    }
  }
  // At most the larger of the two sizes: some hosts inflate on the way.
  const ceiling = Math.max(entry.bytes, entry.compressedBytes);
  const served = await receive(url, { name: entry.name, ceiling, fetch, isAnew, onBytes });
  const bytes = await verified(served, entry);
  await cache?.put(entry, served);
  return bytes;
}

interface ReceiveOptions extends Required<Omit<DownloadOptions, 'cache'>> {
  readonly name: string;
  /** In bytes. */
  readonly ceiling: number;
}

/** The bytes as served. @throws DataError where they do not come, stop coming, or are more than the ceiling */
async function receive(
  url: string,
  { name, ceiling, fetch, isAnew, onBytes }: ReceiveOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const stalled = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stalled.abort(), STALLED_MS);
  };
  wait();
  try {
    const cache: RequestCache = isAnew ? 'reload' : 'default';
    const response = await answer(url, name, fetch, { cache, signal: stalled.signal });
    return await collect(response.body, {
      name: `The file ${name}`,
      ceiling,
      onBytes: (count) => {
        wait();
        onBytes(count);
      },
    });
  } finally {
    clearTimeout(timer);
  }
}

/** Inflated. @throws DataError unless these are exactly the bytes that the manifest promises */
async function verified(served: Uint8Array, { name, bytes, sha256: expected }: Entry): Promise<Uint8Array> {
  const inflated = isGzip(served)
    ? await inflate(served, { name: `The file ${name}`, ceiling: bytes })
    : served;
  if (inflated.length !== bytes) {
    throw new DataError(
      `The file ${name} has ${inflated.length} bytes instead of ${bytes}: it was cut or altered on its way.`,
    );
  }
  if ((await sha256(inflated)) !== expected) {
    throw new DataError(`The file ${name} was altered: its SHA-256 is not the expected one.`);
  }
  return inflated;
}

/** A small JSON file, parsed. @throws DataError with a sentence for the reader */
export async function downloadJson(
  url: string,
  name: string,
  { fetch = globalThis.fetch, isAnew = false, onBytes = () => {} }: DownloadOptions = {},
): Promise<unknown> {
  const bytes = await receive(url, { name, ceiling: MOST_JSON, fetch, isAnew, onBytes });
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new DataError(`The file ${name} can’t be read.`);
  }
}

/**
 * WebAssembly of the page itself, in spite of a network that comes and goes, and of hosts that answer with a page.
 *
 * @param retryAfter milliseconds before each further attempt
 * @throws DataError with a sentence for the reader
 */
export async function fetchWebAssembly(
  url: URL,
  retryAfter: readonly number[],
  fetch = globalThis.fetch,
): Promise<Uint8Array<ArrayBuffer>> {
  const options = { name: url.pathname, ceiling: MOST_CODE, fetch, onBytes: () => {} };
  return patiently(async (isAnew) => {
    const bytes = await receive(url.href, { ...options, isAnew });
    if (MAGIC.some((byte, i) => bytes[i] !== byte))
      throw new DataError(`The file ${options.name} is no WebAssembly.`);
    return bytes;
  }, retryAfter);
}

/** Tries again, each time after a longer wait. */
export async function patiently<T>(
  attempt: (isAnew: boolean) => Promise<T>,
  retryAfter: readonly number[],
): Promise<T> {
  for (const [index, milliseconds] of retryAfter.entries()) {
    try {
      return await attempt(index > 0);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
    }
  }
  return attempt(retryAfter.length > 0);
}

async function answer(
  url: string,
  name: string,
  fetch: typeof globalThis.fetch,
  init: RequestInit,
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
