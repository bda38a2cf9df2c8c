/** Decision regions: where in the plane each class is taken. Exact, since all scores are linear: convex polygons. */

import type { LinearScores } from '../measures/decision.ts';
import type { View } from './view.ts';

/** Part of the plot in which a class is taken. */
export interface Region {
  readonly label: number;
  /** x0, y0, x1, y1, … in CSS pixels, in order round the polygon. */
  readonly corners: readonly number[];
}

/** The regions that are in sight, by half-plane clipping: 10 classes take some 50 µs, 100 some milliseconds. */
export function regionsOf(scores: LinearScores, view: View, width: number, height: number): Region[] {
  const planes = planesOf(scores, view);
  return planes.flatMap((own, label) => {
    if (own === undefined) return [];
    let corners: readonly number[] = [0, 0, width, 0, width, height, 0, height];
    for (const [other, plane] of planes.entries()) {
      if (other === label || plane === undefined) continue;
      corners = clipped(corners, own, plane, other < label);
      if (corners.length === 0) return [];
    }
    return [{ label, corners }];
  });
}

/** A score as a plane over the plot's pixels: x·px + y·py + c. */
interface Plane {
  readonly x: number;
  readonly y: number;
  readonly c: number;
}

/** Undefined for a class that is never taken. */
function planesOf({ directions, offsets }: LinearScores, { scale, left, top }: View): (Plane | undefined)[] {
  return Array.from(offsets, (offset, label) => {
    const x = (directions[2 * label] as number) / scale;
    const y = -(directions[2 * label + 1] as number) / scale;
    const c = offset - x * left - y * top;
    return Number.isFinite(x + y + c) ? { x, y, c } : undefined;
  });
}

/** The part of a convex polygon in which `own` is above `other`; of equals, the one that comes first is taken. */
function clipped(
  corners: readonly number[],
  own: Plane,
  other: Plane,
  otherComesFirst: boolean,
): readonly number[] {
  const [x, y, c] = [own.x - other.x, own.y - other.y, own.c - other.c];
  if (x === 0 && y === 0) return c > 0 || (c === 0 && !otherComesFirst) ? corners : [];
  const kept: number[] = [];
  const count = corners.length / 2;
  for (let i = 0; i < count; i++) {
    const next = (i + 1) % count;
    const [fromX, fromY] = [corners[2 * i] as number, corners[2 * i + 1] as number];
    const [toX, toY] = [corners[2 * next] as number, corners[2 * next + 1] as number];
    const from = x * fromX + y * fromY + c;
    const to = x * toX + y * toY + c;
    if (from >= 0) kept.push(fromX, fromY);
    if (from >= 0 === to >= 0) continue;
    const t = from / (from - to);
    kept.push(fromX + (toX - fromX) * t, fromY + (toY - fromY) * t);
  }
  return kept.length >= 6 ? kept : [];
}

/**
 * Fills convex polygons that do not overlap into a pixel buffer, their left and right edges by the share of the pixel.
 *
 * @param pixels RGBA as little-endian words, [height × width]
 * @param corners in device pixels
 * @param colour [red, green, blue]
 */
export function fillConvex(
  pixels: Uint32Array,
  width: number,
  height: number,
  corners: readonly number[],
  [red, green, blue]: readonly [number, number, number],
): void {
  const word = (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
  const ys = corners.filter((_, i) => i % 2 === 1);
  const first = Math.max(0, Math.ceil(Math.min(...ys) - 0.5));
  const last = Math.min(height - 1, Math.ceil(Math.max(...ys) - 0.5) - 1);
  for (let row = first; row <= last; row++) {
    const [from, to] = spanAt(corners, row + 0.5);
    const left = Math.max(0, from);
    const right = Math.min(width, to);
    if (!(right > left)) continue;
    const [start, end] = [Math.ceil(left), Math.floor(right)];
    const offset = row * width;
    if (end >= start) pixels.fill(word, offset + start, offset + end);
    if (end < start) {
      mix(pixels, offset + end, word, right - left);
      continue;
    }
    if (start > left) mix(pixels, offset + start - 1, word, start - left);
    if (right > end) mix(pixels, offset + end, word, right - end);
  }
}

/** Where a horizontal line is inside of a convex polygon. */
function spanAt(corners: readonly number[], y: number): [from: number, to: number] {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < corners.length; i += 2) {
    const [ax, ay] = [corners[i] as number, corners[i + 1] as number];
    const next = (i + 2) % corners.length;
    const [bx, by] = [corners[next] as number, corners[next + 1] as number];
    if (ay <= y === by <= y) continue;
    const x = ax + ((bx - ax) * (y - ay)) / (by - ay);
    from = Math.min(from, x);
    to = Math.max(to, x);
  }
  return [from, to];
}

function mix(pixels: Uint32Array, at: number, word: number, share: number): void {
  const old = pixels[at] as number;
  let mixed = 0xff000000;
  for (const shift of [0, 8, 16]) {
    const before = (old >>> shift) & 255;
    mixed |= Math.round(before + (((word >>> shift) & 255) - before) * share) << shift;
  }
  pixels[at] = mixed >>> 0;
}
