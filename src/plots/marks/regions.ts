/** The plane, tinted by the class that a sample there is taken for. */

import type { LinearScores } from '../../measures/decision.ts';
import { type Frame, type Mark, px } from '../mark.ts';
import { GROUND, rgbOf, type Theme } from '../palette.ts';
import { fillConvex, type Region, regionsOf } from '../regions.ts';
import type { LitClass } from './classes.ts';

export interface RegionsChannels extends LitClass {
  /** What the run decides by; undefined for no regions. */
  readonly scores: LinearScores | undefined;
  /** A colour a class. */
  readonly colours: readonly string[];
}

/** Share of the class's colour in the ground: the points stay what is seen first. */
const TINT: Readonly<Record<Theme, number>> = { light: 0.11, dark: 0.12 };
const LIT_TINT: Readonly<Record<Theme, number>> = { light: 0.22, dark: 0.3 };
const FADED_TINT = 0.04;

export const regions: Mark<RegionsChannels> = {
  name: 'regions',
  channels: ['scores', 'colours', 'litClass'],
  render(channels, frame) {
    return inSight(channels, frame).map((region) => ({
      tag: 'path',
      attributes: {
        class: 'region',
        d: `M${region.corners.map(px).join(' ')}Z`,
        fill: hex(tintOf(channels, region, frame.theme)),
      },
    }));
  },
  rasterise(channels, frame, { data, width, height, ratio }) {
    const pixels = new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
    for (const region of inSight(channels, frame)) {
      const corners = region.corners.map((coordinate) => coordinate * ratio);
      fillConvex(pixels, width, height, corners, tintOf(channels, region, frame.theme));
    }
  },
  key: ({ scores, colours }, theme) =>
    scores === undefined
      ? []
      : [
          {
            sign: [
              { tag: 'path', attributes: { d: 'M0 0h10v14h-10z', fill: hex(tint(colours[0], theme, 0.3)) } },
              { tag: 'path', attributes: { d: 'M10 0h10v14h-10z', fill: hex(tint(colours[1], theme, 0.3)) } },
            ],
            text: 'region of a class',
          },
        ],
};

function inSight({ scores }: RegionsChannels, { view, width, height }: Frame): Region[] {
  return scores === undefined ? [] : regionsOf(scores, view, width, height);
}

/** [red, green, blue]. */
export function tintOf(
  { litClass, colours }: RegionsChannels,
  { label }: Pick<Region, 'label'>,
  theme: Theme,
) {
  const share = litClass === undefined ? TINT[theme] : litClass === label ? LIT_TINT[theme] : FADED_TINT;
  return tint(colours[label], theme, share);
}

function tint(
  colour = GROUND.light,
  theme: Theme,
  share: number,
): [red: number, green: number, blue: number] {
  const ground = rgbOf(GROUND[theme]);
  const [red, green, blue] = rgbOf(colour).map((byte, k) => {
    const from = ground[k] as number;
    return Math.round(from + (byte - from) * share);
  }) as [number, number, number];
  return [red, green, blue];
}

function hex(bytes: readonly number[]): string {
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
