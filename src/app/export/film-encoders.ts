/** Pictures to a file: GIF by gifenc, WebM and MP4 by the browser's own encoder and mediabunny. In a worker. */

import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import {
  BufferTarget,
  CanvasSource,
  canEncodeVideo,
  Mp4OutputFormat,
  Output,
  type VideoCodec,
  WebMOutputFormat,
} from 'mediabunny';
import type { FilmFormat } from './film-plan.ts';

export interface FilmEncoder {
  /** What the canvas shows now, for so many seconds. */
  add(seconds: number): Promise<void>;
  finish(): Promise<Uint8Array>;
}

type Canvas = OffscreenCanvas;

const COLOURS = 128;
/** Bits a pixel and picture: plots of dots change little. */
const BITS = 0.12;
/** In the order of preference: what each format may hold. */
const CODECS: Readonly<Record<'webm' | 'mp4', readonly VideoCodec[]>> = {
  webm: ['vp9', 'vp8'],
  mp4: ['avc'],
};

/** The formats that this browser can make. */
export async function supportedFormats(width: number, height: number): Promise<FilmFormat[]> {
  const codecs = await Promise.all(
    (['webm', 'mp4'] as const).map(async (format) =>
      (await codecOf(format, width, height)) ? [format] : [],
    ),
  );
  return ['gif', ...codecs.flat()];
}

async function codecOf(format: 'webm' | 'mp4', width: number, height: number) {
  if (typeof VideoEncoder === 'undefined') return undefined;
  for (const codec of CODECS[format]) {
    if (await canEncodeVideo(codec, { width, height, bitrate: 1e6 })) return codec;
  }
  return undefined;
}

/** @param look draws a picture, from 0 at the film's beginning to 1: GIFs take their colours from some. @throws Error */
export async function encoderOf(
  format: FilmFormat,
  canvas: Canvas,
  { framesPerSecond, look }: { readonly framesPerSecond: number; readonly look: (share: number) => void },
): Promise<FilmEncoder> {
  return format === 'gif' ? gif(canvas, look) : video(format, canvas, framesPerSecond);
}

function gif(canvas: Canvas, look: (share: number) => void): FilmEncoder {
  const { width, height } = canvas;
  const context = contextOf(canvas);
  const encoder = GIFEncoder();
  const pixels = () => {
    const { data } = context.getImageData(0, 0, width, height);
    return new Uint8Array(data.buffer);
  };
  const samples = [0, 0.2, 0.6, 1].map((share) => {
    look(share);
    return pixels();
  });
  const all = new Uint8Array(samples.length * 4 * width * height);
  for (const [i, sample] of samples.entries()) all.set(sample, i * sample.length);
  const palette = quantize(all, COLOURS);
  return {
    async add(seconds) {
      encoder.writeFrame(applyPalette(pixels(), palette), width, height, { palette, delay: 1000 * seconds });
    },
    finish: async () => {
      encoder.finish();
      return encoder.bytes();
    },
  };
}

async function video(format: 'webm' | 'mp4', canvas: Canvas, framesPerSecond: number): Promise<FilmEncoder> {
  const { width, height } = canvas;
  const codec = await codecOf(format, width, height);
  if (codec === undefined) throw new Error('This browser encodes no such video.');
  const target = new BufferTarget();
  const output = new Output({
    format: format === 'webm' ? new WebMOutputFormat() : new Mp4OutputFormat(),
    target,
  });
  const bitrate = Math.round(width * height * framesPerSecond * BITS);
  const source = new CanvasSource(canvas, { codec, bitrate });
  output.addVideoTrack(source, { frameRate: framesPerSecond });
  await output.start();
  let at = 0;
  return {
    async add(seconds) {
      // A picture that stands is written again and again: not all players hold one.
      const count = Math.max(1, Math.round(seconds * framesPerSecond));
      for (let i = 0; i < count; i++) {
        await source.add(at, 1 / framesPerSecond);
        at += 1 / framesPerSecond;
      }
    },
    async finish() {
      await output.finalize();
      if (target.buffer === null) throw new Error('The video was not written.');
      return new Uint8Array(target.buffer);
    },
  };
}

export function contextOf(canvas: Canvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser has no canvas in workers.');
  return context;
}
