/** Features by their direction alone: what losses on angles see of them. */

/** How far from the circle a sample is drawn, at most: else those of one class would cover each other. */
const SPREAD = 0.06;
const GOLDEN_RATIO = 0.618_033_988_75;

/**
 * x/‖x‖, on the circle of radius 1; the zero vector, which has no direction, stays in the middle.
 *
 * @param places [count × 2]
 */
export function toUnitCircle(places: Float32Array): Float32Array {
  const projected = new Float32Array(places.length);
  for (let i = 0; i < places.length; i += 2) {
    const [x, y] = [places[i] as number, places[i + 1] as number];
    const length = Math.hypot(x, y) || 1;
    projected[i] = x / length;
    projected[i + 1] = y / length;
  }
  return projected;
}

/** The same with each sample a little inside or outside of the circle, always by the same: so density shows. */
export function spreadOnUnitCircle(places: Float32Array): Float32Array {
  const projected = toUnitCircle(places);
  for (let i = 0; i < projected.length; i += 2) {
    const radius = spreadOf(i / 2);
    projected[i] = (projected[i] as number) * radius;
    projected[i + 1] = (projected[i + 1] as number) * radius;
  }
  return projected;
}

/** The radius at which a sample is drawn, by its row. */
export function spreadOf(row: number): number {
  return 1 + SPREAD * (2 * ((row * GOLDEN_RATIO) % 1) - 1);
}
