/** Curves over steps, with the events where something changed and a cursor at the step shown. SVG by d3. */

import { area, axisBottom, axisLeft, line, pointer, type Selection, scaleLinear, select } from 'd3';
import { followDrag } from './gestures.ts';
import { Sight } from './sight.ts';

export interface Curve {
  readonly name: string;
  /** A CSS class; its stroke is the page's to choose. */
  readonly className: string;
  /** Rising in step; a value that is not finite leaves a gap. */
  readonly points: readonly CurveValue[];
  /** Where further seeds put it: mean ± standard deviation, rising in step. */
  readonly band?: readonly BandValue[] | undefined;
}

export interface BandValue {
  readonly step: number;
  readonly low: number;
  readonly high: number;
}

export interface CurveValue {
  readonly step: number;
  readonly value: number;
}

/** Something that happened at a step. */
export interface CurveEvent {
  readonly step: number;
  /** A few words, e.g. "Margin". */
  readonly label: string;
}

export interface CurvesScene {
  readonly curves: readonly Curve[];
  readonly events: readonly CurveEvent[];
  /** Last step of the step axis. */
  readonly lastStep: number;
  /** Bounds of the value axis; each one left out follows the data. */
  readonly low?: number;
  readonly high?: number;
}

const INSET = { top: 8, right: 8, bottom: 18, left: 34 };
/** A point every so many pixels is as much as the eye can tell. */
const PIXELS_A_POINT = 2;

export class CurvePlot {
  readonly #svg: Selection<SVGSVGElement, unknown, null, undefined>;
  readonly #observer: ResizeObserver;
  readonly #endDrag: () => void;
  readonly #sight: Sight;
  #scene: CurvesScene | undefined;
  #cursor: number | undefined;
  #x = scaleLinear();

  /** @param onStep the reader points at a step, by pressing or dragging */
  constructor(svg: SVGSVGElement, onStep: (step: number) => void) {
    this.#svg = select(svg);
    const goTo = (event: MouseEvent) => onStep(this.#x.invert(pointer(event, svg)[0]));
    this.#endDrag = followDrag(svg, {
      // A finger may be about to scroll the page.
      onStart: (event) => {
        if (event.pointerType !== 'touch') goTo(event);
      },
      onMove: goTo,
      onTap: goTo,
    });
    this.#sight = new Sight(svg, () => this.#draw());
    this.#observer = new ResizeObserver(() => this.#draw());
    this.#observer.observe(svg);
  }

  show(scene: CurvesScene): void {
    this.#scene = scene;
    if (this.#sight.admits()) this.#draw();
  }

  /** The step at which the cursor stands. */
  set cursor(step: number | undefined) {
    this.#cursor = step;
    this.#drawCursor();
  }

  destroy(): void {
    this.#observer.disconnect();
    this.#sight.end();
    this.#endDrag();
    this.#svg.selectChildren().remove();
  }

  #draw(): void {
    this.#sight.drawn();
    const scene = this.#scene;
    const { clientWidth: width, clientHeight: height } = this.#svg.node() ?? {
      clientWidth: 0,
      clientHeight: 0,
    };
    if (scene === undefined || width === 0 || height === 0) return;
    this.#x = drawCurves(this.#svg, scene, width, height);
    layerOf(this.#svg, 'cursors')
      .selectAll('line')
      .data([0])
      .join('line')
      .attr('class', 'cursor')
      .attr('y1', INSET.top)
      .attr('y2', height - INSET.bottom);
    this.#drawCursor();
  }

  #drawCursor(): void {
    const step = this.#cursor;
    this.#svg
      .select('line.cursor')
      .attr('visibility', step === undefined ? 'hidden' : 'visible')
      .attr('transform', `translate(${this.#x(step ?? 0)},0)`);
  }
}

type Svg = Selection<SVGSVGElement, unknown, null, undefined>;

function layerOf(svg: Svg, name: string) {
  return svg.selectAll<SVGGElement, string>(`g.${name}`).data([name]).join('g').attr('class', name);
}

/** Axes, curves, bands and events in an element of this size, in CSS pixels; returns the scale of steps. */
export function drawCurves(svg: Svg, scene: CurvesScene, width: number, height: number) {
  svg.attr('viewBox', `0 0 ${width} ${height}`);
  const x = scaleLinear([0, Math.max(10, scene.lastStep)], [INSET.left, width - INSET.right]).clamp(true);
  const y = scaleLinear(valueRange(scene), [height - INSET.bottom, INSET.top]).clamp(true);
  layerOf(svg, 'x-axis')
    .attr('transform', `translate(0,${height - INSET.bottom})`)
    .call(axisBottom(x).ticks(4, 'd').tickSizeOuter(0).tickSizeInner(3));
  layerOf(svg, 'y-axis')
    .attr('transform', `translate(${INSET.left},0)`)
    .call(
      axisLeft(y)
        .ticks(3)
        .tickSize(-(width - INSET.left - INSET.right)),
    );
  const band = area<BandValue>()
    .x(({ step }) => x(step))
    .y0(({ low }) => y(low))
    .y1(({ high }) => y(high));
  layerOf(svg, 'bands')
    .selectAll<SVGPathElement, Curve>('path')
    .data(
      scene.curves.filter(({ band: own }) => own !== undefined && own.length > 1),
      ({ name }) => name,
    )
    .join('path')
    .attr('class', ({ className }) => `band ${className}`)
    .attr('d', ({ band: own = [] }) => band(own));
  const path = line<CurveValue>()
    .defined(({ value }) => Number.isFinite(value))
    .x(({ step }) => x(step))
    .y(({ value }) => y(value));
  const most = Math.ceil(width / PIXELS_A_POINT);
  layerOf(svg, 'curves')
    .selectAll<SVGPathElement, Curve>('path')
    .data(scene.curves, ({ name }) => name)
    .join('path')
    .attr('class', ({ className }) => `curve ${className}`)
    .attr('d', ({ points }) => path(thinned(points, most)));
  layerOf(svg, 'events')
    .selectAll<SVGLineElement, CurveEvent>('line')
    .data(scene.events.filter(({ step }) => step <= scene.lastStep))
    .join('line')
    .attr('class', 'event')
    .attr('x1', ({ step }) => x(step))
    .attr('x2', ({ step }) => x(step))
    .attr('y1', INSET.top)
    .attr('y2', height - INSET.bottom);
  return x;
}

/** The value axis: what the scene asks for, else from zero to nearly all values. */
export function valueRange({ curves, low, high }: CurvesScene): [low: number, high: number] {
  if (low !== undefined && high !== undefined) return [low, high];
  const tops = curves.map(({ points }) => highest(points));
  return [low ?? 0, high ?? Math.max(1e-3, ...tops) * 1.1];
}

/** Every so many points, and the last: no more than `most` and one. */
export function thinned(points: readonly CurveValue[], most: number): CurveValue[] {
  const stride = Math.ceil(points.length / most);
  return points.filter((_, index) => index % stride === 0 || index === points.length - 1);
}

/** The value below which 98 of a hundred lie, so that one wild batch does not flatten the rest. */
function highest(points: readonly CurveValue[]): number {
  const sorted = Float64Array.from(points, ({ value }) => value)
    .filter(Number.isFinite)
    .sort();
  return sorted[Math.floor((sorted.length - 1) * 0.98)] ?? 0;
}
