/**
 * Ink brought to the form of MNIST's images, as its makers did (LeCun, Bottou, Bengio, Haffner 1998, III.A): the drawing is
 * scaled into a box of 20 × 20 pixels with its aspect kept, edges grey by their share, and the box is put into 28 × 28 so that
 * the centre of mass of the ink is in the middle.
 */

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
