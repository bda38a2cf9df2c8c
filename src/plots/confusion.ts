/** A confusion matrix as a figure: an SVG document, as text. */

import { FONT, GENUINE, GROUND, IMPOSTOR, INK, LINE, QUIET, type Theme } from './palette.ts';
import { broken, type Figure } from './panels-figure.ts';
import { escaped, SVG } from './svg.ts';

const CELL = 34;
const EDGE = 12;

/**
 * @param counts [classes × classes]: the true class down, the predicted one across
 * @param names a name a class
 */
export function confusionFigure(
  counts: Uint32Array,
  names: readonly string[],
  { title, caption, theme }: { readonly title: string; readonly caption: string; readonly theme: Theme },
): Figure {
  const classes = names.length;
  const left = EDGE + 16 + 7 * Math.max(...names.map((name) => name.length));
  const top = EDGE + 44;
  const width = Math.max(left + classes * CELL + EDGE, 420);
  const lines = broken(caption, Math.floor((width - 2 * EDGE) / 5.7));
  const height = top + classes * CELL + 18 + lines.length * 16;
  const text = (x: number, y: number, content: string, more = '') =>
    `<text x="${x}" y="${y}" font-family="${FONT}" font-size="11" fill="${QUIET[theme]}" ${more}>${escaped(content)}</text>`;
  const cells = names.flatMap((_, label) => {
    const row = counts.subarray(label * classes, (label + 1) * classes);
    const total = row.reduce((sum, count) => sum + count, 0);
    return names.map((_, predicted) => {
      const count = row[predicted] ?? 0;
      const [x, y] = [left + predicted * CELL, top + label * CELL];
      const colour = (label === predicted ? GENUINE : IMPOSTOR)[theme];
      const share = total > 0 ? Math.min(0.3, count / total) : 0;
      return `<rect x="${x + 1}" y="${y + 1}" width="${CELL - 2}" height="${CELL - 2}" rx="4" fill="${colour}" fill-opacity="${share.toFixed(3)}" stroke="${LINE[theme]}"/>${
        count === 0
          ? ''
          : `<text x="${x + CELL / 2}" y="${y + CELL / 2 + 4}" font-family="${FONT}" font-size="11" text-anchor="middle" fill="${INK[theme]}">${count}</text>`
      }`;
    });
  });
  const svg = [
    `<svg xmlns="${SVG}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escaped(title)}</title><desc>${escaped(caption)}</desc>`,
    `<rect width="${width}" height="${height}" fill="${GROUND[theme]}"/>`,
    `<text x="${EDGE}" y="${EDGE + 12}" font-family="${FONT}" font-size="13" font-weight="600" fill="${INK[theme]}">${escaped(title)}</text>`,
    ...names.map((name, i) => text(left + (i + 0.5) * CELL, top - 6, name, 'text-anchor="middle"')),
    ...names.map((name, i) => text(left - 6, top + (i + 0.5) * CELL + 4, name, 'text-anchor="end"')),
    ...cells,
    ...lines.map((line, i) => text(EDGE, top + classes * CELL + 20 + i * 16, line)),
    '</svg>',
  ].join('\n');
  return { svg, caption, width, height };
}
