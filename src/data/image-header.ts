/** What kind of image a file is and how large, by its first bytes: looked at before anything is decoded. */

import { DataError } from './errors.ts';
import { MOST_PIXELS } from './netpbm.ts';

export type ImageKind = 'netpbm' | 'png' | 'jpeg' | 'webp' | 'bmp';

/**
 * By its first bytes, whatever its name says. The size of PGM and PPM is their parser's affair.
 *
 * @throws DataError with a sentence for what is none of these, and for one that says that it is too large
 */
export function imageKind(bytes: Uint8Array): ImageKind {
  if (bytes[0] === 0x50 && '2356'.includes(String.fromCharCode(bytes[1] ?? 0))) return 'netpbm';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const { kind, magic, sizeOf } of KINDS) {
    if (!magic.every(([at, text]) => startsWith(bytes, at, text))) continue;
    const size = sizeOf(view);
    if (size === undefined) throw new DataError('It ends within its header.');
    const [width, height] = size;
    if (width < 1 || height < 1) throw new DataError('It has no pixels.');
    if (width * height > MOST_PIXELS) throw new DataError(`It has ${width} × ${height} pixels: too many.`);
    return kind;
  }
  throw new DataError('It is no PNG, JPEG, WebP, BMP, PGM or PPM image.');
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  return Array.from(text).every((character, i) => bytes[at + i] === character.charCodeAt(0));
}

type Size = readonly [width: number, height: number];

interface Kind {
  readonly kind: ImageKind;
  /** What stands where, one byte a character. */
  readonly magic: readonly (readonly [at: number, text: string])[];
  /** Undefined where it does not say. */
  readonly sizeOf: (view: DataView) => Size | undefined;
}

/** So many bytes, or it does not say. */
const from = (bytes: number, read: (view: DataView) => Size) => (view: DataView) =>
  view.byteLength < bytes ? undefined : read(view);

const WEBP = (chunk: string): Kind['magic'] => [
  [0, 'RIFF'],
  [8, `WEBP${chunk}`],
];

const KINDS: readonly Kind[] = [
  {
    kind: 'png',
    magic: [[0, '\x89PNG\r\n\x1a\n']],
    sizeOf: from(24, (view) => [view.getUint32(16), view.getUint32(20)]),
  },
  { kind: 'jpeg', magic: [[0, '\xff\xd8\xff']], sizeOf: jpegSize },
  {
    kind: 'bmp',
    magic: [[0, 'BM']],
    sizeOf: from(26, (view) => [Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true))]),
  },
  {
    kind: 'webp',
    magic: WEBP('VP8 '),
    sizeOf: from(30, (view) => [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff]),
  },
  {
    kind: 'webp',
    magic: WEBP('VP8L'),
    sizeOf: from(25, (view) => {
      const bits = view.getUint32(21, true);
      return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    }),
  },
  {
    kind: 'webp',
    magic: WEBP('VP8X'),
    sizeOf: from(30, (view) => [
      (view.getUint32(24, true) & 0xffffff) + 1,
      (view.getUint32(26, true) >>> 8) + 1,
    ]),
  },
];

/** In the first segment SOFn (ITU-T T.81, B.2.2). */
function jpegSize(view: DataView): Size | undefined {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    // Bytes that only fill up.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}
