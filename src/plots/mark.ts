/**
 * What a mark is: one kind of thing that the scatter plot draws. It declares its channels (what it needs
 * to know) and has one `render`, whoever asks for the picture: the page joins the shapes into its SVG,
 * an exported figure writes them out as text. Shapes carry all their looks, so neither needs a style sheet.
 */

import type { Theme } from './palette.ts';
import type { View } from './view.ts';

/** What a picture is drawn into. Sizes in CSS pixels. */
export interface Frame {
  readonly view: View;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
}

export type Attributes = Readonly<Record<string, string | number>>;

/** An SVG element: its name, its attributes, its text. */
export interface Shape {
  readonly tag: 'path' | 'circle' | 'text';
  readonly attributes: Attributes;
  readonly text?: string;
}

/** A pixel buffer, RGBA, [height × width × 4]; sizes in device pixels. */
export interface Raster {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  /** Device pixels a CSS pixel. */
  readonly ratio: number;
}

/** A line of the key: a sign, and what it stands for. */
export interface KeyEntry {
  /** In a box of 20 × 14 CSS pixels. */
  readonly sign: readonly Shape[];
  readonly text: string;
}

export interface Mark<Channels> {
  /** Names the group of its shapes. */
  readonly name: string;
  /** What it reads: where none of these has changed, and the frame has not, neither has what it draws. */
  readonly channels: readonly (keyof Channels)[];
  /** What all its shapes have in common. */
  readonly group?: Attributes;
  /** What it draws, from bottom to top. */
  render(channels: Channels, frame: Frame): readonly Shape[];
  /**
   * The same drawn into pixels, for what is too much for SVG elements on the page: there it stands below
   * all marks without one. An exported figure has the shapes in either case.
   */
  rasterise?(channels: Channels, frame: Frame, raster: Raster): void;
  /** What the reader needs to be told of its signs, while there are any. */
  key?(channels: Channels, theme: Theme): readonly KeyEntry[];
}

/** A length or coordinate as an attribute: tenths of a pixel are finer than the eye, and short. */
export function px(value: number): number {
  return Math.round(10 * value) / 10;
}
