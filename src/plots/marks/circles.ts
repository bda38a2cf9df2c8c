/** Circles round each centre, e.g. the margins inside of which a class belongs and outside of which all others do. */

import type { Circle } from '../../losses/term.ts';
import { type Mark, px } from '../mark.ts';
import type { CentresChannels } from './centres.ts';
import { opacityOf, placesOf } from './classes.ts';

export interface CirclesChannels extends CentresChannels {
  /** A colour a class. */
  readonly colours: readonly string[];
  /** Round each centre. */
  readonly circles: readonly Circle[];
}

const LINES = {
  inside: { 'stroke-opacity': 0.75 },
  outside: { 'stroke-opacity': 0.4, 'stroke-dasharray': '5 5' },
};

export const circles: Mark<CirclesChannels> = {
  name: 'circles',
  channels: ['centres', 'circles', 'colours', 'litClass'],
  render(channels, { view }) {
    return placesOf(channels.centres, view).flatMap(({ label, x, y }) =>
      channels.circles.map(({ radius, kind }) => ({
        tag: 'circle' as const,
        attributes: {
          class: `margin margin-${kind}`,
          cx: px(x),
          cy: px(y),
          r: px(radius * view.scale),
          fill: 'none',
          stroke: channels.colours[label] ?? 'none',
          'stroke-width': 1.2,
          ...LINES[kind],
          opacity: opacityOf(channels, label),
        },
      })),
    );
  },
};
