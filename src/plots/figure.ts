/** A scatter plot as a figure of its own: an SVG document that needs no style sheet, as text. */

import { axesOf, TICKS } from './axes.ts';
import { CLASS_COLOURS, classColour, GROUND, type Theme } from './palette.ts';
import type { Picture } from './scatter.ts';
import { toPixelX, toPixelY } from './view.ts';

export interface FigureText {
  readonly title: string;
  /** One line below the plot: step, weights, measures. */
  readonly caption: string;
}

const INK: Record<Theme, string> = { light: '#1a2026', dark: '#e6eaee' };
const QUIET: Record<Theme, string> = { light: '#59636e', dark: '#9aa6b2' };
const FONT = 'font-family="system-ui, sans-serif"';
const HEAD = 28;
const FOOT = 28;
const POINT_RADIUS = 1.8;

/** The whole height, in CSS pixels, of the figure of a plot. */
export function figureHeight({ height }: Picture): number {
  return HEAD + height + FOOT;
}

/** What the picture shows, as an SVG document. */
export function figureSvg(picture: Picture, { title, caption }: FigureText): string {
  const { scene, width, height } = picture;
  const { theme } = scene;
  const total = figureHeight(picture);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}">`,
    `<title>${escaped(title)}</title><desc>${escaped(caption)}</desc>`,
    `<rect width="${width}" height="${total}" fill="${GROUND[theme]}"/>`,
    `<text x="10" y="19" ${FONT} font-size="14" font-weight="600" fill="${INK[theme]}">${escaped(title)}</text>`,
    `<svg y="${HEAD}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    ...points(picture),
    ...margins(picture),
    ...centres(picture),
    ...digits(picture),
    ...axes(picture),
    '</svg>',
    `<text x="10" y="${total - 10}" ${FONT} font-size="11" fill="${QUIET[theme]}">${escaped(caption)}</text>`,
    '</svg>',
  ].join('\n');
}

/** A group a class, a point each, as dots of a path: a third of the bytes of circles. */
function points({ scene, points: places, view, width, height }: Picture): string[] {
  return CLASS_COLOURS[scene.theme].map((colour, label) => {
    const dots: string[] = [];
    for (let i = 0; i < scene.labels.length; i++) {
      if (scene.labels[i] !== label) continue;
      const x = toPixelX(view, places[2 * i] as number);
      const y = toPixelY(view, places[2 * i + 1] as number);
      if (x > -5 && y > -5 && x < width + 5 && y < height + 5)
        dots.push(`M${x.toFixed(1)} ${y.toFixed(1)}h0`);
    }
    const opacity = scene.litClass === undefined || scene.litClass === label ? 0.72 : 0.1;
    return `<path d="${dots.join('')}" stroke="${colour}" stroke-opacity="${opacity}" stroke-width="${2 * POINT_RADIUS}" stroke-linecap="round"/>`;
  });
}

function margins({ scene, view }: Picture): string[] {
  const radii = scene.margins;
  if (radii === undefined) return [];
  return rowsOf(scene.centres).flatMap(([label, x, y]) => {
    const circle = `<circle cx="${toPixelX(view, x).toFixed(1)}" cy="${toPixelY(view, y).toFixed(1)}" fill="none" stroke="${classColour(scene.theme, label)}" stroke-width="1.2"`;
    return [
      `${circle} stroke-opacity="0.75" r="${(radii.alphaPlus * view.scale).toFixed(1)}"/>`,
      `${circle} stroke-opacity="0.4" stroke-dasharray="5 5" r="${(radii.alphaMinus * view.scale).toFixed(1)}"/>`,
    ];
  });
}

function centres({ scene, view }: Picture): string[] {
  return rowsOf(scene.centres).map(([, x, y]) => {
    const [px, py] = [toPixelX(view, x), toPixelY(view, y)];
    return `<path d="M${(px - 5).toFixed(1)},${py.toFixed(1)}h10M${px.toFixed(1)},${(py - 5).toFixed(1)}v10" stroke="${INK[scene.theme]}" stroke-width="1.2" opacity="0.7"/>`;
  });
}

function digits({ scene, view }: Picture): string[] {
  return rowsOf(scene.means).map(
    ([label, x, y]) =>
      `<text x="${toPixelX(view, x).toFixed(1)}" y="${toPixelY(view, y).toFixed(1)}" ${FONT} font-size="19" font-weight="650" text-anchor="middle" dominant-baseline="central" fill="${INK[scene.theme]}" stroke="${GROUND[scene.theme]}" stroke-width="5" stroke-linejoin="round" paint-order="stroke">${label}</text>`,
  );
}

function axes({ scene, view, width, height }: Picture): string[] {
  const colour = QUIET[scene.theme];
  const text = `${FONT} font-size="10" fill="${colour}"`;
  const { x, y } = axesOf(view, width, height);
  const xText = x.scale.tickFormat(TICKS);
  const yText = y.scale.tickFormat(TICKS);
  return [
    ...x.ticks.map((tick) => {
      return `<path d="M${x.scale(tick).toFixed(1)},${height}v-4" stroke="${colour}"/><text x="${x.scale(tick).toFixed(1)}" y="${height - 7}" text-anchor="middle" ${text}>${xText(tick)}</text>`;
    }),
    ...y.ticks.map((tick) => {
      return `<path d="M0,${y.scale(tick).toFixed(1)}h4" stroke="${colour}"/><text x="8" y="${(y.scale(tick) + 3).toFixed(1)}" ${text}>${yText(tick)}</text>`;
    }),
  ];
}

/** The finite rows of [10 × 2] places. */
function rowsOf(places: Float32Array): [label: number, x: number, y: number][] {
  return Array.from({ length: places.length / 2 }, (_, label): [number, number, number] => [
    label,
    places[2 * label] as number,
    places[2 * label + 1] as number,
  ]).filter(([, x, y]) => Number.isFinite(x) && Number.isFinite(y));
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
