/** The name of a class, e.g. the digit itself, at its mean: no one has to look a colour up. */

import { type Attributes, type Mark, px } from '../mark.ts';
import { FONT, GROUND, INK, MANY } from '../palette.ts';
import { type LitClass, opacityOf, placesOf } from './classes.ts';

export interface ClassNamesChannels extends LitClass {
  /** Class means of the shown points, [classes × 2]; NaN where a class has none. */
  readonly means: Float32Array;
  /** A name a class. */
  readonly names: readonly string[];
  /** Classes that training never saw; where there are many, they stand out. */
  readonly hollow: readonly number[];
}

/** In CSS pixels: of digits, of words, of those among many that stand back. */
const SIZES = { digit: 19, word: 12, back: 10 };

function styleOf({ names, hollow, litClass }: ClassNamesChannels): (label: number) => Attributes {
  const isMany = names.length > MANY;
  const size = !isMany && names.every((name) => name.length <= 2) ? SIZES.digit : SIZES.word;
  const isBack = (label: number) =>
    isMany && hollow.length > 0 && !hollow.includes(label) && label !== litClass;
  return (label): Attributes =>
    isBack(label) ? { 'font-size': SIZES.back, 'fill-opacity': 0.6 } : { 'font-size': size };
}

export const classNames: Mark<ClassNamesChannels> = {
  name: 'class-names',
  channels: ['means', 'names', 'litClass', 'hollow'],
  render(channels, { view, theme }) {
    const styled = styleOf(channels);
    return placesOf(channels.means, view).map(({ label, x, y }) => ({
      tag: 'text',
      attributes: {
        class: 'digit',
        x: px(x),
        y: px(y),
        'font-family': FONT,
        ...styled(label),
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
