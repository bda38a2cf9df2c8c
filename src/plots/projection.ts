/**
 * Features of many dimensions on a plane: their principal axes, and a plane through these that can be turned. All distances
 * and measures are of the whole space; only what is drawn goes through here.
 */

import type { Extent } from './view.ts';

/** So many principal axes a plane is turned through: further ones show next to nothing. */
export const MOST_AXES = 8;
/** Samples that the axes are found from, evenly spread. */
const ENOUGH = 600;
/** Rounds of the iteration: from scratch, and where it goes on from known axes. */
const ROUNDS = { fresh: 40, known: 3 };

/** The directions in which features spread most, the widest first. */
export interface PrincipalAxes {
  readonly dim: number;
  readonly count: number;
  /** Orthonormal, [count × dim]. */
  readonly axes: Float32Array;
  /** Share of the variance along each axis, [count]. */
  readonly shares: readonly number[];
}

/**
 * By orthogonal iteration on the covariance (Golub & Van Loan 2013, 8.2.4).
 *
 * @param features [samples × dim]
 * @param before axes of the same space a little earlier: what is found follows them, so that a picture does not jump
 */
export function principalAxes(features: Float32Array, dim: number, before?: PrincipalAxes): PrincipalAxes {
  const count = Math.min(dim, MOST_AXES);
  const covariance = covarianceOf(features, dim);
  const isKnown = before?.dim === dim && before.count === count;
  const axes = isKnown ? Float64Array.from(before.axes) : startOf(count, dim);
  for (let round = 0; round < (isKnown ? ROUNDS.known : ROUNDS.fresh); round++) {
    const next = times(covariance, axes, dim);
    axes.set(orthonormal(next, axes, dim));
  }
  let total = 0;
  for (let k = 0; k < dim; k++) total += covariance[k * dim + k] as number;
  const spread = times(covariance, axes, dim);
  const shares = Array.from({ length: count }, (_, i) => {
    const variance = dot(spread, i, axes, i, dim);
    return total > 0 ? Math.max(0, variance / total) : 0;
  });
  return { dim, count, axes: Float32Array.from(axes), shares };
}

/** [dim × dim], about the mean. */
function covarianceOf(features: Float32Array, dim: number): Float64Array {
  const samples = features.length / dim;
  const stride = Math.max(1, Math.ceil(samples / ENOUGH));
  const mean = new Float64Array(dim);
  const rows: number[] = [];
  for (let i = 0; i < samples; i += stride) rows.push(i);
  for (const i of rows)
    for (let k = 0; k < dim; k++)
      mean[k] = (mean[k] as number) + (features[i * dim + k] as number) / rows.length;
  const covariance = new Float64Array(dim * dim);
  for (const i of rows) {
    for (let k = 0; k < dim; k++) {
      const own = (features[i * dim + k] as number) - (mean[k] as number);
      for (let l = 0; l <= k; l++) {
        const at = k * dim + l;
        covariance[at] =
          (covariance[at] as number) + own * ((features[i * dim + l] as number) - (mean[l] as number));
      }
    }
  }
  for (let k = 0; k < dim; k++)
    for (let l = 0; l < k; l++) covariance[l * dim + k] = covariance[k * dim + l] as number;
  return covariance;
}

/** Directions that have something of every axis, the same each time. */
function startOf(count: number, dim: number): Float64Array {
  const start = Float64Array.from({ length: count * dim }, (_, at) => Math.cos(1 + at * 2.399963));
  return orthonormal(start, start, dim);
}

/** Each row times the covariance, [rows × dim]. */
function times(covariance: Float64Array, rows: Float64Array, dim: number): Float64Array {
  const result = new Float64Array(rows.length);
  for (let row = 0; row < rows.length / dim; row++) {
    for (let k = 0; k < dim; k++) {
      let sum = 0;
      for (let l = 0; l < dim; l++)
        sum += (covariance[k * dim + l] as number) * (rows[row * dim + l] as number);
      result[row * dim + k] = sum;
    }
  }
  return result;
}

