/**
 * Every colour of the plots, in a light and a dark set. Marks read them here; the page's style sheets get
 * them as custom properties.
 */

import { hcl } from 'd3';

export type Theme = 'light' | 'dark';
type Themed = Readonly<Record<Theme, string>>;

/** Behind the points. */
export const GROUND: Themed = { light: '#ffffff', dark: '#11151a' };
/** Of what is read first: names, centres. */
export const INK: Themed = { light: '#1a2026', dark: '#e6eaee' };
/** Of what is read second: axes, captions. */
export const QUIET: Themed = { light: '#59636e', dark: '#9aa6b2' };
/** Of grids and edges. */
export const LINE: Themed = { light: '#dfe3e7', dark: '#29313a' };

/** Of pairs of one class, and of two: violet and brass, which no run has and no class, one much lighter than the other. */
export const GENUINE: Themed = { light: '#9a6ff0', dark: '#8064e4' };
export const IMPOSTOR: Themed = { light: '#4c3e0e', dark: '#e3c766' };

/** Of runs, by their place in the experiment: another family than the classes'. */
const RUNS: readonly Themed[] = [
  { light: '#5c6773', dark: '#a9b4bf' },
  { light: '#1f6fd0', dark: '#6da8ff' },
  { light: '#d9480f', dark: '#ff8a5c' },
  { light: '#006057', dark: '#7ff0c8' },
];

export const FONT = 'system-ui, sans-serif';

/**
 * Ten class colours that stay apart for readers with and without colour blindness: neighbours in the list
 * differ in lightness as well as in hue.
 */
const CLASS_COLOURS: Readonly<Record<Theme, readonly string[]>> = {
  light: [
    '#1f4fbf',
    '#e07b00',
    '#0b8a6b',
    '#c2255c',
    '#5b2a86',
    '#7a8b00',
    '#2aa5d8',
    '#8c4a1f',
    '#ea6fb0',
    '#4a5560',
  ],
  dark: [
    '#6d9bff',
    '#ffab3d',
    '#2fd3a5',
    '#ff6b8e',
    '#b78cf2',
    '#cfe05a',
    '#6fe0ff',
    '#d99a6c',
    '#ffb3dd',
    '#b4c0cc',
  ],
};

/** Chroma and lightness of further classes in CIE LCh, in turn. */
const FURTHER: Readonly<Record<Theme, readonly (readonly [chroma: number, lightness: number])[]>> = {
  light: [
    [60, 36],
    [52, 62],
    [34, 48],
  ],
  dark: [
    [46, 64],
    [38, 86],
    [58, 74],
  ],
};
const GOLDEN_ANGLE = 137.508;

const known = new Map<string, readonly string[]>();

/** A colour a class. A class has the same colour however many there are; equal questions get the identical array. */
export function classColours(theme: Theme, classes: number): readonly string[] {
  const key = `${theme} ${classes}`;
  const colours = known.get(key) ?? Array.from({ length: classes }, (_, label) => classColour(theme, label));
  known.set(key, colours);
  return colours;
}

/** More classes than these are not told apart by colour alone. */
export const MANY = 20;
/** Of classes that stand back where there are many. */
const BACK: Themed = { light: '#a7afb8', dark: '#5d6873' };

/** Classes that matter more than others. */
export interface StandingOut {
  /** Those that training never saw. */
  readonly hollow: readonly number[];
  readonly litClass?: number | undefined;
}

/**
 * A colour a class, as `classColours` has them; where there are many, those that stand out have the ten that are told apart
 * best, by their order, and the rest is grey. Equal questions get the identical array.
 */
export function coloursOf(
  theme: Theme,
  classes: number,
  { hollow, litClass }: StandingOut,
): readonly string[] {
  if (classes <= MANY || hollow.length === 0) return classColours(theme, classes);
  const standing = litClass === undefined || hollow.includes(litClass) ? hollow : [...hollow, litClass];
  const key = `${theme} ${classes} ${standing.join()}`;
  const colours =
    known.get(key) ??
    Array.from({ length: classes }, (_, label) => {
      const place = standing.indexOf(label);
      return place < 0 ? BACK[theme] : classColour(theme, place);
    });
  known.set(key, colours);
  return colours;
}

/** '#rrggbb'. Past ten classes neighbours stay apart; no one can tell a hundred by colour alone. */
export function classColour(theme: Theme, label: number): string {
  const chosen = CLASS_COLOURS[theme][label];
  if (chosen !== undefined) return chosen;
  const further = FURTHER[theme];
  const [chroma, lightness] = further[label % further.length] ?? [0, 50];
  return hcl((label * GOLDEN_ANGLE) % 360, chroma, lightness).formatHex();
}

/** Custom properties of the page's style sheets, by name. */
export function customProperties(theme: Theme): Readonly<Record<string, string>> {
  return {
    '--surface': GROUND[theme],
    '--text': INK[theme],
    '--quiet': QUIET[theme],
    '--line': LINE[theme],
    '--genuine': GENUINE[theme],
    '--impostor': IMPOSTOR[theme],
    ...Object.fromEntries(RUNS.map((colour, run) => [`--run-${run}`, colour[theme]])),
  };
}

/** '#rrggbb' to its three bytes. */
export function rgbOf(colour: string): [red: number, green: number, blue: number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
