/** The name of a class, e.g. the digit itself, at its mean: no one has to look a colour up. */

import { type Mark, px } from '../mark.ts';
import { FONT, GROUND, INK } from '../palette.ts';
import { type LitClass, opacityOf, placesOf } from './classes.ts';

export interface ClassNamesChannels extends LitClass {
  /** Class means of the shown points, [classes × 2]; NaN where a class has none. */
  readonly means: Float32Array;
  /** A name a class. */
  readonly names: readonly string[];
}

export const classNames: Mark<ClassNamesChannels> = {
  name: 'class-names',
  channels: ['means', 'names', 'litClass'],
  render(channels, { view, theme }) {
    return placesOf(channels.means, view).map(({ label, x, y }) => ({
      tag: 'text',
      attributes: {
        class: 'digit',
        x: px(x),
        y: px(y),
        'font-family': FONT,
        'font-size': (channels.names[label]?.length ?? 0) > 2 ? 12 : 19,
        'font-weight': 650,
        'text-anchor': 'middle',
        'dominant-baseline': 'central',
        fill: INK[theme],
        // The ground round it keeps it legible over the points.
        stroke: GROUND[theme],
        'stroke-width': 5,
        'stroke-linejoin': 'round',
        'paint-order': 'stroke',
        opacity: opacityOf(channels, label),
      },
      text: channels.names[label] ?? '',
    }));
  },
  key: ({ names, means }, theme) =>
    means.some(Number.isFinite)
      ? [
          {
            sign: [
              {
                tag: 'text',
                attributes: {
                  ...{ x: 10, y: 12, 'font-family': FONT, 'font-size': 13, 'font-weight': 650 },
                  ...{ 'text-anchor': 'middle', fill: INK[theme] },
                },
                // A long name has no room in a key.
                text: (names[0]?.length ?? 0) > 2 ? 'Aa' : (names[0] ?? ''),
              },
            ],
            text: 'mean of a class',
          },
        ]
      : [],
};
