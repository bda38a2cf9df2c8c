/** The axes: ticks inside the plot's left and lower edge. They follow the view and have no channels. */

import { type ScaleLinear, scaleLinear } from 'd3';
import { type Mark, px, type Shape } from '../mark.ts';
import { FONT, QUIET } from '../palette.ts';
import { toFeatureX, toFeatureY, type View } from '../view.ts';

/** About how many an axis has. */
const TICKS = 6;
/** Half a label's width and half its height, in CSS pixels. */
const HALF_LABEL = { width: 14, height: 8 };
/** Above the lower edge, where the horizontal axis has its labels. */
const LABEL_ROW = 24;
const TICK_LENGTH = 4;

interface Axis {
  /** From features to CSS pixels. */
  readonly scale: ScaleLinear<number, number>;
  /** In features: those whose label is neither cut off by an edge nor on another axis' label. */
  readonly ticks: readonly number[];
}

/** Both axes of a plot of that size, in CSS pixels. */
export function axesOf(view: View, width: number, height: number): { readonly x: Axis; readonly y: Axis } {
  const x = scaleLinear([toFeatureX(view, 0), toFeatureX(view, width)], [0, width]);
  const y = scaleLinear([toFeatureY(view, 0), toFeatureY(view, height)], [0, height]);
  return {
    x: { scale: x, ticks: ticksBetween(x, HALF_LABEL.width, width - HALF_LABEL.width) },
    y: { scale: y, ticks: ticksBetween(y, HALF_LABEL.height, height - LABEL_ROW) },
  };
}

function ticksBetween(scale: ScaleLinear<number, number>, from: number, to: number): number[] {
  return scale.ticks(TICKS).filter((tick) => scale(tick) >= from && scale(tick) <= to);
}

export const axes: Mark<object> = {
  name: 'axes',
  channels: [],
  render(_, { view, width, height, theme }) {
    const { x, y } = axesOf(view, width, height);
    const colour = QUIET[theme];
    const line = (d: string): Shape => ({
      tag: 'path',
      attributes: { d, stroke: colour, 'stroke-opacity': 0.5 },
    });
    const label = (text: string, place: Readonly<Record<string, string | number>>): Shape => ({
      tag: 'text',
      attributes: { ...place, 'font-family': FONT, 'font-size': 10, fill: colour, 'fill-opacity': 0.8 },
      text,
    });
    const xText = x.scale.tickFormat(TICKS);
    const yText = y.scale.tickFormat(TICKS);
    return [
      ...x.ticks.flatMap((tick) => {
        const at = px(x.scale(tick));
        return [
          line(`M${at},${height}v${-TICK_LENGTH}`),
          label(xText(tick), { x: at, y: height - 9, 'text-anchor': 'middle' }),
        ];
      }),
      ...y.ticks.flatMap((tick) => {
        const at = px(y.scale(tick));
        return [line(`M0,${at}h${TICK_LENGTH}`), label(yText(tick), { x: 8, y: px(at + 3.2) })];
      }),
    ];
  },
};
