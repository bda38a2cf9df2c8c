/** A scatter plot as a figure of its own: an SVG document that needs no style sheet, as text. */

import type { Frame } from './mark.ts';
import { type Channels, MARKS } from './marks.ts';
import { coloursOf, FONT, GROUND, INK, QUIET, type Theme } from './palette.ts';
import { escaped, markText, SVG } from './svg.ts';
import { toFeatureX, toFeatureY } from './view.ts';

/** What a plot shows, with the place of everything in it. */
export interface Picture {
  readonly channels: Channels;
  readonly frame: Frame;
}

export interface FigureText {
  readonly title: string;
  /** Behind the title, smaller. */
  readonly subtitle?: string | undefined;
  /** One line below the plot: step, weights, measures. */
  readonly caption: string;
}

const HEAD = 28;
const FOOT = 28;

/** The same part of feature space in another frame and theme. */
export function inFrame({ channels, frame }: Picture, size: number, theme: Theme): Picture {
  const { view, width, height } = frame;
  const scale = (view.scale * size) / Math.min(width, height);
  const [x, y] = [toFeatureX(view, width / 2), toFeatureY(view, height / 2)];
  return {
    channels: { ...channels, colours: coloursOf(theme, channels.colours.length, channels) },
    frame: {
      view: { scale, left: size / 2 - x * scale, top: size / 2 + y * scale },
      ...{ width: size, height: size, theme },
    },
  };
}

/** The whole height, in CSS pixels, of the figure of a plot. */
export function figureHeight({ frame }: Picture): number {
  return HEAD + frame.height + FOOT;
}

/** What the picture shows, as an SVG document. */
export function figureSvg(picture: Picture, { title, subtitle, caption }: FigureText): string {
  const { channels, frame } = picture;
  const { width, height, theme } = frame;
  const total = figureHeight(picture);
  const smaller =
    subtitle === undefined
      ? ''
      : `<tspan dx="6" font-size="11" font-weight="400" fill="${QUIET[theme]}">${escaped(subtitle)}</tspan>`;
  return [
    `<svg xmlns="${SVG}" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}">`,
    `<title>${escaped(title)}</title><desc>${escaped(subtitle === undefined ? caption : `${subtitle}. ${caption}`)}</desc>`,
    `<rect width="${width}" height="${total}" fill="${GROUND[theme]}"/>`,
    `<text x="10" y="19" font-family="${FONT}" font-size="14" font-weight="600" fill="${INK[theme]}">${escaped(title)}${smaller}</text>`,
    `<svg y="${HEAD}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    ...MARKS.map((mark) => markText(mark, channels, frame)),
    '</svg>',
    `<text x="10" y="${total - 10}" font-family="${FONT}" font-size="11" fill="${QUIET[theme]}">${escaped(caption)}</text>`,
    '</svg>',
  ].join('\n');
}
