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
  /** Pairs of rows to join by lines, e.g. those that a threshold decides wrongly. */
  readonly links?: readonly Links[] | undefined;
}

export interface Links {
  /** A CSS class; its stroke is the page's to choose. */
  readonly className: string;
  /** Rows of both ends, [count] each. */
  readonly first: Uint32Array;
  readonly second: Uint32Array;
}

interface ClassMark {
  readonly label: number;
  readonly x: number;
  readonly y: number;
}

type Group = Selection<SVGGElement, unknown, null, undefined>;

/**
 * Draws the overlay into `group`.
 *
 * @param points [count × 2], where the samples are drawn
 * @param lit the lit sample's place in feature space
 */
export function drawOverlay(
  group: Group,
  scene: OverlayScene,
  view: View,
  points: Float32Array,
  lit?: Float32Array,
): void {
  drawLinks(group, scene, view, points);
  drawMargins(group, scene, view);
  drawCentres(group, scene, view);
  drawDigits(group, scene, view);
  drawLit(group, view, lit);
}

function drawLinks(group: Group, { links = [] }: OverlayScene, view: View, points: Float32Array): void {
  const place = (row: number) => {
    const x = toPixelX(view, points[2 * row] as number).toFixed(1);
    return `${x},${toPixelY(view, points[2 * row + 1] as number).toFixed(1)}`;
  };
  group
    .selectAll<SVGPathElement, Links>('path.links')
    .data(links)
    .join((enter) => enter.insert('path', ':first-child'))
    .attr('class', ({ className }) => `links ${className}`)
    .attr('d', ({ first, second }) =>
      Array.from(first, (row, i) => `M${place(row)}L${place(second[i] as number)}`).join(''),
    );
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
