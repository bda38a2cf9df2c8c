/** Strokes of a pen as ink on a grid, without a canvas: the same on every machine, and in tests. */

/** A stroke's corners x0, y0, x1, y1, …, in shares of the pad's side. */
export type Stroke = readonly number[];

/** Of the grid's side: four points a pixel of an image. */
export const GRID = 112;
/** Of the pen on the pad, in shares of its side: about two pixels of an image. */
export const PEN_WIDTH = 1 / 13;

/** Ink 0 to 255, [GRID × GRID]: round pen, edges by their share. */
export function inkOf(strokes: readonly Stroke[], penWidth: number): Uint8Array {
  const ink = new Uint8Array(GRID * GRID);
  const radius = (penWidth * GRID) / 2;
  for (const stroke of strokes) {
    for (let i = 0; i < stroke.length; i += 2) {
      // A stroke of one corner is a dot.
      const next = Math.min(i + 2, stroke.length - 2);
      const [ax, ay, bx, by] = [i, i + 1, next, next + 1].map((k) => (stroke[k] as number) * GRID) as [
        number,
        number,
        number,
        number,
      ];
      drawSegment(ink, ax, ay, bx, by, radius);
    }
  }
  return ink;
}

function drawSegment(ink: Uint8Array, ax: number, ay: number, bx: number, by: number, radius: number): void {
  const reach = radius + 1;
  const within = (value: number) => Math.max(0, Math.min(GRID - 1, Math.floor(value)));
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy;
  for (let y = within(Math.min(ay, by) - reach); y <= within(Math.max(ay, by) + reach); y++) {
    for (let x = within(Math.min(ax, bx) - reach); x <= within(Math.max(ax, bx) + reach); x++) {
      const [px, py] = [x + 0.5 - ax, y + 0.5 - ay];
      const t = square > 0 ? Math.max(0, Math.min(1, (px * dx + py * dy) / square)) : 0;
      const distance = Math.hypot(px - t * dx, py - t * dy);
      const cover = Math.round(255 * Math.max(0, Math.min(1, radius + 0.5 - distance)));
      const at = y * GRID + x;
      if (cover > (ink[at] as number)) ink[at] = cover;
    }
  }
}

/**
 * Ink of a picture: dark on light or light on dark, whichever its edge says is the ground.
 *
 * @param rgba [side × side × 4] bytes
 * @returns [side × side], 0 to 255, stretched to the whole range
 */
export function inkOfPicture(rgba: Uint8ClampedArray, side: number): Uint8Array {
  const grey = Float32Array.from({ length: side * side }, (_, i) => {
    const [red, green, blue, alpha] = [0, 1, 2, 3].map((k) => rgba[4 * i + k] as number) as [
      number,
      number,
      number,
      number,
    ];
    // What is transparent is paper.
    return 255 - ((255 - (0.299 * red + 0.587 * green + 0.114 * blue)) * alpha) / 255;
  });
  const edge: number[] = [];
  for (let i = 0; i < side; i++)
    for (const at of [i, (side - 1) * side + i, i * side, i * side + side - 1]) edge.push(grey[at] as number);
  const ground = edge.sort((a, b) => a - b)[Math.floor(edge.length / 2)] as number;
  const ink = grey.map((value) => Math.abs(value - ground));
  const most = Math.max(1, ...ink);
  return Uint8Array.from(ink, (value) => Math.round((255 * value) / most));
}
