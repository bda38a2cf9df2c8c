/**
 * The samples: a dot each in its class's colour, a ring where training never saw the class. On the page they
 * go into the raster, since thousands move in every frame; in a figure each is a shape.
 */

import { type Attributes, type Mark, px, type Raster, type Shape } from '../mark.ts';
import { rgbOf } from '../palette.ts';
import { drawPoints, FADED_OPACITY, OPACITY, RING } from '../raster.ts';
import { toPixelX, toPixelY } from '../view.ts';
import type { LitClass } from './classes.ts';

export interface PointsChannels extends LitClass {
  /** Where the samples are, [count × 2]; one that is not finite is not drawn. */
  readonly points: Float32Array;
  /** [count]. */
  readonly labels: Uint8Array;
  /** A colour a class. */
  readonly colours: readonly string[];
  /** Classes that training never saw: their points are hollow. */
  readonly hollow: readonly number[];
  /** Samples that stand out, [count]; all where it is undefined. */
  readonly chosen: Uint8Array | undefined;
}

/** In CSS pixels. */
const RADIUS = 1.8;
const RING_WIDTH = RADIUS * RING;
/** A point so far out of the frame leaves nothing in it. */
const REACH = 2 * RADIUS;

/** True for a sample that stands back: of another class than the lit one, or not among the chosen. */
export function isFaint(
  channels: Pick<PointsChannels, 'litClass' | 'labels' | 'chosen'>,
  row: number,
): boolean {
  const { chosen, labels } = channels;
  return isFaded(channels, labels[row] as number) || (chosen !== undefined && chosen[row] !== 1);
}

const isFaded = ({ litClass }: LitClass, label: number) => litClass !== undefined && litClass !== label;

export const points: Mark<PointsChannels> = {
  name: 'points',
  channels: ['points', 'labels', 'colours', 'hollow', 'litClass', 'chosen'],
  group: {
    fill: 'none',
    'stroke-width': 2 * RADIUS,
    'stroke-linecap': 'round',
    'stroke-opacity': OPACITY,
  },

  /** In the samples' order, one shape each: they cover each other as in the raster. */
  render(channels, { view, width, height }) {
    const { points, labels, colours, hollow } = channels;
    const shapes: Shape[] = [];
    for (const [i, label] of labels.entries()) {
      const x = px(toPixelX(view, points[2 * i] as number));
      const y = px(toPixelY(view, points[2 * i + 1] as number));
      const stroke = colours[label];
      // Also false for NaN.
      const isInside = x > -REACH && y > -REACH && x < width + REACH && y < height + REACH;
      if (!isInside || stroke === undefined) continue;
      const ink: Attributes = isFaint(channels, i) ? { stroke, 'stroke-opacity': FADED_OPACITY } : { stroke };
      shapes.push(
        hollow.includes(label)
          ? {
              tag: 'circle',
              attributes: { cx: x, cy: y, r: RADIUS - RING_WIDTH / 2, 'stroke-width': RING_WIDTH, ...ink },
            }
          : { tag: 'path', attributes: { d: `M${x} ${y}h0`, ...ink } },
      );
    }
    return shapes;
  },

  rasterise(channels, { view }, { data, width, height, ratio }: Raster) {
    const inDevicePixels = { scale: view.scale * ratio, left: view.left * ratio, top: view.top * ratio };
    drawPoints(data, channels.points, channels.labels, inDevicePixels, {
      width,
      height,
      radius: RADIUS * ratio,
      colours: channels.colours.map(rgbOf),
      faded: (label) => isFaded(channels, label),
      hollow: (label) => channels.hollow.includes(label),
      chosen: channels.chosen,
    });
  },
  key: ({ colours, hollow }) => [
    {
      sign: [{ tag: 'circle', attributes: { cx: 10, cy: 7, r: 2.5, fill: colours[0] ?? 'none' } }],
      text: 'test sample',
    },
    ...(hollow.length === 0
      ? []
      : [
          {
            sign: [
              {
                tag: 'circle' as const,
                attributes: {
                  cx: 10,
                  cy: 7,
                  r: 2.5,
                  fill: 'none',
                  stroke: colours[hollow[0] ?? 0] ?? 'none',
                },
              },
            ],
            text: 'of a class left out of training',
          },
        ]),
  ],
};
