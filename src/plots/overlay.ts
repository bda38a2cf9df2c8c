/** What stands above the points of a scatter plot: digits at class means, learned centres, margins, the lit sample. */

import type { Selection } from 'd3';
import { classColour, type Theme } from './palette.ts';
import { toPixelX, toPixelY, type View } from './view.ts';

export interface OverlayScene {
  /** Class means of the shown points, [10 × 2]; NaN where a class has none. */
  readonly means: Float32Array;
  /** Learned centres, [10 × 2]. */
  readonly centres: Float32Array;
  /** Radii of the circles round each centre, in feature units; not drawn where absent. */
  readonly margins?: { readonly alphaPlus: number; readonly alphaMinus: number } | undefined;
  readonly theme: Theme;
  /** The class whose points stand out, or undefined for all. */
  readonly litClass: number | undefined;
  /** The lit sample's row, or −1. */
  readonly highlight: number;
}

interface ClassMark {
  readonly label: number;
  readonly x: number;
  readonly y: number;
}

type Group = Selection<SVGGElement, unknown, null, undefined>;

/** Draws the overlay into `group`; `lit` is the lit sample's place in feature space. */
export function drawOverlay(group: Group, scene: OverlayScene, view: View, lit?: Float32Array): void {
  drawMargins(group, scene, view);
  drawCentres(group, scene, view);
  drawDigits(group, scene, view);
  drawLit(group, view, lit);
}

function drawMargins(group: Group, scene: OverlayScene, view: View): void {
  const { margins } = scene;
  const circles =
    margins === undefined
      ? []
      : marksOf(scene.centres, view).flatMap((mark) => [
          { ...mark, kind: 'inside', radius: margins.alphaPlus * view.scale },
          { ...mark, kind: 'outside', radius: margins.alphaMinus * view.scale },
        ]);
  group
    .selectAll<SVGCircleElement, (typeof circles)[number]>('circle.margin')
    .data(circles)
    .join('circle')
    .attr('class', ({ kind }) => `margin margin-${kind}`)
    .attr('cx', ({ x }) => x)
    .attr('cy', ({ y }) => y)
    .attr('r', ({ radius }) => radius)
    .attr('stroke', ({ label }) => classColour(scene.theme, label))
    .attr('opacity', ({ label }) => opacityOf(scene, label));
}

function drawCentres(group: Group, scene: OverlayScene, view: View): void {
  group
    .selectAll<SVGPathElement, ClassMark>('path.centre')
    .data(marksOf(scene.centres, view))
    .join('path')
    .attr('class', 'centre')
    .attr('d', ({ x, y }) => `M${x - 5},${y}h10M${x},${y - 5}v10`)
    .attr('opacity', ({ label }) => opacityOf(scene, label));
}

function drawDigits(group: Group, scene: OverlayScene, view: View): void {
  group
    .selectAll<SVGTextElement, ClassMark>('text.digit')
    .data(marksOf(scene.means, view))
    .join('text')
    .attr('class', 'digit')
    .attr('x', ({ x }) => x)
    .attr('y', ({ y }) => y)
    .attr('opacity', ({ label }) => opacityOf(scene, label))
    .text(({ label }) => label);
}

function drawLit(group: Group, view: View, lit: Float32Array | undefined): void {
  const [x, y] = lit ?? [];
  group
    .selectAll('circle.lit')
    .data(x === undefined || y === undefined ? [] : [{ x: toPixelX(view, x), y: toPixelY(view, y) }])
    .join('circle')
    .attr('class', 'lit')
    .attr('r', 7)
    .attr('cx', (place) => place.x)
    .attr('cy', (place) => place.y);
}

/** The finite rows of [10 × 2] places, in pixels. */
function marksOf(places: Float32Array, view: View): ClassMark[] {
  const marks: ClassMark[] = [];
  for (let label = 0; label < places.length / 2; label++) {
    const x = places[2 * label] as number;
    const y = places[2 * label + 1] as number;
    if (Number.isFinite(x) && Number.isFinite(y))
      marks.push({ label, x: toPixelX(view, x), y: toPixelY(view, y) });
  }
  return marks;
}

function opacityOf({ litClass }: OverlayScene, label: number): number {
  return litClass === undefined || litClass === label ? 1 : 0.15;
}