/** Gram–Schmidt, twice for the sake of rounding; a row that vanishes is what it was in `otherwise`, made orthogonal. */
function orthonormal(rows: Float64Array, otherwise: Float64Array, dim: number): Float64Array {
  const result = Float64Array.from(rows);
  for (let i = 0; i < rows.length / dim; i++) {
    if (!settle(result, i, dim)) {
      result.set(otherwise.subarray(i * dim, (i + 1) * dim), i * dim);
      for (let axis = 0; !settle(result, i, dim) && axis < dim; axis++) {
        result.fill(0, i * dim, (i + 1) * dim);
        result[i * dim + axis] = 1;
      }
    }
  }
  return result;
}

/** Makes row i orthogonal to those before it, and of length one; false where nothing is left of it. */
function settle(rows: Float64Array, i: number, dim: number): boolean {
  const before = Math.sqrt(dot(rows, i, rows, i, dim));
  for (let pass = 0; pass < 2; pass++) {
    for (let j = 0; j < i; j++) {
      const share = dot(rows, i, rows, j, dim);
      for (let k = 0; k < dim; k++)
        rows[i * dim + k] = (rows[i * dim + k] as number) - share * (rows[j * dim + k] as number);
    }
  }
  const length = Math.sqrt(dot(rows, i, rows, i, dim));
  if (!(length > 1e-9 * before)) return false;
  for (let k = 0; k < dim; k++) rows[i * dim + k] = (rows[i * dim + k] as number) / length;
  return true;
}

function dot(a: Float64Array, i: number, b: Float64Array, j: number, dim: number): number {
  let sum = 0;
  for (let k = 0; k < dim; k++) sum += (a[i * dim + k] as number) * (b[j * dim + k] as number);
  return sum;
}

/** Where each principal axis points on the plane, [axes × 2]: its columns are orthonormal. */
export type Plane = Float32Array;

/** The plane of the two widest axes. */
export function firstPlane(count: number): Plane {
  const plane = new Float32Array(2 * count);
  plane[0] = 1;
  plane[3] = 1;
  return plane;
}

/** Where places are drawn: [count × dim] to [count × 2]; NaN stays NaN. */
export function projected(
  places: Float32Array,
  { axes, dim, count }: PrincipalAxes,
  plane: Plane,
): Float32Array {
  const [right, up] = basisOf(axes, dim, count, plane);
  const result = new Float32Array((2 * places.length) / dim);
  for (let i = 0; i < result.length / 2; i++) {
    let [x, y] = [0, 0];
    for (let k = 0; k < dim; k++) {
      const value = places[i * dim + k] as number;
      x += value * (right[k] as number);
      y += value * (up[k] as number);
    }
    result[2 * i] = x;
    result[2 * i + 1] = y;
  }
  return result;
}

/** The two directions of feature space that the plane's axes are, [dim] each. */
function basisOf(axes: Float32Array, dim: number, count: number, plane: Plane): [Float64Array, Float64Array] {
  const [right, up] = [new Float64Array(dim), new Float64Array(dim)];
  for (let axis = 0; axis < count; axis++) {
    for (let k = 0; k < dim; k++) {
      const own = axes[axis * dim + k] as number;
      right[k] = (right[k] as number) + own * (plane[2 * axis] as number);
      up[k] = (up[k] as number) + own * (plane[2 * axis + 1] as number);
    }
  }
  return [right, up];
}

export function isFirstPlane(plane: Plane): boolean {
  return plane[0] === 1 && plane[3] === 1;
}

/** Share of the samples that are in sight however the plane is turned. */
const IN_SIGHT = 0.98;

/** A circle round the features' mean that holds nearly all of them on every plane: it turns with the plane, and stays as large. */
export function extentOfTour(features: Float32Array, axes: PrincipalAxes, plane: Plane): Extent {
  const { dim, count } = axes;
  const samples = features.length / dim;
  const mean = new Float32Array(dim);
  for (let i = 0; i < features.length; i++)
    mean[i % dim] = (mean[i % dim] as number) + (features[i] as number) / samples;
  const stride = Math.max(1, Math.ceil(samples / ENOUGH));
  const distances: number[] = [];
  for (let i = 0; i < samples; i += stride) {
    let square = 0;
    for (let axis = 0; axis < count; axis++) {
      let along = 0;
      for (let k = 0; k < dim; k++)
        along +=
          ((features[i * dim + k] as number) - (mean[k] as number)) * (axes.axes[axis * dim + k] as number);
      square += along ** 2;
    }
    distances.push(Math.sqrt(square));
  }
  distances.sort((a, b) => a - b);
  const radius = distances[Math.floor(IN_SIGHT * (distances.length - 1))] ?? 1;
  const [x = 0, y = 0] = projected(mean, axes, plane);
  return { x, y, radius: radius > 1e-6 ? radius : 1 };
}

