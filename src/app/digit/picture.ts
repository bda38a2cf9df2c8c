/** A picture that the reader pastes or opens, as ink. */

import { GRID, inkOfPicture } from './ink.ts';

const LARGEST_BYTES = 20 * 2 ** 20;
const LARGEST_SIDE = 8192;

/** Ink, [GRID × GRID], of the picture put into a square. @throws Error with a sentence */
export async function decodedPicture(blob: Blob): Promise<Uint8Array> {
  if (blob.size > LARGEST_BYTES) throw new Error('This picture has more than 20 MB: take a smaller one.');
  const bitmap = await createImageBitmap(blob).catch(() => {
    throw new Error('This is no picture that the browser can read.');
  });
  try {
    const { width, height } = bitmap;
    if (Math.max(width, height) > LARGEST_SIDE)
      throw new Error('This picture is too large: take a smaller one.');
    const canvas = document.createElement('canvas');
    canvas.width = GRID;
    canvas.height = GRID;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('This browser could not draw the picture.');
    const scale = GRID / Math.max(width, height);
    context.imageSmoothingQuality = 'high';
    // Its own edge goes on as ground.
    context.drawImage(bitmap, 0, 0, 1, 1, 0, 0, GRID, GRID);
    context.drawImage(
      bitmap,
      (GRID - width * scale) / 2,
      (GRID - height * scale) / 2,
      width * scale,
      height * scale,
    );
    return inkOfPicture(context.getImageData(0, 0, GRID, GRID).data, GRID);
  } finally {
    bitmap.close();
  }
}
