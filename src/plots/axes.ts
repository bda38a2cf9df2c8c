/** The axes of a scatter plot: ticks inside its left and lower edge. */

import { axisBottom, axisLeft, type ScaleLinear, type Selection, scaleLinear } from 'd3';
import { toFeatureX, toFeatureY, type View } from './view.ts';

/** About how many an axis has. */
export const TICKS = 6;
/** Half a label's width and half its height, in CSS pixels. */
const HALF_LABEL = { width: 14, height: 8 };
/** Above the lower edge, where the horizontal axis has its labels. */
const LABEL_ROW = 24;

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

/** Draws both axes. */
export function drawAxes(
  group: Selection<SVGGElement, unknown, null, undefined>,
  view: View,
  width: number,
  height: number,
): void {
  const { x, y } = axesOf(view, width, height);
  const axes = group
    .selectAll<SVGGElement, string>('g.axis')
    .data(['x', 'y'])
    .join('g')
    .attr('class', 'axis');
  axes
    .filter((axis) => axis === 'x')
    .attr('transform', `translate(0,${height})`)
    .call(axisBottom(x.scale).ticks(TICKS).tickValues(x.ticks).tickSize(-4).tickPadding(-16));
  const left = axes.filter((axis) => axis === 'y');
  left.call(axisLeft(y.scale).ticks(TICKS).tickValues(y.ticks).tickSize(-4).tickPadding(-8));
  left.selectAll('text').attr('text-anchor', 'start');
}
