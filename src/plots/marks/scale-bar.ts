/** How long a round number of feature units is: what a switch does to it shows while the axes follow. */

import { type Mark, px } from '../mark.ts';
import { FONT, GROUND, QUIET } from '../palette.ts';

export interface ScaleBarChannels {
  /** Mean distance between two class means where plots are drawn at equal ones: then that is the bar. */
  readonly commonD2: number | undefined;
  /** True where features are shown by their direction alone: the circle is the scale. */
  readonly isUnitCircle: boolean;
}

/** About so long, at most, in CSS pixels. */
const LONGEST = 76;
const RIGHT = 12;
const TOP = 18;

export const scaleBar: Mark<ScaleBarChannels> = {
  name: 'scale-bar',
  channels: ['commonD2', 'isUnitCircle'],
  render({ commonD2, isUnitCircle }, { view, width, theme }) {
    const units = commonD2 ?? roundBelow(LONGEST / view.scale);
    if (isUnitCircle || !(units > 0 && Number.isFinite(units))) return [];
    const right = width - RIGHT;
    const left = px(right - units * view.scale);
    const text = {
      ...{ 'font-family': FONT, 'font-size': 10, fill: QUIET[theme], stroke: GROUND[theme] },
      ...{ 'stroke-width': 3, 'paint-order': 'stroke' },
    };
    return [
      {
        tag: 'path',
        attributes: {
          ...{ d: `M${left},${TOP - 4}v4H${right}v-4`, fill: 'none', stroke: QUIET[theme] },
          'stroke-width': 1.3,
        },
      },
      {
        tag: 'text',
        attributes: { ...text, x: right, y: TOP + 11, 'text-anchor': 'end' },
        text: commonD2 === undefined ? String(units) : `D2 = ${commonD2.toPrecision(3)}`,
      },
    ];
  },
};

/** The largest of 1, 2, 5, 10, 20, … that is not above a number. */
export function roundBelow(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  const round = [5, 2, 1].find((factor) => factor * power <= most * (1 + 1e-9)) ?? 1;
  return Number((round * power).toPrecision(3));
}
