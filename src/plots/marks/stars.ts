/** A star where a run puts the reader's drawing, kept at the edge where that is out of sight. */

import { type Mark, px, type Shape } from '../mark.ts';
import { FONT, GROUND, INK } from '../palette.ts';
import { toPixelX, toPixelY } from '../view.ts';

export interface StarsChannels {
  /** [count × 2]: those that were kept, then the newest. */
  readonly stars: Float32Array;
}

const OUTER = 9;
const INNER = 3.8;
const EDGE = 12;

export const stars: Mark<StarsChannels> = {
  name: 'stars',
  channels: ['stars'],
  render({ stars }, { view, width, height, theme }) {
    const count = stars.length / 2;
    return Array.from({ length: count }, (_, i): Shape[] => {
      const [x, y] = [toPixelX(view, stars[2 * i] as number), toPixelY(view, stars[2 * i + 1] as number)];
      if (!Number.isFinite(x + y)) return [];
      const cx = Math.max(EDGE, Math.min(width - EDGE, x));
      const cy = Math.max(EDGE, Math.min(height - EDGE, y));
      const isOutside = cx !== x || cy !== y;
      const star: Shape = {
        tag: 'path',
        attributes: {
          ...{ class: isOutside ? 'star is-outside' : 'star', d: starPath(cx, cy), stroke: GROUND[theme] },
          ...{ fill: INK[theme], 'stroke-width': 2, 'stroke-linejoin': 'round', 'paint-order': 'stroke' },
          'fill-opacity': isOutside ? 0.5 : 1,
        },
      };
      if (count < 2) return [star];
      return [
        star,
        {
          tag: 'text',
          attributes: {
            ...{ x: px(cx + 9), y: px(cy - 5), 'font-family': FONT, 'font-size': 11, 'font-weight': 650 },
            ...{ fill: INK[theme], stroke: GROUND[theme], 'stroke-width': 3, 'paint-order': 'stroke' },
          },
          text: String(i + 1),
        },
      ];
    }).flat();
  },
  key: ({ stars }, theme) =>
    stars.length > 0
      ? [
          {
            sign: [{ tag: 'path', attributes: { d: starPath(10, 7, 6.5, 2.8), fill: INK[theme] } }],
            text: 'your drawing',
          },
        ]
      : [],
};

function starPath(x: number, y: number, outer = OUTER, inner = INNER): string {
  const corners = Array.from({ length: 10 }, (_, i) => {
    const angle = (i * Math.PI) / 5 - Math.PI / 2;
    const radius = i % 2 === 0 ? outer : inner;
    return `${px(x + radius * Math.cos(angle))},${px(y + radius * Math.sin(angle))}`;
  });
  return `M${corners.join('L')}Z`;
}
