/** A picture on the page: marks that rasterise themselves on a canvas, all others in SVG above it. */

import { type Selection, select } from 'd3';
import type { Picture } from './figure.ts';
import type { Mark } from './mark.ts';
import { type Channels, MARKS } from './marks.ts';
import { GROUND, rgbOf } from './palette.ts';
import { pixelRatio } from './pixel-ratio.ts';
import { clearPixels } from './raster.ts';
import { drawMark, SVG } from './svg.ts';

export class Painter {
  readonly svg: Selection<SVGSVGElement, unknown, null, undefined>;
  readonly #canvas = document.createElement('canvas');
  /** The marks in SVG, each with its group. */
  readonly #layers;
  #image: ImageData | undefined;

  constructor(root: HTMLElement) {
    this.#canvas.className = 'scatter-points';
    root.append(this.#canvas);
    const svg = document.createElementNS(SVG, 'svg');
    root.append(svg);
    this.svg = select(svg).attr('class', 'scatter-overlay notranslate').attr('aria-hidden', 'true');
    this.#layers = MARKS.filter(({ rasterise }) => rasterise === undefined).map((mark) => {
      const group = this.svg.append('g').attr('class', mark.name);
      for (const [name, value] of Object.entries(mark.group ?? {})) group.attr(name, value);
      return { mark, group };
    });
  }

  /** In CSS pixels. */
  resize(width: number, height: number): void {
    const ratio = pixelRatio();
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    this.svg.attr('viewBox', `0 0 ${width} ${height}`);
  }

  draw(picture: Picture): void {
    this.#drawRaster(picture);
    this.drawShapes(picture);
  }

  /** Draws the marks in SVG, or those of them that are old. */
  drawShapes(picture: Picture, isOld: (mark: Mark<Channels>) => boolean = () => true): void {
    for (const { mark, group } of this.#layers)
      if (isOld(mark)) drawMark(group, mark, picture.channels, picture.frame);
  }

  empty(): void {
    this.#canvas.getContext('2d')?.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    for (const { group } of this.#layers) group.selectChildren().remove();
  }

  destroy(): void {
    this.#canvas.remove();
    this.svg.remove();
  }

  #drawRaster({ channels, frame }: Picture): void {
    const { width, height } = this.#canvas;
    const context = this.#canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) return;
    if (this.#image?.width !== width || this.#image.height !== height) {
      this.#image = context.createImageData(width, height);
    }
    const { data } = this.#image;
    clearPixels(data, rgbOf(GROUND[frame.theme]));
    const raster = { data, width, height, ratio: width / frame.width };
    for (const mark of MARKS) mark.rasterise?.(channels, frame, raster);
    context.putImageData(this.#image, 0, 0);
  }
}
