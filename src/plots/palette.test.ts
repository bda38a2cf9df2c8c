import { describe, expect, it } from 'vitest';
import {
  classColours,
  customProperties,
  GENUINE,
  GROUND,
  IMPOSTOR,
  INK,
  rgbOf,
  type Theme,
} from './palette.ts';

type Matrix = readonly (readonly number[])[];

/** What colour-blind eyes make of linear RGB, at full severity (Machado, Oliveira, Fernandes 2009). */
const EYES: Readonly<Record<string, Matrix>> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

describe.each(['light', 'dark'] as Theme[])('the %s palette', (theme) => {
  const lab = (colour: string) => oklab(rgbOf(colour));

  const apart = (a: string, b: string) => {
    const other = lab(b);
    return Math.hypot(...lab(a).map((value, k) => value - (other[k] ?? 0)));
  };

  it('keeps every two of ten classes apart', () => {
    const colours = classColours(theme, 10);
    for (const [i, a] of colours.entries()) {
      for (const b of colours.slice(i + 1)) expect(apart(a, b)).toBeGreaterThan(0.08);
    }
  });

  it('has a colour for each of a hundred classes, neighbours apart', () => {
    const colours = classColours(theme, 100);
    expect(new Set(colours).size).toBe(100);
    for (const [i, colour] of colours.entries()) {
      expect(colour).toMatch(/^#[0-9a-f]{6}$/);
      for (const near of colours.slice(i + 1, i + 3)) expect(apart(colour, near)).toBeGreaterThan(0.08);
    }
    // However many there are.
    expect(colours.slice(0, 10)).toEqual(classColours(theme, 10));
    expect(classColours(theme, 100)).toBe(colours);
  });

  it('stands out from its ground', () => {
    const ground = lab(GROUND[theme])[0] ?? 0;
    for (const colour of classColours(theme, 100))
      expect(Math.abs((lab(colour)[0] ?? 0) - ground)).toBeGreaterThan(0.25);
  });

  it('gives the style sheets a colour for each run, none of which is another’s', () => {
    const runs = Object.entries(customProperties(theme)).filter(([name]) => name.startsWith('--run-'));
    expect(new Set(runs.map(([, colour]) => colour)).size).toBe(4);
    for (const [, colour] of runs) {
      for (const own of classColours(theme, 10)) expect(apart(colour, own)).toBeGreaterThan(0.03);
    }
  });

  it('has another family for pairs than for runs and classes, and the threshold is none of them', () => {
    const runs = [0, 1, 2, 3].map((run) => customProperties(theme)[`--run-${run}`] ?? '');
    for (const own of [GENUINE[theme], IMPOSTOR[theme], INK[theme]]) {
      for (const colour of runs) expect(apart(own, colour)).toBeGreaterThan(0.12);
      for (const colour of classColours(theme, 10)) expect(apart(own, colour)).toBeGreaterThan(0.07);
      // Of what carries meaning, WCAG 2.2 asks for this (1.4.11).
      expect(contrast(own, GROUND[theme])).toBeGreaterThan(3);
    }
  });

  it.each(Object.entries(EYES))('tells genuine, impostor and threshold apart in %s', (_, matrix) => {
    const seen = (colour: string) => oklabOfLinear(product(matrix, linear(rgbOf(colour))));
    const apartSeen = (a: string, b: string) => {
      const other = seen(b);
      return Math.hypot(...seen(a).map((value, k) => value - (other[k] ?? 0)));
    };
    expect(apartSeen(GENUINE[theme], IMPOSTOR[theme])).toBeGreaterThan(0.25);
    expect(apartSeen(GENUINE[theme], INK[theme])).toBeGreaterThan(0.25);
    expect(apartSeen(IMPOSTOR[theme], INK[theme])).toBeGreaterThan(0.1);
  });
});

function product(matrix: Matrix, vector: readonly number[]): number[] {
  return matrix.map((row) => {
    const sum = row.reduce((total, factor, k) => total + factor * (vector[k] ?? 0), 0);
    return Math.max(0, Math.min(1, sum));
  });
}

function linear(rgb: readonly number[]): number[] {
  return rgb.map((byte) => {
    const value = byte / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
}

/** As WCAG 2 defines it, from 1 to 21. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string) => {
    const [r = 0, g = 0, b = 0] = linear(rgbOf(colour));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** OKLab of sRGB bytes (Ottosson 2020): distances near to how different colours look. */
function oklab(rgb: readonly number[]): number[] {
  return oklabOfLinear(linear(rgb));
}

function oklabOfLinear([r = 0, g = 0, b = 0]: readonly number[]): number[] {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
