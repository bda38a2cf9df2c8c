/** Points to pixels, without a canvas: a pure function over a pixel buffer, fast enough for every frame. */

import type { View } from './view.ts';

export interface RasterOptions {
  /** In device pixels. */
  readonly width: number;
  readonly height: number;
  /** Radius of a point, in device pixels. */
  readonly radius: number;
  /** Colour a class, [red, green, blue]. */
  readonly colours: readonly (readonly [number, number, number])[];
  /** Classes that are drawn faintly; none where it is left out. */
  readonly faded?: (label: number) => boolean;
  /** Classes that are drawn as rings; none where it is left out. */
  readonly hollow?: (label: number) => boolean;
  /** Samples that stand out, [count]: all others are faint. */
  readonly chosen?: Uint8Array | undefined;
}

export const OPACITY = 0.72;
export const FADED_OPACITY = 0.1;
/** Width of a hollow point's line, as a share of the point's radius. */
export const RING = 0.5;

/**
 * Draws points over what `pixels` holds, as little discs with soft edges.
 *
 * @param pixels RGBA bytes, [height × width × 4], opaque
 * @param points [count × 2] in feature space; a point that is not finite is not drawn
 * @param labels [count]
 * @param view in device pixels
 */
export function drawPoints(
  pixels: Uint8ClampedArray,
  points: Float32Array,
  labels: Uint8Array,
  view: View,
  { width, height, radius, colours, faded = () => false, hollow = () => false, chosen }: RasterOptions,
): void {
  const target = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4);
  const disc = discOf(radius);
  const { size, columns, rows } = disc;
  const half = (size - 1) / 2;
  const offsets = Int32Array.from(columns, (column, k) => (rows[k] as number) * width + column);
  const coverOf = (label: number) => (hollow(label) ? disc.ring : disc.cover);
  const faint = colours.map((colour, label) => inkOf(colour, coverOf(label), FADED_OPACITY));
  const full = colours.map((colour, label) => inkOf(colour, coverOf(label), OPACITY));
  const inks = full.map((ink, label) => (faded(label) ? faint[label] : ink));
  // Read once a frame, not once a point.
  const { scale, left, top } = view;
  for (let i = 0; i < labels.length; i++) {
    // The disc's middle is the pixel that the point is in.
    const x = Math.floor((points[2 * i] as number) * scale + left - half);
    const y = Math.floor(top - (points[2 * i + 1] as number) * scale - half);
    // Also false for NaN.
    if (!(x > -size && y > -size && x < width && y < height)) continue;
    const ink = (chosen === undefined || chosen[i] === 1 ? inks : faint)[labels[i] as number];
    if (ink === undefined) continue;
    const { keep, redBlue, green } = ink;
    const isInside = x >= 0 && y >= 0 && x + size <= width && y + size <= height;
    const corner = y * width + x;
    for (let k = 0; k < offsets.length; k++) {
      if (!isInside && !isOn(x + (columns[k] as number), y + (rows[k] as number), width, height)) continue;
      const at = corner + (offsets[k] as number);
      const old = target[at] as number;
      const share = keep[k] as number;
      // Red and blue are mixed in one multiplication, a byte of room between them.
      const mixedRedBlue = ((Math.imul(old & 0xff00ff, share) + (redBlue[k] as number)) >>> 8) & 0xff00ff;
      const mixedGreen = ((Math.imul(old & 0x00ff00, share) + (green[k] as number)) >>> 8) & 0x00ff00;
      target[at] = (0xff000000 | mixedRedBlue | mixedGreen) >>> 0;
    }
  }
}

function isOn(x: number, y: number, width: number, height: number): boolean {
  return x >= 0 && y >= 0 && x < width && y < height;
}

/** A colour laid on through a disc, a number a pixel of the disc: what stays of the old, what comes of the new. */
interface Ink {
  /** 256ths. */
  readonly keep: Uint16Array;
  /** The colour's share, 256-fold; little-endian pixels are ABGR. */
  readonly redBlue: Int32Array;
  readonly green: Int32Array;
}

function inkOf(
  [red, green, blue]: readonly [number, number, number],
  cover: Float32Array,
  opacity: number,
): Ink {
  const alpha = Uint16Array.from(cover, (share) => Math.round(256 * share * opacity));
  return {
    keep: alpha.map((share) => 256 - share),
    redBlue: Int32Array.from(alpha, (share) => Math.imul((blue << 16) | red, share)),
    green: Int32Array.from(alpha, (share) => Math.imul(green << 8, share)),
  };
}

/** Fills the buffer with one opaque colour. */
export function clearPixels(
  pixels: Uint8ClampedArray,
  [red, green, blue]: readonly [number, number, number],
): void {
  // RGBA in memory is ABGR in a little-endian word.
  new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4).fill(
    ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0,
  );
}

/** The pixels that a disc touches, each with the share of it that is covered. */
interface Disc {
  readonly size: number;
  readonly columns: Uint8Array;
  readonly rows: Uint8Array;
  readonly cover: Float32Array;
  /** The same for a ring along its edge. */
  readonly ring: Float32Array;
}

const discs = new Map<number, Disc>();

function discOf(radius: number): Disc {
  const known = discs.get(radius);
  if (known !== undefined) return known;
  const half = Math.ceil(radius);
  const size = 2 * half + 1;
  const pixels = Array.from({ length: size * size }, (_, i) => {
    const [column, row] = [i % size, Math.floor(i / size)];
    const distance = Math.hypot(column - half, row - half);
    const covered = (r: number) => Math.max(0, Math.min(1, r + 0.5 - distance));
    return { column, row, cover: covered(radius), ring: covered(radius) - covered(radius * (1 - RING)) };
  }).filter(({ cover }) => cover > 0);
  const disc = {
    size,
    columns: Uint8Array.from(pixels, ({ column }) => column),
    rows: Uint8Array.from(pixels, ({ row }) => row),
    cover: Float32Array.from(pixels, ({ cover }) => cover),
    ring: Float32Array.from(pixels, ({ ring }) => ring),
  };
  discs.set(radius, disc);
  return disc;
}
