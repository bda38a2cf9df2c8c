/** Any image to the form of a set: a square of grey bytes, by area averaging. Equal bytes on every machine. */

import type { DecodedImage } from './netpbm.ts';

export interface Form {
  readonly side: number;
  /** 'crop': the largest square in the middle; 'border': all of it, with the colour of its edge round it. */
  readonly fit: 'crop' | 'border';
  /** Dark things on a light ground become light ones on a dark: networks are used to ink that is 255. */
  readonly isInverted: boolean;
}

/** [side × side] bytes. */
export function inForm(image: DecodedImage, { side, fit, isInverted }: Form): Uint8Array {
  const { width, height } = image;
  const grey = greyOf(image);
  const size = fit === 'crop' ? Math.min(width, height) : Math.max(width, height);
  const [left, top] = [Math.floor((width - size) / 2), Math.floor((height - size) / 2)];
  const result = new Uint8Array(side * side);
  const at = (x: number, y: number) =>
    grey[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))] as number;
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const value = average(at, [left, top], size / side, [column, row]);
      result[row * side + column] = isInverted ? 255 - value : value;
    }
  }
  return result;
}

/** The mean of the area that one pixel of the result covers, each source pixel by the share of it that is covered. */
function average(
  at: (x: number, y: number) => number,
  [left, top]: readonly [number, number],
  scale: number,
  [column, row]: readonly [number, number],
): number {
  const [x0, x1, y0, y1] = [column * scale, (column + 1) * scale, row * scale, (row + 1) * scale];
  let [sum, area] = [0, 0];
  for (let y = Math.floor(y0); y < y1; y++) {
    const tall = Math.min(y + 1, y1) - Math.max(y, y0);
    for (let x = Math.floor(x0); x < x1; x++) {
      const share = tall * (Math.min(x + 1, x1) - Math.max(x, x0));
      sum += share * at(left + x, top + y);
      area += share;
    }
  }
  return Math.round(sum / area);
}

/** ITU-R BT.601 luma, over white where an image lets through. */
function greyOf({ values, channels, width, height }: DecodedImage): Uint8Array {
  if (channels === 1) return values;
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const [red, green, blue] = [0, 1, 2].map((c) => values[i * channels + c] as number) as [
      number,
      number,
      number,
    ];
    const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
    const opacity = channels === 4 ? (values[4 * i + 3] as number) / 255 : 1;
    return Math.round(opacity * luma + (1 - opacity) * 255);
  });
}
