/**
 * Ink brought to the form of MNIST's images, as its makers did (LeCun, Bottou, Bengio, Haffner 1998, III.A): the drawing is
 * scaled into a box of 20 × 20 pixels with its aspect kept, edges grey by their share, and the box is put into 28 × 28 so that
 * the centre of mass of the ink is in the middle.
 */

import { GRID, inkOf, type Stroke } from './ink.ts';

const BOX = 20;
/** Ink below it is no ink: the edge of a picture's ground. */
const LEAST = 8;

/**
 * @param ink [grid × grid], 0 to 255
 * @param side of the image, 28
 * @returns [side × side] bytes, 0 paper and 255 ink; undefined where there is no ink
 */
export function mnistForm(ink: Uint8Array, grid: number, side: number): Uint8Array | undefined {
  const bounds = boundsOf(ink, grid);
  if (bounds === undefined) return undefined;
  const { left, top, width, height } = bounds;
  const scale = (BOX * side) / 28 / Math.max(width, height);
  const boxWidth = Math.max(1, Math.round(width * scale));
  const boxHeight = Math.max(1, Math.round(height * scale));
  const box = new Float32Array(boxWidth * boxHeight);
  let mass = 0;
  let massX = 0;
  let massY = 0;
  for (let y = 0; y < boxHeight; y++) {
    for (let x = 0; x < boxWidth; x++) {
      const value = meanOver(ink, grid, {
        left: left + (x * width) / boxWidth,
        right: left + ((x + 1) * width) / boxWidth,
        top: top + (y * height) / boxHeight,
        bottom: top + ((y + 1) * height) / boxHeight,
      });
      box[y * boxWidth + x] = value;
      mass += value;
      massX += value * (x + 0.5);
      massY += value * (y + 0.5);
    }
  }
  const toX = Math.round(side / 2 - massX / mass);
  const toY = Math.round(side / 2 - massY / mass);
  const image = new Uint8Array(side * side);
  for (let y = 0; y < boxHeight; y++) {
    for (let x = 0; x < boxWidth; x++) {
      const [atX, atY] = [toX + x, toY + y];
      if (atX < 0 || atY < 0 || atX >= side || atY >= side) continue;
      image[atY * side + atX] = Math.round(box[y * boxWidth + x] as number);
    }
  }
  return image;
}

function boundsOf(ink: Uint8Array, grid: number) {
  let [left, top, right, bottom] = [grid, grid, -1, -1];
  for (let i = 0; i < ink.length; i++) {
    if ((ink[i] as number) < LEAST) continue;
    const [x, y] = [i % grid, Math.floor(i / grid)];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return right < 0 ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The mean ink of an area, edges by their share. */
function meanOver(ink: Uint8Array, grid: number, { left, right, top, bottom }: Area): number {
  let sum = 0;
  let weight = 0;
  for (let y = Math.floor(top); y < bottom && y < grid; y++) {
    const tall = Math.min(bottom, y + 1) - Math.max(top, y);
    for (let x = Math.floor(left); x < right && x < grid; x++) {
      const share = tall * (Math.min(right, x + 1) - Math.max(left, x));
      sum += share * (ink[y * grid + x] as number);
      weight += share;
    }
  }
  return weight > 0 ? sum / weight : 0;
}

/** Widths of the pen, in shares of the pad's side: which of them is taken, the ink decides. */
const PENS = [1 / 40, 1 / 30, 1 / 24, 1 / 19, 1 / 15, 1 / 12];
/** Mean ink of an image of MNIST, of 255 (LeCun et al.: 0.1307). */
const MEAN_INK = 33;

/**
 * The same of strokes, with a pen of such a width that the image has about as much ink as MNIST's have: small drawings
 * would else come out fat, and large ones thin.
 *
 * @returns [side × side] bytes; undefined where there are no strokes
 */
export function mnistFormOfStrokes(strokes: readonly Stroke[], side: number): Uint8Array | undefined {
  const large = enlarged(strokes);
  const forms = PENS.flatMap((pen) => mnistForm(inkOf(large, pen), GRID, side) ?? []);
  const excess = (form: Uint8Array) =>
    Math.abs(form.reduce((sum, value) => sum + value, 0) / form.length - MEAN_INK);
  return forms.sort((a, b) => excess(a) - excess(b))[0];
}

/** Share of the pad that strokes are enlarged to. */
const FILLED = 0.8;

/** The same strokes as large as the pad lets them be, so that the grid is fine enough for small ones. */
function enlarged(strokes: readonly Stroke[]): readonly Stroke[] {
  const along = (axis: 0 | 1) => strokes.flatMap((stroke) => stroke.filter((_, i) => i % 2 === axis));
  const [xs, ys] = [along(0), along(1)];
  const least = [xs, ys].map((values) => values.reduce((a, b) => Math.min(a, b), 1));
  const most = [xs, ys].map((values) => values.reduce((a, b) => Math.max(a, b), 0));
  const size = Math.max(...most.map((value, axis) => value - (least[axis] as number)));
  // A dot has no size.
  const scale = size > 0.02 ? FILLED / size : 1;
  return strokes.map((stroke) =>
    stroke.map((value, i) => {
      const axis = i % 2;
      const middle = ((least[axis] as number) + (most[axis] as number)) / 2;
      return 0.5 + (value - middle) * scale;
    }),
  );
}
