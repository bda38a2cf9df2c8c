/** A ring round the sample that the reader points at. */

import { type Mark, px } from '../mark.ts';
import { INK } from '../palette.ts';
import { toPixelX, toPixelY } from '../view.ts';

export interface LitChannels {
  /** Where the samples are, [count × 2]. */
  readonly points: Float32Array;
  /** The lit sample's row, or −1. */
  readonly highlight: number;
}

export const lit: Mark<LitChannels> = {
  name: 'lit-sample',
  channels: ['points', 'highlight'],
  render({ points, highlight }, { view, theme }) {
    const x = points[2 * highlight];
    const y = points[2 * highlight + 1];
    if (x === undefined || y === undefined || !Number.isFinite(x + y)) return [];
    return [
      {
        tag: 'circle',
        attributes: {
          class: 'lit',
          cx: px(toPixelX(view, x)),
          cy: px(toPixelY(view, y)),
          r: 7,
          fill: 'none',
          stroke: INK[theme],
          'stroke-width': 2,
        },
      },
    ];
  },
};
