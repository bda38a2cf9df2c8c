/** Images of a batch, moved a little and mirrored: small sets are learnt by heart without. A function of seed and step alone. */

import { createRandom } from './random.ts';

export const AUGMENTATIONS = ['shift', 'shift-mirror'] as const;
export type Augmentation = (typeof AUGMENTATIONS)[number];

/** Pixels, at most, to each side. */
const SHIFT = 2;

export interface AugmentationOf {
  readonly kind: Augmentation;
  /** 1 to 2³² − 1. */
  readonly seed: number;
  readonly step: number;
  /** Images are side × side bytes. */
  readonly side: number;
}

/**
 * Each image is moved by up to two pixels to each side, what comes in repeating the edge; with 'shift-mirror' every second
 * one in the mean is mirrored left to right.
 *
 * @param images [count × side²]
 * @returns [count × side²], another array
 */
export function augmented(images: Uint8Array, { kind, seed, step, side }: AugmentationOf): Uint8Array {
  const random = createRandom(seed, `augmentation of step ${step}`);
  const result = new Uint8Array(images.length);
  const size = side * side;
  const inside = (place: number) => Math.min(side - 1, Math.max(0, place));
  for (let start = 0; start < images.length; start += size) {
    const [right, down] = [random.int(2 * SHIFT + 1) - SHIFT, random.int(2 * SHIFT + 1) - SHIFT];
    // Drawn in either case: the shifts are the same with mirrors and without.
    const isMirrored = random.uniform() < 0.5 && kind === 'shift-mirror';
    for (let y = 0; y < side; y++) {
      const row = start + inside(y - down) * side;
      for (let x = 0; x < side; x++) {
        const from = inside(x - right);
        result[start + y * side + x] = images[row + (isMirrored ? side - 1 - from : from)] as number;
      }
    }
  }
  return result;
}
