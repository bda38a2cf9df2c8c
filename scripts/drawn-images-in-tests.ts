/** Images that tests draw: no pictures of anybody are in the project. */

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { encode as encodeJpeg } from 'jpeg-js';
import { PNG } from 'pngjs';
import { createRandom } from '../src/data/random.ts';

/** A grey square of 32 pixels with a bar whose place is the class's. */
export function bar(label: number, noise: number): Uint8Array {
  const random = createRandom(noise + 1, 'bar');
  return Uint8Array.from({ length: 32 * 32 }, (_, i) =>
    Math.abs((i % 32) - 6 - 6 * label) < 2 ? 200 + random.int(50) : random.int(50),
  );
}

export const pgm = (values: Uint8Array) => Buffer.concat([Buffer.from('P5 32 32 255\n'), values]);

export function png(values: Uint8Array): Buffer {
  const image = new PNG({ width: 32, height: 32 });
  for (const [i, value] of values.entries()) image.data.set([value, value, value, 255], 4 * i);
  return PNG.sync.write(image);
}

function jpeg(values: Uint8Array): Buffer {
  const data = Buffer.from(Array.from(values, (value) => [value, value, value, 255]).flat());
  return encodeJpeg({ data, width: 32, height: 32 }, 95).data;
}

/** Draws a hundred images in four classes, in three formats, into a folder; returns it. */
export function hundredImages(folder: string): string {
  const encoders = [pgm, png, jpeg];
  for (let label = 0; label < 4; label++) {
    mkdirSync(path.join(folder, `class ${label}`), { recursive: true });
    for (let i = 0; i < 25; i++) {
      const encode = encoders[i % 3] as (typeof encoders)[number];
      writeFileSync(path.join(folder, `class ${label}`, `${i}.img`), encode(bar(label, 100 * label + i)));
    }
  }
  return folder;
}
