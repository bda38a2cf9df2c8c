/** Figures that need no page: what stands in them, and that nothing strange gets in. */

import { describe, expect, it } from 'vitest';
import { confusionFigure } from './confusion.ts';
import { inFrame, type Picture } from './figure.ts';
import { bare } from './marks.ts';
import { classColours } from './palette.ts';
import { broken, panelsFigure } from './panels-figure.ts';
import { toPixelX, toPixelY } from './view.ts';

/** Two classes, of which training never saw the second. */
const picture: Picture = {
  channels: {
    ...bare({
      ...{ points: Float32Array.of(0, 0, 4, 2), labels: Uint8Array.of(0, 1), names: ['0', '1'] },
      ...{ colours: classColours('dark', 2), means: Float32Array.of(0, 0, 4, 2) },
      centres: Float32Array.of(0, 0, Number.NaN, Number.NaN),
    }),
    hollow: [1],
  },
  frame: { view: { scale: 10, left: 200, top: 100 }, width: 400, height: 200, theme: 'dark' },
};

describe('a figure of panels', () => {
  it('keeps the middle of what is in sight, in a square of another theme', () => {
    const { frame, channels } = inFrame(picture, 300, 'light');
    expect(frame).toMatchObject({ width: 300, height: 300, theme: 'light' });
    // What was in the middle is there still, as large a share of the shorter side as before.
    expect(toPixelX(frame.view, 0)).toBeCloseTo(150, 9);
    expect(toPixelY(frame.view, 0)).toBeCloseTo(150, 9);
    expect(frame.view.scale / 300).toBeCloseTo(10 / 200, 9);
    expect(channels.colours).toEqual(classColours('light', 2));
  });

  it('letters its panels, two by two where there are four, and names a class once', () => {
    const panel = { title: 'A < B', picture: inFrame(picture, 300, 'light') };
    const [three, four] = [3, 4].map((count) => panelsFigure(Array(count).fill(panel), 'All of it.'));
    expect(three?.svg.match(/>\((a|b|c)\)</g)).toHaveLength(3);
    expect(four?.width).toBeLessThan(three?.width ?? 0);
    expect(four?.height).toBeGreaterThan(three?.height ?? 0);
    expect(three?.svg).toContain('A &lt; B');
    expect(three?.svg.match(/>1<\/text><\/g>/g)).toHaveLength(1);
    // A ring in the key, as in the plot.
    expect(three?.svg).toMatch(/r="3.2" fill="none" stroke="#/);
    expect(() => panelsFigure([], '')).toThrow(RangeError);
  });

  it('breaks a caption at spaces', () => {
    expect(broken('a bc def', 4)).toEqual(['a bc', 'def']);
    expect(broken('unbreakable', 4)).toEqual(['unbreakable']);
  });
});

it('a confusion matrix has a cell a pair, its counts, and its names as text', () => {
  const { svg } = confusionFigure(Uint32Array.of(7, 1, 0, 9), ['<b>', 'two'], {
    ...{ title: 'T', caption: 'C', theme: 'light' },
  });
  expect(svg.match(/<rect x/g)).toHaveLength(4);
  expect([...svg.matchAll(/>(\d)<\/text>/g)].map(([, count]) => count)).toEqual(['7', '1', '9']);
  expect(svg).toContain('&lt;b&gt;');
  expect(svg).not.toContain('<b>');
});
