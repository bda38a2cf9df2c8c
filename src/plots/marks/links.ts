/** Pairs of samples joined by lines, e.g. those that a threshold decides wrongly. */

import { type Mark, px } from '../mark.ts';
import { GENUINE, IMPOSTOR } from '../palette.ts';
import { toPixelX, toPixelY } from '../view.ts';

export interface Links {
  /** Genuine pairs that are refused, or impostors that are accepted. */
  readonly kind: 'refused' | 'accepted';
  /** Rows of both ends, [count] each. */
  readonly first: Uint32Array;
  readonly second: Uint32Array;
}

export interface LinksChannels {
  /** Where the samples are, [count × 2]. */
  readonly points: Float32Array;
  readonly links: readonly Links[] | undefined;
}

/** So many are lines to be followed one by one; more are a texture. */
const FEW = 10;

const COLOURS = { refused: GENUINE, accepted: IMPOSTOR };

export const links: Mark<LinksChannels> = {
  name: 'links',
  channels: ['points', 'links'],
  render({ points, links: kinds = [] }, { view, theme }) {
    const place = (row: number) => {
      const x = px(toPixelX(view, points[2 * row] as number));
      return `${x},${px(toPixelY(view, points[2 * row + 1] as number))}`;
    };
    return kinds.map(({ kind, first, second }) => ({
      tag: 'path',
      attributes: {
        class: `links ${kind}`,
        d: Array.from(first, (row, i) => `M${place(row)}L${place(second[i] as number)}`).join(''),
        fill: 'none',
        stroke: COLOURS[kind][theme],
        'stroke-opacity': first.length > FEW ? 0.45 : 0.95,
        'stroke-width': first.length > FEW ? 1 : 2,
      },
    }));
  },
  key: ({ links = [] }, theme) =>
    links.flatMap(({ kind, first }) =>
      first.length === 0
        ? []
        : [
            {
              sign: [{ tag: 'path', attributes: { d: 'M1 12L19 2', stroke: COLOURS[kind][theme] } }],
              text: kind === 'refused' ? 'same class, refused' : 'other class, accepted',
            },
          ],
    ),
};
