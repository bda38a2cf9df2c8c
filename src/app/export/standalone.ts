/** A chart of the page as an SVG document of its own: drawn anew at its size and in its theme, its looks written into it. */

import { customProperties, FONT, GROUND, INK, QUIET, type Theme } from '../../plots/palette.ts';
import { broken, type Figure } from '../../plots/panels-figure.ts';
import { escaped, SVG } from '../../plots/svg.ts';

export interface StandaloneChart {
  readonly title: string;
  readonly caption: string;
  /** A line each: what has which colour. */
  readonly lines: readonly { readonly name: string; readonly className: string }[];
  /** The class of the chart's element, by which the style sheets know it. */
  readonly className: string;
  readonly width: number;
  readonly height: number;
  readonly draw: (svg: SVGSVGElement, width: number, height: number) => void;
}

const EDGE = 12;
const HEAD = 30;
const LINE = 16;
const CHARACTER = 5.7;
/** What style sheets say of an element that an SVG document must say itself. */
const LOOKS = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'opacity'],
  ...['font-size', 'font-family', 'text-anchor'],
] as const;

/** Draws the chart out of sight, in the theme, with the page's own style sheets. */
export function standalone(chart: StandaloneChart, theme: Theme): Figure {
  const host = document.createElement('div');
  host.style.cssText = 'position: fixed; left: -9999px; top: 0; visibility: hidden';
  host.setAttribute('aria-hidden', 'true');
  for (const [name, colour] of Object.entries(customProperties(theme))) host.style.setProperty(name, colour);
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', chart.className);
  host.append(svg);
  const samples = chart.lines.map(({ className }) => {
    const line = document.createElementNS(SVG, 'path');
    line.setAttribute('class', className);
    svg.append(line);
    return line;
  });
  document.body.append(host);
  try {
    const colours = samples.map((line) => {
      const { stroke } = getComputedStyle(line);
      line.remove();
      return stroke;
    });
    chart.draw(svg, chart.width, chart.height);
    // All looks first: the style sheets know elements by the classes of those around them.
    const elements = [...svg.querySelectorAll('*')];
    const looks = elements.map(looksOf);
    for (const [i, element] of elements.entries()) inline(element, looks[i]);
    return framed(chart, svg.innerHTML, colours, theme);
  } finally {
    host.remove();
  }
}

/** By name; undefined where it is not drawn at all. */
function looksOf(element: Element): ReadonlyMap<string, string> | undefined {
  const style = getComputedStyle(element);
  if (style.display === 'none') return undefined;
  return new Map(LOOKS.map((name) => [name, style.getPropertyValue(name)]));
}

function inline(element: Element, looks: ReadonlyMap<string, string> | undefined): void {
  if (looks === undefined) {
    element.remove();
    return;
  }
  for (const [name, value] of looks) if (value !== '') element.setAttribute(name, value);
  element.removeAttribute('class');
  element.removeAttribute('style');
}

/** With title, key and caption. */
function framed(
  { title, caption, lines, width, height }: StandaloneChart,
  content: string,
  colours: readonly string[],
  theme: Theme,
): Figure {
  const outer = width + 2 * EDGE;
  const sentences = broken(caption, Math.floor(width / CHARACTER));
  const keyTop = HEAD + height + 8;
  const captionTop = keyTop + (lines.length > 0 ? LINE + 6 : 0);
  const total = captionTop + sentences.length * LINE + EDGE - 4;
  let x = EDGE;
  const key = lines.map(({ name }, i) => {
    const at = x;
    x += 34 + name.length * CHARACTER;
    return `<path d="M${at} ${keyTop + 7}h16" stroke="${colours[i]}" stroke-width="3"/><text x="${at + 22}" y="${keyTop + 11}" font-family="${FONT}" font-size="11" fill="${INK[theme]}">${escaped(name)}</text>`;
  });
  const svg = [
    `<svg xmlns="${SVG}" width="${outer}" height="${total}" viewBox="0 0 ${outer} ${total}">`,
    `<title>${escaped(title)}</title><desc>${escaped(caption)}</desc>`,
    `<rect width="${outer}" height="${total}" fill="${GROUND[theme]}"/>`,
    `<text x="${EDGE}" y="20" font-family="${FONT}" font-size="13" font-weight="600" fill="${INK[theme]}">${escaped(title)}</text>`,
    `<svg x="${EDGE}" y="${HEAD}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>`,
    ...key,
    ...sentences.map(
      (line, i) =>
        `<text x="${EDGE}" y="${captionTop + 11 + i * LINE}" font-family="${FONT}" font-size="11" fill="${QUIET[theme]}">${escaped(line)}</text>`,
    ),
    '</svg>',
  ].join('\n');
  return { svg, caption, width: outer, height: total };
}
