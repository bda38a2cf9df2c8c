/** The axes of a scatter plot: ticks inside its left and lower edge. */

import { axisBottom, axisLeft, type Selection, scaleLinear } from 'd3';
import { toFeatureX, toFeatureY, type View } from './view.ts';

/** Draws both axes of a plot of that size, in CSS pixels. */
export function drawAxes(
  group: Selection<SVGGElement, unknown, null, undefined>,
  view: View,
  width: number,
  height: number,
): void {
  const x = scaleLinear([toFeatureX(view, 0), toFeatureX(view, width)], [0, width]);
  const y = scaleLinear([toFeatureY(view, 0), toFeatureY(view, height)], [0, height]);
  const axes = group
    .selectAll<SVGGElement, string>('g.axis')
    .data(['x', 'y'])
    .join('g')
    .attr('class', 'axis');
  axes
    .filter((axis) => axis === 'x')
    .attr('transform', `translate(0,${height})`)
    .call(axisBottom(x).ticks(6).tickSize(-4).tickPadding(-16));
  const left = axes.filter((axis) => axis === 'y');
  left.call(axisLeft(y).ticks(6).tickSize(-4).tickPadding(-8));
  left.selectAll('text').attr('text-anchor', 'start');
}
