/** Circles round each centre, e.g. the margins inside of which a class belongs and outside of which all others do. */

import type { Circle } from '../../losses/term.ts';
import { type Mark, px } from '../mark.ts';
import { QUIET } from '../palette.ts';
import type { CentresChannels } from './centres.ts';
import { opacityOf, placesOf } from './classes.ts';

export interface CirclesChannels extends CentresChannels {
  /** A colour a class. */
  readonly colours: readonly string[];
  /** Round each centre. */
  readonly circles: readonly Circle[];
  /** True for those outside of which other classes belong, of all classes; else of the lit one alone. */
  readonly showsAllCircles: boolean;
}

const LINES = {
  inside: { 'stroke-opacity': 0.75 },
  outside: { 'stroke-opacity': 0.4, 'stroke-dasharray': '5 5' },
};

export const circles: Mark<CirclesChannels> = {
  name: 'circles',
  channels: ['centres', 'circles', 'showsAllCircles', 'colours', 'litClass'],
  render(channels, { view }) {
    const isShown = ({ kind }: Circle, label: number) =>
      kind === 'inside' || channels.showsAllCircles || channels.litClass === label;
    return placesOf(channels.centres, view).flatMap(({ label, x, y }) =>
      channels.circles
        .filter((circle) => isShown(circle, label))
        .map(({ radius, kind }) => ({
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
  key: ({ circles, showsAllCircles, litClass }, theme) =>
    KEYS.filter(
      ({ kind }) =>
        circles.some((circle) => circle.kind === kind) &&
        (kind === 'inside' || showsAllCircles || litClass !== undefined),
    ).map(({ kind, text }) => ({
      sign: [
        {
          tag: 'circle',
          attributes: {
            cx: 10,
            cy: 7,
            r: 5.5,
            fill: 'none',
            stroke: QUIET[theme],
            'stroke-width': 1.2,
            ...LINES[kind],
          },
        },
      ],
      text,
    })),
};

const KEYS = [
  { kind: 'inside', text: 'margin: own class inside' },
  { kind: 'outside', text: 'margin: others outside' },
] as const;
