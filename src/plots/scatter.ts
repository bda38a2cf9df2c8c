/**
 * The scatter plot of features: zoom and pan by d3, what the pointer is at, and the way from the last picture to the new
 * one. It draws what it is given and keeps only what is on the screen.
 */

import { easeCubicOut, type ZoomTransform, zoom, zoomIdentity } from 'd3';
import type { Picture } from './figure.ts';
import { followDrag, isSameZoom, mayZoom, wheelDelta } from './gestures.ts';
import type { GroupMember, PlotGroup } from './group.ts';
import { between, HeldExtent, HOLD_MS } from './held-extent.ts';
import { rowsInside } from './lasso.ts';
import { LassoLine } from './lasso-line.ts';
import { type Channels, MARKS } from './marks.ts';
import { Painter } from './painter.ts';
import type { Theme } from './palette.ts';
import { onPixelRatio } from './pixel-ratio.ts';
import { Sight } from './sight.ts';
import {
  type Extent,
  extentOf,
  nearestSample,
  neighbouringSample,
  toFeatureX,
  toFeatureY,
  toPixelX,
  toPixelY,
  type View,
  viewOf,
  zoomed,
} from './view.ts';

export interface Scene extends Channels {
  readonly theme: Theme;
  /** True while the reader moves through time: the points must be there at once. */
  readonly isInstant?: boolean;
  /** What is in sight unzoomed; left out where that follows the points. */
  readonly extent?: Extent | undefined;
  /** Mean distance between two class means, in feature units; NaN where it is not known. */
  readonly separation: number;
}

export interface ScatterEvents {
  /** A mouse or pen is over a sample (its row in the scene's points), or over none (−1). */
  readonly onPoint: (sample: number) => void;
  /** A finger or pen tapped on a sample, or beside all (−1). */
  readonly onTap: (sample: number) => void;
  /** A sample was clicked or tapped; with Shift it is a further one. */
  readonly onPress: (sample: number, isFurther: boolean) => void;
  /** A line was drawn round these samples, all in sight. */
  readonly onLasso: (samples: readonly number[]) => void;
  /** True while the reader has zoomed or panned. */
  readonly onZoom: (zoomed: boolean) => void;
}

const TWEEN_MS = 260;
/** Ends of the unit circle: all of it is shown. */
const CIRCLE = Float32Array.of(-1.1, 0, 1.1, 0, 0, -1.1, 0, 1.1);
const REACH_PIXELS = 12;

export class Scatter implements GroupMember {
  readonly #root: HTMLElement;
  readonly #painter: Painter;
  readonly #svg;
  readonly #lasso: LassoLine;
  readonly #zoom = zoom<SVGSVGElement, unknown>().scaleExtent([0.2, 60]);
  readonly #observer: ResizeObserver;
  readonly #events: ScatterEvents;
  readonly #group: PlotGroup;
  readonly #leave: () => void;
  readonly #endDrag: () => void;
  readonly #endRatio: () => void;
  #width = 1;
  #height = 1;
  /** True while a drag draws a line round samples, whatever the keys. */
  isSelecting = false;
  readonly #sight: Sight;
  #scene: Scene | undefined;
  /** What is on the screen now: between the old points and the new ones. */
  #drawn: Float32Array = new Float32Array(0);
  /** What would show all points, and what is shown: after a switch the axes wait. */
  #fitting: Extent = { x: 0, y: 0, radius: 1 };
  #extent: Extent = this.#fitting;
  /** Between classes, of what is on the screen. */
  #separation = Number.NaN;
  readonly #held = new HeldExtent();
  #transform: ZoomTransform = zoomIdentity;
  /** Request of the tween's next frame, of a single drawing, and of the axes' next move; 0 for none. */
  #frame = 0;
  #following = 0;
  #followTimer: ReturnType<typeof setTimeout> | undefined;
  #drawing = 0;

