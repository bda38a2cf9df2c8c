/** A ring round each pinned sample, with its number where there are several. */

import { type Mark, px, type Shape } from '../mark.ts';
import { FONT, GROUND, INK } from '../palette.ts';
import { toPixelX, toPixelY } from '../view.ts';

export interface PinsChannels {
  /** Where the samples are, [count × 2]. */
  readonly points: Float32Array;
  /** The rows of pinned samples, in the order in which they were pinned; −1 for one that is not shown. */
  readonly pinned: readonly number[];
}

const RADIUS = 6;

export const pins: Mark<PinsChannels> = {
  name: 'pins',
  channels: ['points', 'pinned'],
  render({ points, pinned }, { view, theme }) {
    return pinned.flatMap((row, pin): Shape[] => {
      const [x, y] = [points[2 * row], points[2 * row + 1]];
      if (x === undefined || y === undefined || !Number.isFinite(x + y)) return [];
      const [cx, cy] = [px(toPixelX(view, x)), px(toPixelY(view, y))];
      const ring = (width: number, stroke: string): Shape => ({
        tag: 'circle',
        attributes: { class: 'pin', cx, cy, r: RADIUS, fill: 'none', stroke, 'stroke-width': width },
      });
      // The ground round it keeps it in sight in the midst of points.
      const rings = [ring(5, GROUND[theme]), ring(2, INK[theme])];
      if (pinned.length < 2) return rings;
      return [
        ...rings,
        {
          tag: 'text',
          attributes: {
            ...{ class: 'pin-number', x: cx + RADIUS + 3, y: cy - RADIUS + 2, 'font-family': FONT },
            ...{ 'font-size': 11, 'font-weight': 650, fill: INK[theme], stroke: GROUND[theme] },
            ...{ 'stroke-width': 3, 'paint-order': 'stroke' },
          },
          text: String(pin + 1),
        },
      ];
    });
  },
  key: ({ pinned }, theme) =>
    pinned.some((row) => row >= 0)
      ? [
          {
            sign: [
              {
                tag: 'circle',
                attributes: { cx: 10, cy: 7, r: 5, fill: 'none', stroke: INK[theme], 'stroke-width': 2 },
              },
            ],
            text: 'pinned sample',
          },
        ]
      : [],
};
