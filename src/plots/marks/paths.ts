/** Where pinned samples were at earlier steps, fading into the past, with the moments at which their prediction changed. */

import { type Mark, px, type Shape } from '../mark.ts';
import { FONT, GROUND, INK } from '../palette.ts';
import { toPixelX, toPixelY } from '../view.ts';

/** One sample over time, oldest place first, the place shown last. */
export interface Path {
  /** Its own class. */
  readonly label: number;
  /** [moments × 2]. */
  readonly places: Float32Array;
  /** Moments from which another class was predicted, and which. */
  readonly changes: readonly { readonly moment: number; readonly to: number }[];
}

export interface PathsChannels {
  readonly paths: readonly Path[];
  /** A colour and a name a class. */
  readonly colours: readonly string[];
  readonly names: readonly string[];
}

/** A path is drawn in so many pieces, each fainter than the next one. */
const PIECES = 12;
const OLDEST = 0.12;
const NEWEST = 0.9;
/** Changes of prediction that are marked, at most: the newest. Early on there are many. */
const MOST_CHANGES = 6;

export const paths: Mark<PathsChannels> = {
  name: 'paths',
  channels: ['paths', 'colours', 'names'],
  group: { fill: 'none', 'stroke-linejoin': 'round', 'stroke-linecap': 'round' },
  render({ paths, colours, names }, { view, theme }) {
    return paths.flatMap(({ label, places, changes }): Shape[] => {
      const count = places.length / 2;
      const at = (moment: number) => ({
        x: px(toPixelX(view, places[2 * moment] as number)),
        y: px(toPixelY(view, places[2 * moment + 1] as number)),
      });
      const pieces = Array.from({ length: PIECES }, (_, piece): Shape[] => {
        const from = Math.floor((piece * (count - 1)) / PIECES);
        const to = Math.floor(((piece + 1) * (count - 1)) / PIECES);
        if (to <= from) return [];
        const corners = Array.from({ length: to - from + 1 }, (_, i) => {
          const { x, y } = at(from + i);
          return `${x},${y}`;
        });
        const opacity = OLDEST + ((NEWEST - OLDEST) * (piece + 1)) / PIECES;
        return [
          {
            tag: 'path',
            attributes: {
              ...{ class: 'path', d: `M${corners.join('L')}`, stroke: colours[label] ?? INK[theme] },
              ...{ 'stroke-width': 1.8, 'stroke-opacity': Math.round(100 * opacity) / 100 },
            },
          },
        ];
      });
      const marked = changes.slice(-MOST_CHANGES).flatMap(({ moment, to }): Shape[] => {
        const { x, y } = at(moment);
        return [
          {
            tag: 'circle',
            attributes: {
              ...{ class: 'change', cx: x, cy: y, r: 3, fill: GROUND[theme] },
              ...{ stroke: colours[to] ?? INK[theme], 'stroke-width': 1.8 },
            },
          },
          {
            tag: 'text',
            attributes: {
              ...{ x: px(x + 5), y: px(y + 4), 'font-family': FONT, 'font-size': 11, 'font-weight': 600 },
              ...{ fill: colours[to] ?? INK[theme], stroke: GROUND[theme], 'stroke-width': 3 },
              'paint-order': 'stroke',
            },
            text: names[to] ?? '',
          },
        ];
      });
      return [...pieces.flat(), ...marked];
    });
  },
  key: ({ paths }, theme) => [
    ...(paths.some(({ places }) => places.length > 2)
      ? [
          {
            sign: [
              {
                tag: 'path' as const,
                attributes: {
                  d: 'M1 12C6 12 8 3 19 3',
                  fill: 'none',
                  stroke: INK[theme],
                  'stroke-width': 1.8,
                },
              },
            ],
            text: 'its path so far',
          },
        ]
      : []),
    ...(paths.some(({ changes }) => changes.length > 0)
      ? [
          {
            sign: [
              {
                tag: 'circle' as const,
                attributes: { cx: 10, cy: 7, r: 3, fill: 'none', stroke: INK[theme], 'stroke-width': 1.8 },
              },
            ],
            text: 'from here taken for another class',
          },
        ]
      : []),
  ],
};