  constructor(root: HTMLElement, group: PlotGroup, events: ScatterEvents) {
    this.#root = root;
    this.#group = group;
    this.#leave = group.join(this);
    this.#events = events;
    this.#painter = new Painter(root);
    this.#svg = this.#painter.svg;
    this.#lasso = new LassoLine(this.#svg);
    this.#zoom.filter((event: Event) => mayZoom(event, this.#root));
    this.#zoom.wheelDelta(wheelDelta);
    this.#zoom.on('zoom', ({ transform }: { transform: ZoomTransform }) => this.#zoomed(transform));
    this.#svg.call(this.#zoom);
    this.#endDrag = followDrag(this.#svg.node() as SVGSVGElement, {
      onStart: (event) => {
        if (event.shiftKey || this.isSelecting) this.#lasso.add(this.#placeOf(event));
      },
      onMove: (event, dx, dy) => {
        if (this.#lasso.isDrawn) this.#lasso.add(this.#placeOf(event));
        // One finger scrolls the page.
        else if (event.pointerType !== 'touch') this.#pan(dx, dy);
      },
      onEnd: () => {
        // A line of two corners is a press.
        if (this.#lasso.line.length > 4) events.onLasso(this.#rowsIn(this.#lasso.line));
        this.#lasso.remove();
      },
      onTap: (event, pointerType) => {
        const sample = this.#sampleAt(event);
        if (pointerType !== 'mouse') events.onTap(sample);
        if (sample >= 0) events.onPress(sample, event.shiftKey);
      },
    });
    // Where something takes the pointer away, nothing was selected.
    this.#svg.on('lostpointercapture', () => this.#lasso.remove());
    this.#svg.on('pointermove', (event: PointerEvent) => {
      // A finger points by tapping. While the reader drags, the plot moves under the pointer.
      if (event.pointerType !== 'touch' && event.buttons === 0) events.onPoint(this.#sampleAt(event));
    });
    this.#svg.on('pointerleave', ({ pointerType }: PointerEvent) => {
      if (pointerType !== 'touch') events.onPoint(-1);
    });
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(root);
    this.#endRatio = onPixelRatio(() => this.#resize());
    this.#sight = new Sight(root, () => this.#draw());
    this.#resize();
    group.welcome(this);
  }

  get radius(): number {
    return this.#extent.radius;
  }

  get separation(): number {
    return this.#separation;
  }

  /** Draws with the next painted frame; many calls before it are one. */
  redraw(): void {
    if (this.#drawing !== 0) return;
    this.#drawing = requestAnimationFrame(() => {
      this.#drawing = 0;
      this.#draw();
    });
  }

  takeZoom(transform: ZoomTransform): void {
    if (isSameZoom(transform, this.#transform)) return;
    this.#svg.call(this.#zoom.transform, transform);
  }

  /** Shows a scene, or nothing; where its points are new and motion is welcome, the old ones move there. */
  show(scene: Scene | undefined): void {
    const previous = this.#scene;
    this.#scene = scene;
    if (scene === undefined) {
      if (previous !== undefined) this.#empty();
    } else if (scene.points !== previous?.points) {
      const anchors = scene.isUnitCircle ? CIRCLE : joined(scene.means, scene.centres);
      const target = scene.extent ?? extentOf(scene.points, anchors);
      const sameSamples = this.#drawn.length === scene.points.length;
      const isStill = scene.isInstant || !this.#sight.isSeen || prefersReducedMotion() || document.hidden;
      if (!sameSamples || isStill) this.#jump(scene.points, target);
      else this.#tween(scene.points, target);
    } else if (this.#frame === 0) {
      const changed = MARKS.filter(({ channels }) => channels.some((name) => scene[name] !== previous[name]));
      if (changed.some(({ rasterise }) => rasterise !== undefined)) this.redraw();
      else this.#drawShapes(changed);
    }
    // At once: before the page is printed there is no further frame.
    if (previous !== undefined && scene?.theme !== previous.theme) this.#draw();
  }

  /** The loss has just been switched: the axes stand still for a while, then follow the features. */
  hold(): void {
    if (prefersReducedMotion() || document.hidden || this.#scene === undefined) return;
    // At equal distances between classes the scale is another one by choice.
    if (this.#group.scale === 'sameD2') return;
    this.#held.hold(this.#extent, performance.now());
    clearTimeout(this.#followTimer);
    this.#followTimer = setTimeout(() => this.#follow(), HOLD_MS);
  }

  /** Back to the view that shows all points. */
  fit(): void {
    this.#svg.call(this.#zoom.transform, zoomIdentity);
  }

  /** The nearest sample in a direction on the screen (dx right, dy down), from sample `from` or from the middle. */
  neighbour(from: number, dx: number, dy: number): number {
    const view = this.#view();
    if (from < 0) return nearestSample(this.#drawn, view, this.#width / 2, this.#height / 2, this.#width);
    return neighbouringSample(this.#drawn, view, from, dx, dy);
  }

  /** What is on the screen, for a picture of it. */
  get picture(): Picture | undefined {
    const scene = this.#scene;
    if (scene === undefined) return undefined;
    const frame = { view: this.#view(), width: this.#width, height: this.#height, theme: scene.theme };
    return { channels: { ...scene, points: this.#drawn }, frame };
  }

  /** The part of feature space that is in sight. */
  get area(): {
    readonly left: number;
    readonly right: number;
    readonly bottom: number;
    readonly top: number;
  } {
    const view = this.#view();
    return {
      ...{ left: toFeatureX(view, 0), right: toFeatureX(view, this.#width) },
      ...{ bottom: toFeatureY(view, this.#height), top: toFeatureY(view, 0) },
    };
  }

  /** Where a sample is on the screen, in CSS pixels from the plot's corner. */
  positionOf(sample: number): { x: number; y: number } {
    const view = this.#view();
    return {
      x: (this.#drawn[2 * sample] ?? 0) * view.scale + view.left,
      y: view.top - (this.#drawn[2 * sample + 1] ?? 0) * view.scale,
    };
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    cancelAnimationFrame(this.#drawing);
    cancelAnimationFrame(this.#following);
    clearTimeout(this.#followTimer);
    this.#observer.disconnect();
    this.#sight.end();
    this.#leave();
    this.#endDrag();
    this.#endRatio();
    this.#painter.destroy();
  }

  #jump(points: Float32Array, extent: Extent): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#drawn = points;
    this.#separation = this.#scene?.separation ?? Number.NaN;
    this.#fit(extent);
    // What the reader moves is drawn wherever it is; a training goes on by itself.
    if (this.#scene?.isInstant || this.#sight.admits()) this.redraw();
  }

  #zoomed(transform: ZoomTransform): void {
    if (isSameZoom(transform, this.#transform)) return;
    this.#transform = transform;
    this.#events.onZoom(transform.k !== 1 || transform.x !== 0 || transform.y !== 0);
    this.redraw();
    this.#group.zoomed(this, transform);
  }

  #tween(points: Float32Array, extent: Extent): void {
    cancelAnimationFrame(this.#frame);
    const from = this.#drawn.slice();
    const drawn = new Float32Array(points.length);
    const fromExtent = this.#fitting;
    const fromSeparation = this.#separation;
    const separation = this.#scene?.separation ?? Number.NaN;
    const started = performance.now();
    const advance = () => {
      const t = Math.min(1, (performance.now() - started) / TWEEN_MS);
      const eased = easeCubicOut(t);
      for (let i = 0; i < points.length; i++) {
        const start = from[i] as number;
        drawn[i] = start + ((points[i] as number) - start) * eased;
      }
      this.#drawn = drawn;
      const isKnown = Number.isFinite(fromSeparation + separation);
      this.#separation = isKnown ? fromSeparation + (separation - fromSeparation) * eased : separation;
      this.#fit(between(fromExtent, extent, eased));
      this.#draw();
      this.#frame = t < 1 ? requestAnimationFrame(advance) : 0;
    };
    this.#frame = requestAnimationFrame(advance);
  }

  #fit(extent: Extent): void {
    this.#fitting = extent;
    this.#extent = this.#held.at(extent, performance.now());
    this.#group.radiusChanged(this);
  }

  /** Moves the axes to what fits, after they have stood still. */
  #follow(): void {
    this.#fit(this.#fitting);
    this.#draw();
    this.#following = this.#held.isHeld(performance.now()) ? requestAnimationFrame(() => this.#follow()) : 0;
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.#root;
    if (clientWidth === 0 || clientHeight === 0) return;
    this.#width = clientWidth;
    this.#height = clientHeight;
    this.#painter.resize(clientWidth, clientHeight);
    this.#draw();
  }

  #view(): View {
    const extent = { ...this.#extent, radius: this.#group.radiusOf(this) };
    return zoomed(viewOf(extent, this.#width, this.#height), this.#transform);
  }

  #draw(): void {
    this.#sight.drawn();
    const { picture } = this;
    if (picture !== undefined) this.#painter.draw(picture);
  }

  #drawShapes(marks: readonly (typeof MARKS)[number][]): void {
    if (this.#sight.isOld) {
      this.#draw();
      return;
    }
    const { picture } = this;
    if (picture !== undefined) this.#painter.drawShapes(picture, (mark) => marks.includes(mark));
  }

  #empty(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#drawn = new Float32Array(0);
    this.#painter.empty();
  }

  #pan(dx: number, dy: number): void {
    const { k } = this.#transform;
    this.#svg.call(this.#zoom.translateBy, dx / k, dy / k);
  }

  /** The row of the sample in reach of a pointer, or −1. */
  #sampleAt(event: MouseEvent): number {
    return nearestSample(this.#drawn, this.#view(), ...this.#placeOf(event), REACH_PIXELS);
  }

  /** Where a pointer is, in CSS pixels from the plot's corner. */
  #placeOf({ clientX, clientY }: MouseEvent): readonly [x: number, y: number] {
    const { left, top } = this.#root.getBoundingClientRect();
    return [clientX - left, clientY - top];
  }

  /** Samples inside of a line in CSS pixels: those in sight, and where a class is lit, of that one. */
  #rowsIn(line: readonly number[]): number[] {
    const view = this.#view();
    const places = this.#drawn.map((value, i) =>
      i % 2 === 0 ? toPixelX(view, value) : toPixelY(view, value),
    );
    const { litClass, labels } = this.#scene ?? {};
    return rowsInside(places, line).filter((row) => {
      const [x, y] = [places[2 * row] as number, places[2 * row + 1] as number];
      const isInSight = x >= 0 && y >= 0 && x <= this.#width && y <= this.#height;
      return isInSight && (litClass === undefined || labels?.[row] === litClass);
    });
  }
}

function joined(a: Float32Array, b: Float32Array): Float32Array {
  const both = new Float32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function prefersReducedMotion(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
