/**
 * Ten class colours that stay apart for readers with and without colour blindness, in a light and a
 * dark set: neighbours in the list differ in lightness as well as in hue.
 */

export type Theme = 'light' | 'dark';

export const CLASS_COLOURS: Record<Theme, readonly string[]> = {
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

/** Of the plot's ground, behind the points. */
export const GROUND: Record<Theme, string> = { light: '#ffffff', dark: '#11151a' };

/** The colour of a class. Labels are 0 to 9; anything else is grey. */
export function classColour(theme: Theme, label: number): string {
  return CLASS_COLOURS[theme][label] ?? '#888888';
}

/** '#rrggbb' to its three bytes. */
export function rgbOf(colour: string): [red: number, green: number, blue: number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
