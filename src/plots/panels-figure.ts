/** Several panels as one figure for a paper: side by side at equal size, with letters, keys and a caption. */

import type { Picture } from './figure.ts';
import { type Attributes, type KeyEntry, px } from './mark.ts';
import { MARKS } from './marks.ts';
import { FONT, GROUND, INK, LINE, QUIET, type Theme } from './palette.ts';
import { escaped, markText, SVG, shapeText } from './svg.ts';

export interface FigurePanel {
  readonly title: string;
  /** All of one size and theme: `inFrame`. */
  readonly picture: Picture;
}

/** An SVG document, the caption that stands in it, and its size in CSS pixels. */
export interface Figure {
  readonly svg: string;
  readonly caption: string;
  readonly width: number;
  readonly height: number;
}

const GAP = 14;
const EDGE = 12;
const HEAD = 24;
const LINE_HEIGHT = 16;
const FONT_SIZE = 11;
/** Of a character of this font, at most: lines are broken without a page that could measure them. */
const CHARACTER = 5.7;

/** Panels of unequal size or theme are a mistake of the caller. @throws RangeError */
export function panelsFigure(panels: readonly FigurePanel[], caption: string): Figure {
  const [first] = panels;
  if (first === undefined) throw new RangeError('A figure needs a panel.');
  const { width: size, theme } = first.picture.frame;
  const columns = panels.length === 4 ? 2 : panels.length;
  const rows = Math.ceil(panels.length / columns);
  const width = 2 * EDGE + columns * size + (columns - 1) * GAP;
  const inner = width - 2 * EDGE;
  const plots = panels.map(({ title, picture }, i) => {
    const x = EDGE + (i % columns) * (size + GAP);
    const y = EDGE + Math.floor(i / columns) * (size + HEAD + GAP);
    return [
      `<text x="${x}" y="${y + 15}" font-family="${FONT}" font-size="13" fill="${INK[theme]}"><tspan font-weight="700">(${letterOf(i)})</tspan> <tspan>${escaped(title)}</tspan></text>`,
      `<svg x="${x}" y="${y + HEAD}" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}">`,
      ...MARKS.map((mark) => markText(mark, picture.channels, picture.frame)),
      '</svg>',
      `<rect x="${x}" y="${y + HEAD}" width="${size}" height="${size}" fill="none" stroke="${LINE[theme]}"/>`,
    ].join('\n');
  });
  const keyTop = EDGE + rows * (size + HEAD + GAP);
  const key = keyText([...classKey(first.picture), ...signsOf(panels)], keyTop, inner, theme);
  const lines = broken(caption, Math.floor(inner / CHARACTER));
  const captionTop = keyTop + key.height + 6;
  const height = captionTop + lines.length * LINE_HEIGHT + EDGE - 4;
  const text = lines.map(
    (line, i) =>
      `<text x="${EDGE}" y="${captionTop + 11 + i * LINE_HEIGHT}" font-family="${FONT}" font-size="${FONT_SIZE}" fill="${QUIET[theme]}">${escaped(line)}</text>`,
  );
  const svg = [
    `<svg xmlns="${SVG}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escaped(panels.map(({ title }) => title).join(', '))}</title><desc>${escaped(caption)}</desc>`,
    `<rect width="${width}" height="${height}" fill="${GROUND[theme]}"/>`,
    ...plots,
    key.text,
    ...text,
    '</svg>',
  ].join('\n');
  return { svg, caption, width, height };
}

/** a, b, c, … */
export function letterOf(index: number): string {
  return String.fromCharCode(97 + index);
}

/** A dot in its colour for every class, a ring for one that training never saw. */
function classKey({ channels: { names, colours, hollow } }: Picture): KeyEntry[] {
  return names.map((text, label) => {
    const colour = colours[label] ?? 'none';
    const ink: Attributes = hollow.includes(label) ? { fill: 'none', stroke: colour } : { fill: colour };
    return { sign: [{ tag: 'circle', attributes: { cx: 14, cy: 7, r: 3.2, ...ink } }], text };
  });
}

/** Every sign that is drawn in one of the panels, once. */
function signsOf(panels: readonly FigurePanel[]): KeyEntry[] {
  const entries = MARKS.flatMap((mark) =>
    panels.flatMap(({ picture: { channels, frame } }) => mark.key?.(channels, frame.theme) ?? []),
  );
  return entries.filter(({ text }, i) => entries.findIndex((other) => other.text === text) === i);
}

/** Entries in lines of this width. */
function keyText(entries: readonly KeyEntry[], top: number, width: number, theme: Theme) {
  let x = 0;
  let y = 0;
  const parts = entries.map(({ sign, text }) => {
    const length = 40 + text.length * CHARACTER;
    if (x > 0 && x + length > width) {
      x = 0;
      y += LINE_HEIGHT + 2;
    }
    const group = `<g transform="translate(${px(EDGE + x - 6)},${px(top + y)})">${sign.map(shapeText).join('')}<text x="24" y="11" font-family="${FONT}" font-size="${FONT_SIZE}" fill="${INK[theme]}">${escaped(text)}</text></g>`;
    x += length;
    return group;
  });
  return { text: parts.join('\n'), height: y + LINE_HEIGHT + 2 };
}

/** Lines of at most so many characters, broken at spaces. */
export function broken(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
