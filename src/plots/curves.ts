/** Curves over steps, with marks where something changed. SVG by d3; draws what it is given. */

import { axisBottom, axisLeft, line, scaleLinear, select } from 'd3';

export interface Curve {
  readonly name: string;
  /** A CSS class; its stroke is the page's to choose. */
  readonly className: string;
  /** Rising in step; a value that is not finite leaves a gap. */
  readonly points: readonly { readonly step: number; readonly value: number }[];
}

export interface Mark {
  readonly step: number;
  /** A few words, e.g. "Margin". */
  readonly label: string;
}

export interface CurvesScene {
  readonly curves: readonly Curve[];
  readonly marks: readonly Mark[];
  /** Bounds of the value axis; each one left out follows the data. */
  readonly low?: number;
  readonly high?: number;
}

const INSET = { top: 10, right: 8, bottom: 20, left: 36 };

/** Draws the scene into an SVG of the given size in CSS pixels. */
export function drawCurves(svg: SVGSVGElement, scene: CurvesScene, width: number, height: number): void {
  const root = select(svg).attr('viewBox', `0 0 ${width} ${height}`);
  const values = scene.curves
    .flatMap(({ points }) => points.map(({ value }) => value))
    .filter(Number.isFinite);
  const lastStep = Math.max(10, ...scene.curves.map(({ points }) => points.at(-1)?.step ?? 0));
  const x = scaleLinear([0, lastStep], [INSET.left, width - INSET.right]);
  const high = scene.high ?? Math.max(1e-3, quantile(values, 0.99) * 1.1);
  const y = scaleLinear([scene.low ?? 0, high], [height - INSET.bottom, INSET.top]).clamp(true);

  layer('x-axis')
    .attr('transform', `translate(0,${height - INSET.bottom})`)
    .call(axisBottom(x).ticks(4, 'd').tickSizeOuter(0));
  layer('y-axis')
    .attr('transform', `translate(${INSET.left},0)`)
    .call(
      axisLeft(y)
        .ticks(4)
        .tickSize(-(width - INSET.left - INSET.right)),
    );

  const path = line<{ step: number; value: number }>()
    .defined(({ value }) => Number.isFinite(value))
    .x(({ step }) => x(step))
    .y(({ value }) => y(value));
  layer('curves')
    .selectAll<SVGPathElement, Curve>('path')
    .data(scene.curves, ({ name }) => name)
    .join('path')
    .attr('class', ({ className }) => `curve ${className}`)
    .attr('d', ({ points }) => path([...points]));

  const marks = layer('marks')
    .selectAll<SVGGElement, Mark>('g')
    .data(scene.marks.filter(({ step }) => step <= lastStep))
    .join((enter) => {
      const group = enter.append('g').attr('class', 'mark').attr('data-testid', 'mark');
      group.append('title');
      group.append('line');
      return group;
    });
  marks.attr('transform', ({ step }) => `translate(${x(step)},0)`).attr('data-step', ({ step }) => step);
  marks.select('title').text(({ step, label }) => `Step ${step}: ${label}`);
  marks
    .select('line')
    .attr('y1', INSET.top)
    .attr('y2', height - INSET.bottom);

  function layer(name: string) {
    return root.selectAll<SVGGElement, string>(`g.${name}`).data([name]).join('g').attr('class', name);
  }
}

/** The value below which a share of the values lies, so that one wild batch does not flatten the rest. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 1;
}
