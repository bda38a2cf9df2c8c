/**
 * The lab's file format: a JSON header and typed arrays in one gzip stream, little-endian as every
 * machine with a browser is.
 *
 *     "MLLAB 1\n" · header length (4 bytes) · header JSON · padding · arrays, each padded to 8 bytes
 *
 * Opening checks sizes before it allocates and takes nothing on trust; what the header means is the
 * caller's to check.
 */

import * as v from 'valibot';
import { DataError } from '../data/errors.ts';
import { declaredLength, deflate, inflate, inflatedStart, isGzip } from '../data/streams.ts';

const CONSTRUCTORS = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;
type TypeName = keyof typeof CONSTRUCTORS;
export type PackedArray = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

const MAGIC = new TextEncoder().encode('MLLAB 1\n');
const PREFIX_BYTES = MAGIC.length + 4;
/** Of some ten thousand live changes, which a session tells one by one: a slider that is dragged makes many. */
const LARGEST_HEADER = 16 * 2 ** 20;

const schema = v.object({
  content: v.unknown(),
  arrays: v.pipe(
    v.array(
      v.tuple([
        v.pipe(v.string(), v.maxLength(60)),
        v.picklist(Object.keys(CONSTRUCTORS) as TypeName[]),
        v.pipe(v.number(), v.integer(), v.minValue(0)),
      ]),
    ),
    v.maxLength(200),
  ),
});

/** One file's bytes. `content` must be plain JSON. */
export function pack(content: unknown, arrays: ReadonlyMap<string, PackedArray>): Promise<Uint8Array> {
  const index = Array.from(arrays, ([name, array]) => [name, typeOf(array), array.length]);
  const header = new TextEncoder().encode(JSON.stringify({ content, arrays: index }));
  if (header.length > LARGEST_HEADER) throw new RangeError('The header of this file is too large.');
  const parts: Uint8Array[] = [MAGIC, new Uint8Array(Uint32Array.of(header.length).buffer), header];
  let length = parts.reduce((sum, part) => sum + part.length, 0);
  const pad = () => {
    parts.push(new Uint8Array(padded(length) - length));
    length = padded(length);
  };
  pad();
  for (const array of arrays.values()) {
    parts.push(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    length += array.byteLength;
    pad();
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return deflate(bytes);
}

/** What a file holds, before anyone has checked what it means. */
export class Unpacked {
  readonly content: unknown;
  readonly #name: string;
  readonly #arrays: ReadonlyMap<string, PackedArray>;

  constructor(name: string, content: unknown, arrays: ReadonlyMap<string, PackedArray>) {
    this.#name = name;
    this.content = content;
    this.#arrays = arrays;
  }

  /** The array of that name. @throws DataError where it is missing, of another type or of another length */
  array<T extends PackedArray>(name: string, type: new (length: number) => T, length: number): T {
    const array = this.#arrays.get(name);
    if (array instanceof type && array.length === length) return array;
    throw this.damaged();
  }

  /** Of the array of that name; 0 where it is missing. */
  lengthOf(name: string): number {
    return this.#arrays.get(name)?.length ?? 0;
  }

  /** The error for content that contradicts itself. */
  damaged(): DataError {
    return damagedFile(this.#name);
  }
}

export interface UnpackOptions {
  /** How the sentence of an error begins, e.g. "The file a.mll". */
  readonly name: string;
  /** Bytes that it may hold once inflated. */
  readonly ceiling: number;
}

/** @throws DataError where the bytes are no file of the lab, damaged, or larger than the ceiling */
export async function unpack(bytes: Uint8Array, { name, ceiling }: UnpackOptions): Promise<Unpacked> {
  const tooLarge = () => new DataError(`${name} is damaged, or larger than it may be.`);
  const isPacked = isGzip(bytes);
  // Two lengths are declared, and both are held against the ceiling before anything is inflated.
  if (isPacked && declaredLength(bytes) > ceiling) throw tooLarge();
  const startOf = (count: number) => (isPacked ? inflatedStart(bytes, count) : bytes);
  const headerBytes = headerLength(await startOf(PREFIX_BYTES), name);
  const header = headerOf(await startOf(PREFIX_BYTES + headerBytes), headerBytes, name);
  if (header.length > ceiling) throw tooLarge();
  // Some hosts inflate on the way.
  const inflated = isPacked ? await inflate(bytes, { name, ceiling: header.length }) : bytes;
  if (inflated.length < header.length) throw damagedFile(name);
  const arrays = new Map<string, PackedArray>();
  for (const { key, type, offset, end } of header.arrays) {
    // A copy, so that every array is aligned and owns its memory.
    arrays.set(key, new CONSTRUCTORS[type](Uint8Array.from(inflated.subarray(offset, end)).buffer));
  }
  return new Unpacked(name, header.content, arrays);
}

interface Header {
  readonly content: unknown;
  /** From where to where in the file, in bytes. */
  readonly arrays: readonly { key: string; type: TypeName; offset: number; end: number }[];
  /** Of the whole file. */
  readonly length: number;
}

/**
 * In bytes.
 *
 * @param start of the file's bytes, at least what comes before its header
 */
function headerLength(start: Uint8Array, name: string): number {
  if (start.length < PREFIX_BYTES || !MAGIC.every((byte, i) => byte === start[i])) {
    throw new DataError(`${name} is not a file of the Margin Loss Lab.`);
  }
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const length = view.getUint32(MAGIC.length, true);
  if (length > LARGEST_HEADER) throw damagedFile(name);
  return length;
}

/** @param start of the file's bytes, at least its header, which has that length */
function headerOf(start: Uint8Array, length: number, name: string): Header {
  if (PREFIX_BYTES + length > start.length) throw damagedFile(name);
  const header = v.safeParse(schema, parsed(start.subarray(PREFIX_BYTES, PREFIX_BYTES + length)));
  if (!header.success) throw damagedFile(name);
  let next = padded(PREFIX_BYTES + length);
  const arrays = header.output.arrays.map(([key, type, count]) => {
    const offset = next;
    const end = offset + count * CONSTRUCTORS[type].BYTES_PER_ELEMENT;
    next = padded(end);
    return { key, type, offset, end };
  });
  return { content: header.output.content, arrays, length: next };
}

const damagedFile = (name: string) => new DataError(`${name} is damaged: its parts do not fit together.`);

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function typeOf(array: PackedArray): TypeName {
  const names = Object.keys(CONSTRUCTORS) as TypeName[];
  const name = names.find((candidate) => array instanceof CONSTRUCTORS[candidate]);
  if (name === undefined) throw new TypeError('An array of this type can’t be packed.');
  return name;
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}
