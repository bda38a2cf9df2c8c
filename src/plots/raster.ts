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
}

const OPACITY = 0.72;
const FADED_OPACITY = 0.1;

/**
 * Draws points over what `pixels` holds, as little discs with soft edges.
 *
 * @param pixels RGBA bytes, [height × width × 4]
 * @param points [count × 2] in feature space; a point that is not finite is not drawn
 * @param labels [count]
 * @param view in device pixels
 */
export function drawPoints(
  pixels: Uint8ClampedArray,
  points: Float32Array,
  labels: Uint8Array,
  view: View,
  { width, height, radius, colours, faded = () => false }: RasterOptions,
): void {
  const stamp = discStamp(radius);
  const half = (stamp.size - 1) / 2;
  // Read once a frame, not once a point.
  const { scale, left, top } = view;
  const strength = colours.map((_, label) => (faded(label) ? FADED_OPACITY : OPACITY));
  for (let i = 0; i < labels.length; i++) {
    const x = Math.round((points[2 * i] as number) * scale + left - half);
    const y = Math.round(top - (points[2 * i + 1] as number) * scale - half);
    // Also false for NaN.
    if (!(x > -stamp.size && y > -stamp.size && x < width && y < height)) continue;
    const label = labels[i] as number;
    const colour = colours[label];
    if (colour === undefined) continue;
    const opacity = strength[label] as number;
    const [red, green, blue] = colour;
    for (let row = Math.max(0, -y); row < stamp.size && y + row < height; row++) {
      for (let column = Math.max(0, -x); column < stamp.size && x + column < width; column++) {
        const cover = (stamp.cover[row * stamp.size + column] as number) * opacity;
        if (cover === 0) continue;
        const at = ((y + row) * width + x + column) * 4;
        pixels[at] = (pixels[at] as number) + (red - (pixels[at] as number)) * cover;
        pixels[at + 1] = (pixels[at + 1] as number) + (green - (pixels[at + 1] as number)) * cover;
        pixels[at + 2] = (pixels[at + 2] as number) + (blue - (pixels[at + 2] as number)) * cover;
      }
    }
  }
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

interface Stamp {
  readonly size: number;
  /** Share of each pixel that the disc covers, [size × size]. */
  readonly cover: Float32Array;
}

const stamps = new Map<number, Stamp>();

function discStamp(radius: number): Stamp {
  const known = stamps.get(radius);
  if (known !== undefined) return known;
  const half = Math.ceil(radius);
  const size = 2 * half + 1;
  const cover = new Float32Array(size * size);
  for (let i = 0; i < cover.length; i++) {
    const distance = Math.hypot((i % size) - half, Math.floor(i / size) - half);
    cover[i] = Math.max(0, Math.min(1, radius + 0.5 - distance));
  }
  const stamp = { size, cover };
  stamps.set(radius, stamp);
  return stamp;
}
