/**
 * `npm run animation`: the pictures of the README and of link previews, all of the built page as it opens: the film that
 * its own "Export" makes (docs/forming.gif), its first screen (docs/screenshot.png), and its plots alone at the size that
 * previews of links have (public/link-preview.png).
 */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { CHROMIUM_FLAGS, ensureChromium } from './lib/chromium.ts';
import { openOutput } from './lib/output-file.ts';
import { buildPage, servePage } from './lib/preview.ts';
import { ROOT } from './lib/project.mjs';

interface Picture {
  readonly file: string;
  readonly query: string;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly take: (page: Page) => Promise<Uint8Array>;
}

const PICTURES: readonly Picture[] = [
  { file: 'docs/forming.gif', query: '', viewport: { width: 1440, height: 900 }, take: film },
  {
    file: 'docs/screenshot.png',
    query: '',
    viewport: { width: 1440, height: 900 },
    take: (page) => page.screenshot(),
  },
  {
    file: 'public/link-preview.png',
    query: '?present',
    // What networks of people show of a link.
    viewport: { width: 1200, height: 630 },
    take: (page) => page.screenshot(),
  },
];

export default async function animate(): Promise<void> {
  const outputs = await Promise.all(PICTURES.map(({ file }) => openOutput(path.join(ROOT, file))));
  await buildPage();
  const { url, close } = await servePage();
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: CHROMIUM_FLAGS });
  try {
    for (const [i, picture] of PICTURES.entries()) {
      const bytes = await taken(browser, url, picture);
      await outputs[i]?.write(bytes);
      console.log(`${picture.file}: ${bytes.length} bytes.`);
    }
  } finally {
    await browser.close();
    await close();
  }
}

async function taken(browser: Browser, url: string, { query, viewport, take }: Picture): Promise<Uint8Array> {
  const page = await browser.newPage({ viewport, reducedMotion: 'reduce', colorScheme: 'light' });
  try {
    await page.goto(url + query);
    await page.getByTestId('timeline-source').getByText('Recorded').waitFor();
    await page
      .getByRole('status')
      .first()
      .getByText(/Ready|Recorded/)
      .waitFor();
    await page.getByRole('progressbar').waitFor({ state: 'detached' });
    return await take(page);
  } finally {
    await page.close();
  }
}

async function film(page: Page): Promise<Uint8Array> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('tab', { name: 'Film' }).click();
  for (const [name, value] of [
    ['Panel size', '240'],
    ['Length', '8'],
    ['Pictures a second', '10'],
  ] as const)
    await page.getByRole('combobox', { name }).selectOption(value);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Make the film' }).click(),
  ]);
  return readFile(await download.path());
}
