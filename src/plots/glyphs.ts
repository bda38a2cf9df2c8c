/** Samples as their images: which of them have room, and their ink at another size. */

import type { View } from './view.ts';

/**
 * Samples whose images do not cover each other, found in the order of their rows: what has room before a plot is zoomed or
 * moved a little has it after.
 *
 * @param places [count × 2] in CSS pixels
 * @param size of an image, in CSS pixels
 * @param may says of a row whether it is to be shown at all
 */
export function placedRows(
  places: Float32Array,
  {
    size,
    width,
    height,
    may,
  }: {
    readonly size: number;
    readonly width: number;
    readonly height: number;
    readonly may: (row: number) => boolean;
  },
): number[] {
  // Cells as large as an image: what covers it is in its own cell or in one beside it.
  const columns = Math.ceil(width / size) + 2;
  const rows = Math.ceil(height / size) + 2;
  const cells = new Int32Array(columns * rows).fill(-1);
  const placed: number[] = [];
  for (let row = 0; row < places.length / 2; row++) {
    const [x, y] = [places[2 * row] as number, places[2 * row + 1] as number];
    // Also false for NaN.
    if (!(x >= 0 && y >= 0 && x < width && y < height) || !may(row)) continue;
    const cell = (Math.floor(y / size) + 1) * columns + Math.floor(x / size) + 1;
    if (isCovered(cells, cell, columns, places, x, y, size)) continue;
    cells[cell] = row;
    placed.push(row);
  }
  return placed;
}

function isCovered(
  cells: Int32Array,
  cell: number,
  columns: number,
  places: Float32Array,
  x: number,
  y: number,
  size: number,
): boolean {
  for (let down = -columns; down <= columns; down += columns) {
    for (let across = -1; across <= 1; across++) {
      const other = cells[cell + down + across] as number;
      if (other < 0) continue;
      const dx = Math.abs((places[2 * other] as number) - x);
      const dy = Math.abs((places[2 * other + 1] as number) - y);
      if (dx < size && dy < size) return true;
    }
  }
  return false;
}

/**
 * How many samples are in sight; counted no further than `most`.
 *
 * @param points [count × 2], in feature units
 */
export function countInSight(
  points: Float32Array,
  { scale, left, top }: View,
  { width, height, most }: { readonly width: number; readonly height: number; readonly most: number },
): number {
  let count = 0;
  for (let i = 0; i < points.length && count < most; i += 2) {
    const x = (points[i] as number) * scale + left;
    const y = top - (points[i + 1] as number) * scale;
    if (x >= 0 && y >= 0 && x < width && y < height) count++;
  }
  return count;
}

/**
 * An image at another size, by linear interpolation.
 *
 * @param pixels of all images, [count × side²], 0 paper and 255 ink
 * @returns ink, [size × size]
 */
export function scaledInk(pixels: Uint8Array, row: number, side: number, size: number): Uint8Array {
  const ink = new Uint8Array(size * size);
  const offset = row * side * side;
  const at = (x: number, y: number) => pixels[offset + y * side + x] as number;
  for (let y = 0; y < size; y++) {
    const fromY = Math.min(side - 1, Math.max(0, ((y + 0.5) * side) / size - 0.5));
    const [top, downY] = [Math.floor(fromY), fromY - Math.floor(fromY)];
    const bottom = Math.min(side - 1, top + 1);
    for (let x = 0; x < size; x++) {
      const fromX = Math.min(side - 1, Math.max(0, ((x + 0.5) * side) / size - 0.5));
      const [left, rightX] = [Math.floor(fromX), fromX - Math.floor(fromX)];
      const right = Math.min(side - 1, left + 1);
      const above = at(left, top) * (1 - rightX) + at(right, top) * rightX;
      const below = at(left, bottom) * (1 - rightX) + at(right, bottom) * rightX;
      ink[y * size + x] = Math.round(above * (1 - downY) + below * downY);
    }
  }
  return ink;
}
