/** The line that a reader draws round samples of a plot. */

import type { Selection } from 'd3';

type Corner = readonly [x: number, y: number];

export class LassoLine {
  readonly #path;
  #corners: readonly Corner[] = [];

  constructor(svg: Selection<SVGSVGElement, unknown, null, undefined>) {
    this.#path = svg.append('path').attr('class', 'lasso');
  }

  get isDrawn(): boolean {
    return this.#corners.length > 0;
  }

  /** x0, y0, x1, y1, … in CSS pixels; it closes by itself. */
  get line(): readonly number[] {
    return this.#corners.flat();
  }

  /** @param corner in CSS pixels */
  add(corner: Corner): void {
    this.#draw([...this.#corners, corner]);
  }

  remove(): void {
    if (this.isDrawn) this.#draw([]);
  }

  #draw(corners: readonly Corner[]): void {
    this.#corners = corners;
    const d = corners.map(([x, y]) => `${x},${y}`).join('L');
    this.#path.attr('d', corners.length > 1 ? `M${d}Z` : null);
  }
}
