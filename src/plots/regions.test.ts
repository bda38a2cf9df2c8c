import { describe, expect, it } from 'vitest';
import { createRandom } from '../data/random.ts';
import type { DecisionRule } from '../losses/term.ts';
import {
  largestCentreCosine,
  largestCosine,
  largestLogit,
  linearScores,
  nearestCentre,
} from '../measures/decision.ts';
import type { Frame, Raster } from './mark.ts';
import { regions, tintOf } from './marks/regions.ts';
import { classColours, GROUND, rgbOf } from './palette.ts';
import { clearPixels } from './raster.ts';
import { regionsOf } from './regions.ts';
import { toFeatureX, toFeatureY } from './view.ts';

const PLACES = 2000;
const SIZE = 300;
const random = createRandom(1, 'regions');
const normal = (count: number, size: number) =>
  Float32Array.from({ length: count }, () => size * random.normal());

const RULES: Record<
  DecisionRule,
  (features: Float32Array, agents: Float32Array, centres: Float32Array) => Uint8Array
> = {
  logits: (features, agents) => largestLogit(features, agents, 2),
  cosine: (features, agents) => largestCosine(features, agents, 2),
  'nearest centre': (features, _, centres) => nearestCentre(features, centres, 2),
  'centre cosine': (features, _, centres) => largestCentreCosine(features, centres, 2),
};

const VIEWS = {
  'with all of the plane': { scale: 8, left: 150, top: 150 },
  'zoomed in': { scale: 400, left: -700, top: 900 },
};

describe.each(Object.keys(RULES) as DecisionRule[])('regions by %s', (rule) => {
  describe.each(Object.entries(VIEWS))('%s', (_, view) => {
    it.each([0, 2])('hold the places that the rule takes, with %i classes left out', (leftOut) => {
      const agents = normal(20, 1);
      const centres = normal(20, 8).fill(Number.NaN, 20 - 2 * leftOut);
      const scores = linearScores(rule, { agents, centres, dim: 2 });
      const frame: Frame = { view, width: SIZE, height: SIZE, theme: 'light' };
      const channels = { scores, colours: classColours('light', 10), litClass: undefined };
      const raster: Raster = {
        data: new Uint8ClampedArray(4 * SIZE * SIZE),
        width: SIZE,
        height: SIZE,
        ratio: 1,
      };
      clearPixels(raster.data, rgbOf(GROUND.light));
      regions.rasterise?.(channels, frame, raster);
      if (scores === undefined) throw new Error('Agents are known.');
      const cells = regionsOf(scores, view, SIZE, SIZE);
      const pixels = Float32Array.from({ length: 2 * PLACES }, () => random.uniform() * SIZE);
      const features = pixels.map((at, i) => (i % 2 === 0 ? toFeatureX(view, at) : toFeatureY(view, at)));
      const taken = RULES[rule](features, agents, centres);
      let inTint = 0;
      for (let i = 0; i < PLACES; i++) {
        const [x, y] = [pixels[2 * i] as number, pixels[2 * i + 1] as number];
        const label = taken[i] as number;
        // Single precision decides at the very edge.
        const near = cells
          .filter(({ corners }) => distanceTo(corners, x, y) < 1e-3)
          .map((cell) => cell.label);
        expect(near).toContain(label);
        const [column, row] = [Math.floor(x), Math.floor(y)];
        const at = 4 * (row * SIZE + column);
        const isInside = cells.some(
          (cell) => cell.label === label && distanceTo(cell.corners, column + 0.5, row + 0.5) < -1.5,
        );
        if (!isInside) continue;
        inTint++;
        expect(Array.from(raster.data.subarray(at, at + 3))).toEqual(tintOf(channels, { label }, 'light'));
      }
      expect(inTint).toBeGreaterThan(PLACES / 2);
      // Together they are the whole plot.
      expect(cells.reduce((sum, { corners }) => sum + areaOf(corners), 0)).toBeCloseTo(SIZE * SIZE, 3);
    });
  });
});

it('classes that decide alike are taken by the first', () => {
  const agents = Float32Array.from([1, 1, -1, 0, 0, 0]);
  const scores = linearScores('logits', { agents, centres: new Float32Array(6), dim: 2 });
  if (scores === undefined) throw new Error('Agents are known.');
  const view = { scale: 1, left: 50, top: 50 };
  expect(regionsOf(scores, view, 100, 100).map(({ label }) => label)).toEqual([0, 2]);
});

it('without agents nothing is known of logits', () => {
  expect(linearScores('logits', { centres: new Float32Array(6), dim: 2 })).toBeUndefined();
});

it('the lit class stands out, and figures have the same shapes', () => {
  const scores = linearScores('nearest centre', { centres: Float32Array.from([-1, 0, 1, 0]), dim: 2 });
  const colours = classColours('dark', 2);
  const frame: Frame = { view: { scale: 10, left: 50, top: 50 }, width: 100, height: 100, theme: 'dark' };
  const shapes = regions.render({ scores, colours, litClass: 1 }, frame);
  expect(shapes.map(({ attributes }) => attributes.d)).toEqual([
    'M0 0 50 0 50 100 0 100Z',
    'M50 0 100 0 100 100 50 100Z',
  ]);
  const [other, lit] = shapes.map(({ attributes }) => rgbOf(String(attributes.fill)));
  const contrast = (colour: readonly number[] = []) =>
    colour.reduce((sum, byte, k) => sum + Math.abs(byte - (rgbOf(GROUND.dark)[k] as number)), 0);
  expect(contrast(lit)).toBeGreaterThan(3 * contrast(other));
});

/** Signed distance to a convex polygon in the order of its corners, negative inside. */
function distanceTo(corners: readonly number[], x: number, y: number): number {
  let farthest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < corners.length; i += 2) {
    const [ax, ay] = [corners[i] as number, corners[i + 1] as number];
    const next = (i + 2) % corners.length;
    const [dx, dy] = [(corners[next] as number) - ax, (corners[next + 1] as number) - ay];
    const length = Math.hypot(dx, dy);
    // An edge of no length has no direction.
    if (length > 1e-6) farthest = Math.max(farthest, ((x - ax) * dy - (y - ay) * dx) / length);
  }
  return farthest;
}

function areaOf(corners: readonly number[]): number {
  let twice = 0;
  for (let i = 0; i < corners.length; i += 2) {
    const next = (i + 2) % corners.length;
    twice +=
      (corners[i] as number) * (corners[next + 1] as number) -
      (corners[next] as number) * (corners[i + 1] as number);
  }
  return Math.abs(twice) / 2;
}
