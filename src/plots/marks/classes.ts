/** What the marks that stand once for a class have in common: their places, and which of them stand back. */

import { toPixelX, toPixelY, type View } from '../view.ts';

export interface LitClass {
  /** The class that stands out, or undefined for all. */
  readonly litClass: number | undefined;
}

export interface ClassPlace {
  readonly label: number;
  /** In CSS pixels. */
  readonly x: number;
  readonly y: number;
}

/** The finite rows of [classes × 2] places in feature space. */
export function placesOf(rows: Float32Array, view: View): ClassPlace[] {
  const places: ClassPlace[] = [];
  for (let label = 0; label < rows.length / 2; label++) {
    const x = rows[2 * label] as number;
    const y = rows[2 * label + 1] as number;
    if (Number.isFinite(x) && Number.isFinite(y)) {
      places.push({ label, x: toPixelX(view, x), y: toPixelY(view, y) });
    }
  }
  return places;
}

export function opacityOf({ litClass }: LitClass, label: number): number {
  return litClass === undefined || litClass === label ? 1 : 0.15;
}
