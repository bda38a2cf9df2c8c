import { describe, expect, it } from 'vitest';
import { axesOf } from './marks/axes.ts';
import { clearPixels, drawPoints } from './raster.ts';
import {
  extentOf,
  nearestSample,
  toFeatureX,
  toFeatureY,
  toPixelX,
  toPixelY,
  viewOf,
  zoomed,
} from './view.ts';

describe('view', () => {
  const view = zoomed(viewOf({ x: 2, y: -1, radius: 4 }, 300, 200), { k: 1.5, x: 12, y: -7 });

  it('goes to pixels and back', () => {
    expect(toFeatureX(view, toPixelX(view, 3.25))).toBeCloseTo(3.25, 9);
    expect(toFeatureY(view, toPixelY(view, -8))).toBeCloseTo(-8, 9);
  });

  it('points up and has one scale for both axes', () => {
    expect(toPixelY(view, 1)).toBeLessThan(toPixelY(view, 0));
    expect(toPixelX(view, 1) - toPixelX(view, 0)).toBeCloseTo(toPixelY(view, 0) - toPixelY(view, 1), 9);
  });

  it('holds all anchors, and points but for outliers', () => {
    const points = new Float32Array(4000).map((_, i) => (i % 100) / 100);
    points[0] = 1e6;
    const { x, radius } = extentOf(points, Float32Array.from([-5, 0, Number.NaN, Number.NaN]));
    expect(x - radius).toBeLessThanOrEqual(-5);
    expect(x + radius).toBeLessThan(10);
  });

  it('labels ticks where the label is whole, whatever the zoom', () => {
    for (let pan = 0; pan < 100; pan++) {
      const { x, y } = axesOf(zoomed(view, { k: 2, x: pan, y: -pan }), 300, 200);
      expect(x.ticks.length).toBeGreaterThan(1);
      expect(y.ticks.length).toBeGreaterThan(0);
      for (const tick of x.ticks) {
        expect(x.scale(tick)).toBeGreaterThanOrEqual(14);
        expect(x.scale(tick)).toBeLessThanOrEqual(286);
      }
      // The lowest row is the horizontal axis'.
      for (const tick of y.ticks) expect(y.scale(tick)).toBeLessThanOrEqual(176);
    }
  });

  it('finds the nearest sample within reach, or none', () => {
    const points = Float32Array.from([0, 0, 1, 1]);
    const px = toPixelX(view, 1) + 2;
    expect(nearestSample(points, view, px, toPixelY(view, 1), 12)).toBe(1);
    expect(nearestSample(points, view, px + 400, 0, 12)).toBe(-1);
  });
});

describe('raster', () => {
  const size = 20;
  const draw = (points: number[]) => {
    const pixels = new Uint8ClampedArray(size * size * 4);
    clearPixels(pixels, [255, 255, 255]);
    drawPoints(
      pixels,
      Float32Array.from(points),
      Uint8Array.from([0]),
      { scale: 1, left: 10, top: 10 },
      {
        width: size,
        height: size,
        radius: 2,
        colours: [[255, 0, 0]],
      },
    );
    return pixels;
  };
  const at = (pixels: Uint8ClampedArray, x: number, y: number) =>
    Array.from(pixels.subarray((y * size + x) * 4, (y * size + x) * 4 + 4));

  it('draws a disc of the class’s colour at its place, and nothing else', () => {
    const pixels = draw([0, 0]);
    const [red, green, blue, alpha] = at(pixels, 10, 10);
    expect([red, alpha]).toEqual([255, 255]);
    expect(green).toBeLessThan(100);
    expect(blue).toBe(green);
    expect(at(pixels, 10, 15)).toEqual([255, 255, 255, 255]);
    expect(at(pixels, 0, 0)).toEqual([255, 255, 255, 255]);
  });

  it.each([
    [Number.NaN, 0],
    [0, Number.POSITIVE_INFINITY],
    [1e9, 0],
  ])('draws nothing for a point at (%d, %d)', (x, y) => {
    expect(draw([x, y]).every((value) => value === 255)).toBe(true);
  });

  it('has the middle of a disc in the pixel that its place is in', () => {
    expect(at(draw([0.9, 0.9]), 10, 9)).toEqual(at(draw([0, 0]), 10, 10));
  });

  it('clips a disc at the edge', () => {
    expect(at(draw([-10, 10]), 0, 0)[1]).toBeLessThan(255);
  });
});
