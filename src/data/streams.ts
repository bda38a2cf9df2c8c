/** Streams of bytes under a ceiling, and gzip both ways: nothing is kept beyond what was allowed. */

import { DataError } from './errors.ts';

export interface CollectOptions {
  /** What the reader calls this: the subject of the error's sentence, e.g. "The file a.bin". */
  readonly name: string;
  /** More bytes than this end the stream. */
  readonly ceiling: number;
  /** Called with the bytes received since the last call. */
  readonly onBytes?: (bytes: number) => void;
  /** What the sentence says where the stream fails by itself. */
  readonly brokeOff?: string;
}

/** All bytes of a stream. @throws DataError where it breaks off or is longer than the ceiling */
export async function collect(
  stream: ReadableStream<Uint8Array> | null,
  { name, ceiling, onBytes = () => {}, brokeOff = 'broke off on its way' }: CollectOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream?.getReader();
  try {
    for (;;) {
      const part = await reader?.read();
      if (part === undefined || part.done) break;
      length += part.value.length;
      if (length > ceiling) throw new DataError(`${name} is larger than it may be.`);
      chunks.push(part.value);
      onBytes(part.value.length);
    }
  } catch (error) {
    await reader?.cancel().catch(() => {});
    if (error instanceof DataError) throw error;
    throw new DataError(`${name} ${brokeOff}.`);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

/** True where the bytes begin with the magic number of gzip (RFC 1952). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The first bytes that come out of a gzip stream, at least so many where there are; no more is inflated. */
export async function inflatedStart(bytes: Uint8Array, count: number): Promise<Uint8Array> {
  const reader = inflating(bytes).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    while (length < count) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      length += value.length;
    }
  } catch {
    // What came before the damage is the answer.
  } finally {
    reader.cancel().catch(() => {});
  }
  return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
}

/** What a gzip stream says of its length once inflated, modulo 2³² (RFC 1952, ISIZE); 0 where it is cut. */
export function declaredLength(bytes: Uint8Array): number {
  if (bytes.length < 18) return 0;
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(bytes.length - 4, true);
}

/** Inflated bytes. @throws DataError where they are damaged or more than the ceiling */
export function inflate(bytes: Uint8Array, { name, ceiling }: CollectOptions): Promise<Uint8Array> {
  return collect(inflating(bytes), { name, ceiling, brokeOff: 'is damaged: it can’t be unpacked' });
}

function inflating(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream('gzip'));
}

/** The bytes compressed with gzip; `inflate` reverses it. */
export function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new CompressionStream('gzip'));
  return collect(stream, { name: 'The file', ceiling: Number.POSITIVE_INFINITY });
}
