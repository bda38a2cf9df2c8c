/**
 * `npm run animation`: docs/forming.gif, the three panels forming, photographed from the built page while
 * its timeline goes through the recording.
 */

import path from 'node:path';
import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import { chromium, type Page } from 'playwright';
import { PNG, type PNGWithMetadata } from 'pngjs';
import { CHROMIUM_FLAGS, ensureChromium } from './lib/chromium.ts';
import { openOutput } from './lib/output-file.ts';
import { buildPage, servePage } from './lib/preview.ts';
import { ROOT } from './lib/project.mjs';

const FRAMES = 44;
const FRAME_MS = 110;
const LAST_FRAME_MS = 2500;
const COLOURS = 64;
const VIEWPORT = { width: 1000, height: 700 };

export default async function animate(): Promise<void> {
  const file = path.join(ROOT, 'docs/forming.gif');
  const output = await openOutput(file);
  await buildPage();
  const { url, close } = await servePage();
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: CHROMIUM_FLAGS });
  try {
    const page = await browser.newPage({ viewport: VIEWPORT, reducedMotion: 'reduce', colorScheme: 'light' });
    await page.route('**/data/**', (route) => route.abort());
    await page.goto(url);
    await page.getByTestId('timeline-source').getByText('Recorded run').waitFor();
    const pictures: PNGWithMetadata[] = [];
    for (let i = 0; i < FRAMES; i++) {
      // Denser at the beginning, as the recording is.
      await goTo(page, (i / (FRAMES - 1)) ** 2);
      pictures.push(PNG.sync.read(await page.locator('.panels').screenshot()));
    }
    const bytes = gif(pictures);
    await output.write(bytes);
    console.log(`${file}: ${pictures.length} frames, ${bytes.length} bytes.`);
  } finally {
    await browser.close();
    await close();
  }
}

/** Moves the timeline to a share of its length, and waits until that is painted. */
function goTo(page: Page, share: number): Promise<unknown> {
  return page.getByRole('slider', { name: 'Timeline' }).evaluate((element, to) => {
    const slider = element as HTMLInputElement;
    const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
    value?.set?.call(slider, String(to * Number(slider.max)));
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }, share);
}

function gif(pictures: readonly PNGWithMetadata[]): Uint8Array {
  const encoder = GIFEncoder();
  const last = pictures.at(-1);
  if (last === undefined) throw new Error('There are no pictures.');
  // One palette, from a picture that has all colours.
  const palette = quantize(last.data, COLOURS);
  for (const picture of pictures) {
    const delay = picture === last ? LAST_FRAME_MS : FRAME_MS;
    const { data, width, height } = picture;
    encoder.writeFrame(applyPalette(data, palette), width, height, { palette, delay });
  }
  encoder.finish();
  return encoder.bytes();
}
