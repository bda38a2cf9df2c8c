/** A cross at each learned centre. */

import { type Mark, px } from '../mark.ts';
import { INK } from '../palette.ts';
import { type LitClass, opacityOf, placesOf } from './classes.ts';

export interface CentresChannels extends LitClass {
  /** Learned centres, [classes × 2]; NaN where a class has none. */
  readonly centres: Float32Array;
}

const ARM = 5;

export const centres: Mark<CentresChannels> = {
  name: 'centres',
  channels: ['centres', 'litClass'],
  render(channels, { view, theme }) {
    return placesOf(channels.centres, view).map(({ label, x, y }) => ({
      tag: 'path',
      attributes: {
        class: 'centre',
        d: `M${px(x - ARM)},${px(y)}h${2 * ARM}M${px(x)},${px(y - ARM)}v${2 * ARM}`,
        fill: 'none',
        stroke: INK[theme],
        'stroke-width': 1.2,
        'stroke-opacity': 0.7,
        opacity: opacityOf(channels, label),
      },
    }));
  },
  key: ({ centres }, theme) =>
    centres.some(Number.isFinite)
      ? [
          {
            sign: [
              { tag: 'path', attributes: { d: 'M5 7h10M10 2v10', stroke: INK[theme], 'stroke-width': 1.2 } },
            ],
            text: 'learned centre',
          },
        ]
      : [],
};
