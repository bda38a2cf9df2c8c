/**
 * From feature space to the plot's pixels: one scale for both axes, so that circles stay circles.
 * The two spaces have types of their own; only this file converts between them.
 */

declare const pixelBrand: unique symbol;
declare const featureBrand: unique symbol;
/** A length or coordinate on the screen, in CSS pixels. */
export type Pixels = number & { readonly [pixelBrand]: true };
/** A length or coordinate in feature space. */
export type FeatureUnits = number & { readonly [featureBrand]: true };

/** px = x·scale + left, py = −y·scale + top. */
export interface View {
  /** Pixels a feature unit. */
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** The part of feature space to show: its middle and half its width. */
export interface Extent {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

const MARGIN = 0.92;

/** The extent in a square or oblong of the given size, in pixels. */
export function viewOf({ x, y, radius }: Extent, width: number, height: number): View {
  const scale = (Math.min(width, height) / 2 / radius) * MARGIN;
  return { scale, left: width / 2 - x * scale, top: height / 2 + y * scale };
}

/** A view after zooming and panning by d3: multiply by k, then move by (x, y) pixels. */
export function zoomed(view: View, { k, x, y }: { k: number; x: number; y: number }): View {
  return { scale: view.scale * k, left: view.left * k + x, top: view.top * k + y };
}

export function toPixelX(view: View, x: number): Pixels {
  return (x * view.scale + view.left) as Pixels;
}

export function toPixelY(view: View, y: number): Pixels {
  return (-y * view.scale + view.top) as Pixels;
}

export function toFeatureX(view: View, px: number): FeatureUnits {
  return ((px - view.left) / view.scale) as FeatureUnits;
}

export function toFeatureY(view: View, py: number): FeatureUnits {
  return ((view.top - py) / view.scale) as FeatureUnits;
}

/** Share of points that may lie outside of the fitted extent. */
const OUTLIERS = 0.002;

/** As many points tell where the others are. */
const ENOUGH = 1000;

/**
 * The extent that holds nearly all points, and all of `anchors`.
 *
 * @param points [count × 2]
 * @param anchors [count × 2], never left out
 */
export function extentOf(points: Float32Array, anchors: Float32Array): Extent {
  const [left, right] = range(points, anchors, 0);
  const [bottom, top] = range(points, anchors, 1);
  const radius = Math.max(right - left, top - bottom) / 2;
  return { x: (left + right) / 2, y: (bottom + top) / 2, radius: radius > 1e-6 ? radius : 1 };
}

function range(points: Float32Array, anchors: Float32Array, axis: 0 | 1): [number, number] {
  const stride = 2 * Math.ceil(points.length / 2 / ENOUGH);
  const coordinates = new Float32Array(Math.ceil((points.length - axis) / stride));
  for (let i = 0; i < coordinates.length; i++) coordinates[i] = points[i * stride + axis] as number;
  const sorted = coordinates.filter(Number.isFinite).sort();
  const cut = Math.floor(sorted.length * OUTLIERS);
  let low = sorted[cut] ?? 0;
  let high = sorted[sorted.length - 1 - cut] ?? 0;
  for (let i = axis; i < anchors.length; i += 2) {
    const value = anchors[i] as number;
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

/** The sample nearest to a point on the screen within `reach` pixels, or −1. Brute force is cheaper than any index. */
export function nearestSample(
  points: Float32Array,
  view: View,
  px: number,
  py: number,
  reach: number,
): number {
  let best = reach * reach;
  let nearest = -1;
  for (let i = 0; i < points.length / 2; i++) {
    const dx = (points[2 * i] as number) * view.scale + view.left - px;
    const dy = view.top - (points[2 * i + 1] as number) * view.scale - py;
    const distance = dx * dx + dy * dy;
    if (distance <= best) {
      best = distance;
      nearest = i;
    }
  }
  return nearest;
}

/** The nearest sample in a direction on the screen (dx right, dy down) from sample `from`; that one where there is none. */
export function neighbouringSample(
  points: Float32Array,
  view: View,
  from: number,
  dx: number,
  dy: number,
): number {
  const x = (i: number) => (points[2 * i] as number) * view.scale + view.left;
  const y = (i: number) => view.top - (points[2 * i + 1] as number) * view.scale;
  let best = Number.POSITIVE_INFINITY;
  let nearest = from;
  for (let i = 0; i < points.length / 2; i++) {
    const along = (x(i) - x(from)) * dx + (y(i) - y(from)) * dy;
    const across = Math.abs((x(i) - x(from)) * dy - (y(i) - y(from)) * dx);
    // Inside a quarter turn around the direction; nearer along it is better.
    if (i === from || along <= 0.5 || across > along) continue;
    if (along + across < best) {
      best = along + across;
      nearest = i;
    }
  }
  return nearest;
}
