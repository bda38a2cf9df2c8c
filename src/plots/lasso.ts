/** Samples inside of a line that was drawn round them. */

/**
 * Rows of the points inside of a closed line, by the even-odd rule; the line closes by itself.
 *
 * @param places [count × 2], in the same units as the line
 * @param line x0, y0, x1, y1, …
 */
export function rowsInside(places: Float32Array, line: readonly number[]): number[] {
  const rows: number[] = [];
  for (let row = 0; row < places.length / 2; row++) {
    if (isInside(places[2 * row] as number, places[2 * row + 1] as number, line)) rows.push(row);
  }
  return rows;
}

function isInside(x: number, y: number, line: readonly number[]): boolean {
  let inside = false;
  for (let i = 0, before = line.length - 2; i < line.length; before = i, i += 2) {
    const [ax, ay] = [line[i] as number, line[i + 1] as number];
    const [bx, by] = [line[before] as number, line[before + 1] as number];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}
