/** Images with their labels: a set, or a part of one. */

import { type DataSet, imageBytes } from './set.ts';

export interface LabelledImages {
  /** Of which they are. */
  readonly set: DataSet;
  /** [count × side²] bytes, 0 paper to 255 ink. */
  readonly images: Uint8Array;
  /** [count]. */
  readonly labels: Uint8Array;
}

/** The images from `start` on up to `end`, as views. */
export function slice({ set, images, labels }: LabelledImages, start: number, end?: number): LabelledImages {
  const bytes = imageBytes(set);
  return {
    set,
    images: images.subarray(start * bytes, end === undefined ? undefined : end * bytes),
    labels: labels.subarray(start, end),
  };
}

/** The chosen ones, copied together. */
export function chosen({ set, images, labels }: LabelledImages, indices: Uint32Array): LabelledImages {
  const bytes = imageBytes(set);
  const result = {
    set,
    images: new Uint8Array(indices.length * bytes),
    labels: new Uint8Array(indices.length),
  };
  for (const [row, index] of indices.entries()) {
    result.images.set(images.subarray(index * bytes, (index + 1) * bytes), row * bytes);
    result.labels[row] = labels[index] as number;
  }
  return result;
}
