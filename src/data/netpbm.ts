/**
 * PGM and PPM images (P2, P3, P5, P6; netpbm.sourceforge.net/doc/pgm.html), as face sets come in. Bounded: what a header
 * promises is held against the bytes that are there before anything is allocated.
 */

import { DataError } from './errors.ts';

/** An image as it was decoded: interleaved bytes, [height × width × channels]. */
export interface DecodedImage {
  readonly width: number;
  readonly height: number;
  /** 1: grey; 3: red, green, blue; 4: with opacity. */
  readonly channels: 1 | 3 | 4;
  readonly values: Uint8Array;
}

/** Of an image that is taken at all: 16 million pixels are more than any face set has. */
export const MOST_PIXELS = 2 ** 24;

const KINDS: Readonly<Record<string, { readonly channels: 1 | 3; readonly isText: boolean }>> = {
  P2: { channels: 1, isText: true },
  P3: { channels: 3, isText: true },
  P5: { channels: 1, isText: false },
  P6: { channels: 3, isText: false },
};
const SPACE = [9, 10, 11, 12, 13, 32];
const HASH = 35;
/** Of the longest number in a header. */
const MOST_DIGITS = 7;

/** @throws DataError with a sentence for whatever is no such image, or too large */
export function parseNetpbm(bytes: Uint8Array): DecodedImage {
  const kind = KINDS[String.fromCharCode(bytes[0] ?? 0, bytes[1] ?? 0)];
  if (kind === undefined) throw new DataError('It is no PGM or PPM image.');
  const reader = new Reader(bytes, 2);
  const [width, height, most] = [reader.number(), reader.number(), reader.number()];
  if (width < 1 || height < 1) throw new DataError('It has no pixels.');
  if (width * height > MOST_PIXELS) throw new DataError(`It has ${width} × ${height} pixels: too many.`);
  if (most < 1 || most > 65_535) throw new DataError(`Its brightest value is said to be ${most}.`);
  const { channels, isText } = kind;
  const count = width * height * channels;
  const values = isText ? textValues(reader, count, most) : binaryValues(reader, count, most);
  return { width, height, channels, values };
}

function textValues(reader: Reader, count: number, most: number): Uint8Array {
  // A digit and a space for each, at least.
  if (reader.left < 2 * count - 1) throw new DataError('It ends before its last pixel.');
  const values = new Uint8Array(count);
  for (let i = 0; i < count; i++) values[i] = scaled(reader.number(), most);
  return values;
}

function binaryValues(reader: Reader, count: number, most: number): Uint8Array {
  const bytes = reader.rest();
  const size = most > 255 ? 2 : 1;
  if (bytes.length < count * size) throw new DataError('It ends before its last pixel.');
  const values = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const value =
      size === 1 ? (bytes[i] as number) : 256 * (bytes[2 * i] as number) + (bytes[2 * i + 1] as number);
    values[i] = scaled(value, most);
  }
  return values;
}

function scaled(value: number, most: number): number {
  return most === 255 ? Math.min(255, value) : Math.round((255 * Math.min(value, most)) / most);
}

/** Numbers in text, with comments between. */
class Reader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  /** @throws DataError where there is none */
  number(): number {
    this.#skip();
    let value = 0;
    let digits = 0;
    for (; digits <= MOST_DIGITS; digits++) {
      const digit = (this.#bytes[this.#at] ?? 0) - 48;
      if (!(digit >= 0 && digit <= 9)) break;
      value = 10 * value + digit;
      this.#at++;
    }
    if (digits === 0 || digits > MOST_DIGITS) throw new DataError('Its header or its numbers can’t be read.');
    return value;
  }

  /** What follows one space behind the header. */
  rest(): Uint8Array {
    return this.#bytes.subarray(this.#at + 1);
  }

  #skip(): void {
    for (;;) {
      const byte = this.#bytes[this.#at];
      if (byte === HASH) while (this.#at < this.#bytes.length && this.#bytes[this.#at] !== 10) this.#at++;
      else if (byte === undefined || !SPACE.includes(byte)) return;
      else this.#at++;
    }
  }
}
