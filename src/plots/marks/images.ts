/** Samples as their images in the colour of their class, photographs framed in it, as many as fit: on request, and by themselves where few are in sight. */

import { countInSight, placedRows, scaledInk } from '../glyphs.ts';
import { type Frame, type Mark, px, type Shape } from '../mark.ts';
import { GROUND, rgbOf } from '../palette.ts';
import { toPixelX, toPixelY } from '../view.ts';
import { isFaint, type PointsChannels } from './points.ts';

export interface ImagesChannels
  extends Pick<PointsChannels, 'points' | 'labels' | 'colours' | 'chosen' | 'litClass'> {
  /** [count × side²] bytes, 0 paper and 255 ink, of photographs (isLight) 0 black and 255 white; undefined while they are not here. */
  readonly images: SampleImages | undefined;
  readonly showsImages: boolean;
}

interface SampleImages {
  readonly pixels: Uint8Array;
  readonly side: number;
  readonly isLight?: boolean;
}

/** Of an image, in CSS pixels. */
const SIZE = 22;
/** Unasked, images come where those in sight would cover so much of the plot. */
const SPARSE = 0.3;
/** How much of what is below an image its paper lets through. */
const THROUGH = 0.15;
/** Of the frame of a photograph, in CSS pixels. */
const FRAME = 2;
/** Greys of a photograph in a figure. */
const GREYS = 6;
/** Ink from which on a pixel is drawn in a figure. */
const INKED = 96;

export const images: Mark<ImagesChannels> = {
  name: 'images',
  channels: ['images', 'showsImages', 'points', 'labels', 'colours', 'chosen', 'litClass'],
  group: { 'shape-rendering': 'crispEdges' },
  render(channels, frame) {
    const { images, labels, colours } = channels;
    const { places, rows } = shownIn(channels, frame);
    if (images === undefined) return [];
    return rows.flatMap((row): Shape[] => {
      const colour = colours[labels[row] as number] ?? 'none';
      const [x, y] = [
        px((places[2 * row] as number) - SIZE / 2),
        px((places[2 * row + 1] as number) - SIZE / 2),
      ];
      if (images.isLight) return photograph(images, row, { x, y, colour });
      return [
        {
          tag: 'path',
          attributes: {
            d: `M${x} ${y}h${SIZE}v${SIZE}h${-SIZE}z`,
            fill: GROUND[frame.theme],
            'fill-opacity': 1 - THROUGH,
          },
        },
        {
          tag: 'path',
          attributes: {
            class: 'image',
            d: pixelPath(images, row, { x, y, isTaken: (value) => value >= INKED }),
            fill: colour,
          },
        },
      ];
    });
  },
  rasterise(channels, frame, { data, width, height, ratio }) {
    const { images, labels, colours } = channels;
    const { places, rows } = shownIn(channels, frame);
    if (images === undefined || rows.length === 0) return;
    const size = Math.round(SIZE * ratio);
    const inks = inksOf(images.pixels, size);
    const edge = Math.max(1, Math.round(FRAME * ratio));
    const isFrame = (place: number) => place < edge || place >= size - edge;
    const paper = rgbOf(GROUND[frame.theme]);
    const rgb = colours.map(rgbOf);
    for (const row of rows) {
      const ink = inks.get(row) ?? scaledInk(images.pixels, row, images.side, size);
      inks.set(row, ink);
      const left = Math.round((places[2 * row] as number) * ratio - size / 2);
      const top = Math.round((places[2 * row + 1] as number) * ratio - size / 2);
      const colour = rgb[labels[row] as number] ?? paper;
      for (let y = Math.max(0, -top); y < size && top + y < height; y++) {
        for (let x = Math.max(0, -left); x < size && left + x < width; x++) {
          const at = 4 * ((top + y) * width + left + x);
          const value = ink[y * size + x] as number;
          if (images.isLight) {
            const isOfFrame = isFrame(x) || isFrame(y);
            for (let k = 0; k < 3; k++) data[at + k] = isOfFrame ? (colour[k] as number) : value;
            continue;
          }
          const share = value / 255;
          for (let k = 0; k < 3; k++) {
            const ground = (data[at + k] as number) * THROUGH + (paper[k] as number) * (1 - THROUGH);
            data[at + k] = ground + ((colour[k] as number) - ground) * share;
          }
        }
      }
    }
  },
};

/** Which samples are shown as images, and where all are in CSS pixels. */
function shownIn(channels: ImagesChannels, { view, width, height }: Frame) {
  const { points, images, showsImages } = channels;
  if (images === undefined) return { places: points, rows: [] };
  const most = (SPARSE * width * height) / SIZE ** 2;
  if (!showsImages && countInSight(points, view, { width, height, most }) >= most)
    return { places: points, rows: [] };
  const places = points.map((value, i) => (i % 2 === 0 ? toPixelX(view, value) : toPixelY(view, value)));
  const may = (row: number) => !isFaint(channels, row);
  return { places, rows: placedRows(places, { size: SIZE, width, height, may }) };
}

/** Of one set of images at one size: those of another one are forgotten. */
let known:
  | { readonly pixels: Uint8Array; readonly size: number; readonly inks: Map<number, Uint8Array> }
  | undefined;

function inksOf(pixels: Uint8Array, size: number): Map<number, Uint8Array> {
  if (known?.pixels !== pixels || known.size !== size) known = { pixels, size, inks: new Map() };
  return known.inks;
}

/** A photograph in its frame, a path each grey. */
function photograph(
  images: SampleImages,
  row: number,
  { x, y, colour }: { readonly x: number; readonly y: number; readonly colour: string },
): Shape[] {
  const greyOf = (value: number) => Math.floor((value * GREYS) / 256);
  const greys = Array.from({ length: GREYS }, (_, grey): Shape => {
    const level = Math.round((255 * grey) / (GREYS - 1));
    const d = pixelPath(images, row, { x, y, isTaken: (value) => greyOf(value) === grey });
    return { tag: 'path', attributes: { class: 'image', d, fill: `rgb(${level},${level},${level})` } };
  });
  const [inset, inner] = [px(FRAME / 2), SIZE - FRAME];
  const d = `M${px(x + inset)} ${px(y + inset)}h${inner}v${inner}h${-inner}z`;
  const frame = { d, fill: 'none', stroke: colour, 'stroke-width': FRAME };
  return [...greys.filter(({ attributes }) => attributes.d !== ''), { tag: 'path', attributes: frame }];
}

/** Some pixels of an image as one path, a rectangle each run of them. */
function pixelPath(
  { pixels, side }: SampleImages,
  row: number,
  {
    x: left,
    y: top,
    isTaken,
  }: { readonly x: number; readonly y: number; readonly isTaken: (value: number) => boolean },
): string {
  const unit = SIZE / side;
  const isPixel = (x: number, y: number) => isTaken(pixels[(row * side + y) * side + x] as number);
  const runs: string[] = [];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (!isPixel(x, y)) continue;
      const from = x;
      while (x + 1 < side && isPixel(x + 1, y)) x++;
      runs.push(
        `M${px(left + from * unit)} ${px(top + y * unit)}h${px((x + 1 - from) * unit)}v${px(unit)}h${px((from - x - 1) * unit)}z`,
      );
    }
  }
  return runs.join('');
}
