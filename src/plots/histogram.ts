/** Two distributions of distances over each other, with a threshold between them. SVG by d3. */

import { area, axisBottom, curveStepAfter, scaleLinear, select } from 'd3';

export interface HistogramScene {
  /** Distances of genuine and of impostor pairs. */
  readonly genuine: Float32Array;
  readonly impostor: Float32Array;
  readonly threshold: number;
}

const INSET = { top: 6, right: 8, bottom: 20, left: 8 };
const BINS = 56;

/** Where the axis ends: nearly all distances lie below. */
export function histogramEnd({ genuine, impostor }: Pick<HistogramScene, 'genuine' | 'impostor'>): number {
  const sorted = Float32Array.from([...genuine, ...impostor]).sort();
  const end = sorted[Math.floor((sorted.length - 1) * 0.995)] ?? 1;
  return end > 0 ? end : 1;
}

/** Counts in equal bins from 0 to `end`; what lies beyond is in the last. */
export function binned(distances: Float32Array, end: number, bins = BINS): Uint32Array {
  const counts = new Uint32Array(bins);
  for (const distance of distances) {
    const bin = Math.max(0, Math.min(bins - 1, Math.floor((distance / end) * bins)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

export function drawHistogram(
  svg: SVGSVGElement,
  scene: HistogramScene,
  width: number,
  height: number,
): void {
  const root = select(svg).attr('viewBox', `0 0 ${width} ${height}`);
  const end = histogramEnd(scene);
  const x = scaleLinear([0, end], [INSET.left, width - INSET.right]);
  const kinds = (['impostor', 'genuine'] as const).map((kind) => ({
    kind,
    counts: binned(scene[kind], end),
  }));
  const highest = Math.max(1, ...kinds.flatMap(({ counts }) => [...counts]));
  const y = scaleLinear([0, highest], [height - INSET.bottom, INSET.top]);
  const shape = area<number>()
    .curve(curveStepAfter)
    .x((_, bin) => x((bin * end) / BINS))
    .y0(y(0))
    .y1((count) => y(count));
  layer('x-axis')
    .attr('transform', `translate(0,${height - INSET.bottom})`)
    .call(axisBottom(x).ticks(6).tickSizeOuter(0));
  layer('kinds')
    .selectAll<SVGPathElement, (typeof kinds)[number]>('path')
    .data(kinds)
    .join('path')
    .attr('class', ({ kind }) => `kind kind-${kind}`)
    .attr('d', ({ counts }) => shape([...counts, counts.at(-1) ?? 0]));
  layer('threshold')
    .selectAll('line')
    .data([x(Math.min(end, Math.max(0, scene.threshold)))])
    .join('line')
    .attr('class', 'cursor')
    .attr('x1', (place) => place)
    .attr('x2', (place) => place)
    .attr('y1', INSET.top)
    .attr('y2', height - INSET.bottom);

  function layer(name: string) {
    return root.selectAll<SVGGElement, string>(`g.${name}`).data([name]).join('g').attr('class', name);
  }
}
