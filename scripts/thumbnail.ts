/** A scatter plot that fits a line of a menu: a few samples of each class, without anything else. */

import { classColours } from '../src/plots/palette.ts';
import { extentOf, toPixelX, toPixelY, viewOf } from '../src/plots/view.ts';

const SIZE = 44;
const SAMPLES = 260;

/** @param csv lines of `label,x,y` below a heading, as `--features` writes them */
export function thumbnailOf(csv: string): string {
  const rows = csv
    .trim()
    .split('\n')
    .slice(1, 1 + SAMPLES)
    .map((line) => line.split(',').map(Number));
  const points = Float32Array.from(rows.flatMap(([, x = 0, y = 0]) => [x, y]));
  const view = viewOf(extentOf(points, new Float32Array(0)), SIZE, SIZE);
  const classes = 1 + Math.max(...rows.map(([label = 0]) => label));
  const paths = classColours('light', classes).map((colour, own) => {
    const dots = rows
      .filter(([label]) => label === own)
      .map(([, x = 0, y = 0]) => `M${toPixelX(view, x).toFixed(1)} ${toPixelY(view, y).toFixed(1)}h0`);
    return `<path d="${dots.join('')}" stroke="${colour}"/>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}" width="${SIZE}" height="${SIZE}">`,
    '<g fill="none" stroke-width="1.8" stroke-linecap="round">',
    ...paths,
    '</g></svg>\n',
  ].join('');
}
