/** ROC curves over a logarithmic FAR axis, as verification is read. SVG by d3. */

import { axisBottom, axisLeft, line, scaleLinear, scaleLog, select } from 'd3';

export interface RocCurve {
  readonly name: string;
  /** A CSS class; its stroke is the page's to choose. */
  readonly className: string;
  /** Corners, rising, [count] each. */
  readonly far: Float64Array;
  readonly tar: Float64Array;
}

const INSET = { top: 8, right: 10, bottom: 32, left: 40 };
const LEAST_FAR = 1e-3;

export function drawRoc(
  svg: SVGSVGElement,
  curves: readonly RocCurve[],
  width: number,
  height: number,
): void {
  const root = select(svg).attr('viewBox', `0 0 ${width} ${height}`);
  const x = scaleLog([LEAST_FAR, 1], [INSET.left, width - INSET.right]).clamp(true);
  const y = scaleLinear([0, 1], [height - INSET.bottom, INSET.top]);
  layer('x-axis')
    .attr('transform', `translate(0,${height - INSET.bottom})`)
    .call(axisBottom(x).ticks(3, '~g').tickSizeOuter(0));
  layer('y-axis')
    .attr('transform', `translate(${INSET.left},0)`)
    .call(
      axisLeft(y)
        .ticks(5)
        .tickSize(-(width - INSET.left - INSET.right)),
    );
  layer('names')
    .selectAll('text')
    .data([
      { text: 'FAR', x: (INSET.left + width - INSET.right) / 2, y: height - 4 },
      { text: 'TAR', x: 12, y: (INSET.top + height - INSET.bottom) / 2 },
    ])
    .join('text')
    .attr('class', 'axis-name')
    .attr('x', (name) => name.x)
    .attr('y', (name) => name.y)
    .text((name) => name.text);
  const path = line<number>()
    .x((_, i) => x(i))
    .y((tar) => y(tar));
  layer('curves')
    .selectAll<SVGPathElement, RocCurve>('path')
    .data(curves, ({ name }) => name)
    .join('path')
    .attr('class', ({ className }) => `curve ${className}`)
    .attr('d', ({ far, tar }) => {
      const at = visible(far);
      path.x((_, i) => x(Math.max(LEAST_FAR, far[at[i] as number] as number)));
      return path(at.map((k) => tar[k] as number));
    });

  function layer(name: string) {
    return root.selectAll<SVGGElement, string>(`g.${name}`).data([name]).join('g').attr('class', name);
  }
}

/** The corners that the axis shows, and no more than the eye can tell apart. */
function visible(far: Float64Array): number[] {
  const corners: number[] = [];
  let last = 0;
  for (let k = 0; k < far.length; k++) {
    const value = far[k] as number;
    const isLastOnLeft = value < LEAST_FAR && (far[k + 1] ?? 1) >= LEAST_FAR;
    if (!isLastOnLeft && (value < LEAST_FAR || (value < last * 1.01 && k < far.length - 1))) continue;
    corners.push(k);
    last = value;
  }
  return corners;
}