/** How fast the plane turns, in radians a second: slow enough to follow a point. */
const SPEED = 0.22;

/** The plane turned a little further on the grand tour (Asimov 1985): a rotation in each pair of axes, at speeds of its own. */
export function toured(plane: Plane, seconds: number): Plane {
  const next = Float64Array.from(plane);
  const count = plane.length / 2;
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const turn =
        SPEED * seconds * (0.35 + (((i * 13 + j * 7) * 0.618034) % 1)) * ((i + j) % 2 === 0 ? 1 : -1);
      const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
      for (let column = 0; column < 2; column++) {
        const [a, b] = [next[2 * i + column] as number, next[2 * j + column] as number];
        next[2 * i + column] = cos * a - sin * b;
        next[2 * j + column] = sin * a + cos * b;
      }
    }
  }
  return orthonormalised(next);
}

/** No axis is drawn longer: at one whole it would hide all others. */
const LONGEST = 0.995;

/**
 * The plane with one axis taken by hand: it points where it was put, and the others make room, as little as they can (Li,
 * Zhao, Scheidegger 2020).
 *
 * @param plane of three axes or more
 * @param to where its end is drawn; longer than one is as long as one
 */
export function withAxisAt(plane: Plane, axis: number, to: readonly [x: number, y: number]): Plane {
  const length = Math.hypot(...to);
  const scale = length > LONGEST ? LONGEST / length : 1;
  const [x, y] = [to[0] * scale, to[1] * scale];
  // Columns stay orthonormal where the other rows' products are I − r·rᵀ, r being the held row.
  const root = rootOf([1 - x * x, -x * y, 1 - y * y]);
  // The nearest such rows, by the orthogonal Procrustes problem; a little of every axis, lest there is only one.
  const rows = Float64Array.from(plane, (value, at) => value + 1e-4 * Math.cos(1 + at * 2.399963));
  rows.fill(0, 2 * axis, 2 * axis + 2);
  const next = timesTwo(orthonormalPart(timesTwo(rows, root)), root);
  next[2 * axis] = x;
  next[2 * axis + 1] = y;
  return Float32Array.from(next);
}

/** A symmetric matrix of two rows: [a, b, c] is a b, b c. */
type Symmetric = readonly [a: number, b: number, c: number];

/** The square root of one that is not negative. */
function rootOf([a, b, c]: Symmetric): Symmetric {
  const determinant = Math.sqrt(Math.max(0, a * c - b * b));
  const scale = 1 / Math.sqrt(a + c + 2 * determinant);
  return [(a + determinant) * scale, b * scale, (c + determinant) * scale];
}

/** [rows × 2] times a symmetric matrix. */
function timesTwo(rows: Float64Array, [a, b, c]: Symmetric): Float64Array {
  const result = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at += 2) {
    const [x, y] = [rows[at] as number, rows[at + 1] as number];
    result[at] = a * x + b * y;
    result[at + 1] = b * x + c * y;
  }
  return result;
}

/** The nearest [rows × 2] with orthonormal columns: A·(AᵀA)^(−1/2). */
function orthonormalPart(rows: Float64Array): Float64Array {
  let [xx, xy, yy] = [0, 0, 0];
  for (let at = 0; at < rows.length; at += 2) {
    const [x, y] = [rows[at] as number, rows[at + 1] as number];
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  const [a, b, c] = rootOf([xx, xy, yy]);
  const determinant = a * c - b * b;
  return timesTwo(rows, [c / determinant, -b / determinant, a / determinant]);
}

/** The same plane, rid of what rounding does to it. */
function orthonormalised(rows: Float64Array): Plane {
  return Float32Array.from(orthonormalPart(rows));
}
