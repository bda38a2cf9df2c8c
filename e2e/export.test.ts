/** What is taken away is opened again by a decoder, and holds what it says: figures, the archive of data, films, the snippet. */

import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import { expect, type Locator, type Page, test } from 'playwright/test';
import { PNG } from 'pngjs';
import { numberIn, openLab, panelOf, press } from './lab.ts';

async function openExport(page: Page): Promise<Locator> {
  await press(page, 'Export');
  const dialog = page.getByRole('dialog', { name: 'Export', exact: true });
  await expect(dialog).toBeVisible();
  return dialog;
}

async function downloaded(page: Page, name: string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, name)]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** Share of pixels in an area (shares of width and height) that are far from the ground in the upper left corner. */
function inked({ width, height, data }: PNG, [left, top, right, bottom]: readonly number[]): number {
  let [ink, all] = [0, 0];
  for (let y = Math.round((top ?? 0) * height); y < (bottom ?? 1) * height; y++)
    for (let x = Math.round((left ?? 0) * width); x < (right ?? 1) * width; x++) {
      const at = 4 * (y * width + x);
      const apart =
        Math.abs((data[at] ?? 0) - (data[0] ?? 0)) + Math.abs((data[at + 1] ?? 0) - (data[1] ?? 0));
      all++;
      if (apart > 60) ink++;
    }
  return ink / all;
}

test('the recorded panels as one figure: letters, key, caption; light by choice on a dark page; every chart', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.goto('./');
  await page.getByTestId('timeline-source').getByText('Recorded').waitFor();
  const dialog = await openExport(page);
  const preview = dialog.getByRole('img', { name: /^Preview\./ });
  await expect(preview).toBeVisible();
  const svg = await downloaded(page, 'Save SVG');
  const text = svg.bytes.toString();
  expect(svg.name).toBe('margin-loss-lab-panels-step-2340.svg');
  for (const letter of ['(a)', '(b)', '(c)']) expect(text).toContain(`>${letter}</tspan>`);
  const caption = /<desc>(.*?)<\/desc>/.exec(text)?.[1] ?? '';
  for (const said of [
    'Step 2,340 of the recorded run',
    'λ 0, 0, 1, α₊ 0.5, α₋ 8',
    'softmax first for 468 steps',
    'compact network',
    'seed 1',
    'Margin Loss Lab 0.1.0',
  ])
    expect(caption).toContain(said);
  const ratio =
    (await numberIn(panelOf(page, 'Margin'), 'D2')) / (await numberIn(panelOf(page, 'Margin'), 'D1'));
  expect(Number(/\(c\) (\d+\.\d+)\. Margin Loss Lab/.exec(caption)?.[1])).toBeCloseTo(ratio, 0);
  // A thousand samples in each of three panels.
  expect(text.match(/<path d="M[-\d.]+ [-\d.]+h0"/g)?.length).toBeGreaterThan(2900);

  await dialog.getByRole('combobox', { name: 'PNG scale' }).selectOption('3');
  const picture = PNG.sync.read((await downloaded(page, 'Save PNG')).bytes);
  expect(picture.width).toBe(3 * Number(/width="(\d+)"/.exec(text)?.[1]));
  expect([...picture.data.subarray(0, 3)]).toEqual([255, 255, 255]);
  // Each panel shows something, and so do key and caption below them.
  for (const left of [0.02, 0.36, 0.69])
    expect(inked(picture, [left, 0.12, left + 0.3, 0.8])).toBeGreaterThan(0.02);
  expect(inked(picture, [0.01, 0.84, 0.6, 0.99])).toBeGreaterThan(0.005);

  await dialog.getByRole('checkbox', { name: 'Softmax', exact: true }).uncheck();
  await dialog.getByRole('combobox', { name: 'Ground' }).selectOption('dark');
  await expect(preview).toHaveAccessibleName(
    /^Preview\. Features of 1,000 test samples\. \(a\) Softmax \+ center/,
  );
  const dark = PNG.sync.read((await downloaded(page, 'Save PNG')).bytes);
  expect(Math.max(...dark.data.subarray(0, 3))).toBeLessThan(60);
  expect(dark.width).toBeLessThan(picture.width);

  const kinds = dialog.getByRole('combobox', { name: 'Figure of' });
  for (const kind of ['curve-D2OverD1', 'roc', 'distances', 'confusion']) {
    await kinds.selectOption(kind);
    await expect(preview).toBeVisible();
    const chart = PNG.sync.read((await downloaded(page, 'Save PNG')).bytes);
    expect(inked(chart, [0.05, 0.1, 0.95, 0.8]), kind).toBeGreaterThan(0.01);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Export', exact: true })).toBeFocused();
});

test('prints a figure alone', async ({ page }) => {
  await page.goto('./');
  await page.getByTestId('timeline-source').getByText('Recorded').waitFor();
  await page.evaluate(() => {
    window.print = () => {
      const shown = (element: Element) => getComputedStyle(element).display !== 'none';
      document.body.dataset.paper = document.querySelector('.paper img') === null ? '' : 'figure';
      document.body.dataset.rules = String(document.documentElement.classList.contains('prints-figure'));
      document.body.dataset.root = String(shown(document.querySelector('#root') ?? document.body));
    };
  });
  await openExport(page);
  await expect(page.getByRole('img', { name: /^Preview\./ })).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  // On paper buttons are not shown; they are pressed all the same.
  await page.getByText('Print or PDF').evaluate((button: HTMLElement) => button.click());
  await expect(page.locator('body')).toHaveAttribute('data-paper', 'figure');
  await expect(page.locator('body')).toHaveAttribute('data-rules', 'true');
  await expect(page.locator('body')).toHaveAttribute('data-root', 'false');
});

test('the numbers of a live run as files: features, weights, curves, measures, settings that open it again', async ({
  page,
  context,
}) => {
  const panel = await openLab(page, '#batch=64&noise=0.25&out=9&run=Embedding*1*0.1*0*0.5*8');
  for (let i = 0; i < 3; i++) {
    await press(page, 'Step');
    await expect(page.getByTestId('step')).toHaveText(String(i + 1));
  }
  await expect(page.getByRole('slider', { name: 'Timeline' })).toHaveAttribute('max', '3');
  const accuracy = await numberIn(panel, 'test-accuracy');
  const dialog = await openExport(page);
  await dialog.getByRole('tab', { name: 'Data' }).click();
  const { name, bytes } = await downloaded(page, 'Save data');
  expect(name).toBe('margin-loss-lab-data-step-3.zip');
  const files = unzipSync(bytes);
  const textOf = (file: string) => strFromU8(files[file] ?? new Uint8Array(0));
  const lines = textOf('1-embedding/features.csv').trim().split('\n');
  expect(lines[0]).toBe('index,label,prediction,step,x,y');
  expect(lines).toHaveLength(2001);
  const rows = lines.slice(1).map((line) => line.split(',').map(Number));
  const right = rows.filter(([, label, prediction]) => label === prediction && label !== 9).length;
  const seen = rows.filter(([, label]) => label !== 9).length;
  expect(right / seen).toBeCloseTo(accuracy, 3);
  expect(new Set(rows.map(([, , , step]) => step))).toEqual(new Set([3]));
  // The same features as an array: the last bytes are the last sample's.
  const npy = files['1-embedding/features.npy'] ?? new Uint8Array(0);
  expect([...new Float32Array(npy.slice(-8).buffer)].map(String)).toEqual(lines.at(-1)?.split(',').slice(4));
  const weights = files['1-embedding/weights.safetensors'] ?? new Uint8Array(8);
  const headerLength = Number(new DataView(weights.buffer, weights.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(strFromU8(weights.subarray(8, 8 + headerLength)));
  expect(header['classifier/weights'].shape).toEqual([2, 10]);
  expect(header.__metadata__.step).toBe('3');
  const [, end] =
    Object.values(header as Record<string, { data_offsets?: number[] }>).at(-1)?.data_offsets ?? [];
  expect(weights.length).toBe(8 + headerLength + (end ?? 0));
  expect(JSON.parse(textOf('1-embedding/measures.json')).D1).toBeGreaterThan(0);
  expect(textOf('1-embedding/curves.csv')).toMatch(/^step,/);
  expect(textOf('citation.bib')).toContain('10.1109/LSP.2017.2789251');
  const { link } = JSON.parse(textOf('settings.json'));
  const other = await context.newPage();
  await other.goto(link);
  await expect(other.getByRole('textbox', { name: 'Batch size', exact: true })).toHaveValue('64');
  await expect(other.getByRole('textbox', { name: 'Label noise', exact: true })).toHaveValue('0.25');
  await expect(other.getByRole('alert')).toHaveCount(0);
});

test('the timeline as a film, in each format that this browser makes; one that is cancelled leaves nothing', async ({
  page,
}) => {
  await page.goto('./');
  await page.getByTestId('timeline-source').getByText('Recorded').waitFor();
  const dialog = await openExport(page);
  await dialog.getByRole('checkbox', { name: 'Softmax + center', exact: true }).uncheck();
  await dialog.getByRole('tab', { name: 'Film' }).click();
  await dialog.getByRole('combobox', { name: 'Panel size' }).selectOption('240');
  await dialog.getByRole('combobox', { name: 'Length' }).selectOption('4');
  await dialog.getByRole('combobox', { name: 'Pictures a second' }).selectOption('10');
  await expect(dialog).toContainText('2 panels, 510 × 304 pixels, 40 pictures in 4 s');
  const formats = dialog.getByRole('combobox', { name: 'Format' });
  await expect(formats.locator('option')).toHaveText(['GIF', 'WebM', 'MP4']);

  const gif = await downloaded(page, 'Make the film');
  expect(gif.name).toBe('margin-loss-lab-softmax-margin.gif');
  const decoded = await page.evaluate(async (base64) => {
    const data = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const decoder = new ImageDecoder({ data, type: 'image/gif' });
    await decoder.tracks.ready;
    const shares: number[] = [];
    for (const frameIndex of [0, 39]) {
      const { image } = await decoder.decode({ frameIndex });
      const canvas = new OffscreenCanvas(image.displayWidth, image.displayHeight);
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      const pixels = context?.getImageData(10, 30, 240, 240).data ?? [];
      let ink = 0;
      for (let i = 0; i < pixels.length; i += 4) if ((pixels[i] ?? 255) < 120) ink++;
      shares.push(ink);
    }
    await decoder.decode({ frameIndex: 39 });
    return { frames: decoder.tracks.selectedTrack?.frameCount, shares };
  }, gif.bytes.toString('base64'));
  expect(decoded.frames).toBe(40);
  // Something is drawn, and it moves.
  expect(Math.min(...decoded.shares)).toBeGreaterThan(50);
  expect(decoded.shares[0]).not.toBe(decoded.shares[1]);

  for (const [format, codec] of [
    ['webm', 'vp9'],
    ['mp4', 'avc'],
  ] as const) {
    await formats.selectOption(format);
    const { name, bytes } = await downloaded(page, 'Make the film');
    expect(name).toBe(`margin-loss-lab-softmax-margin.${format}`);
    const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) });
    const track = await input.getPrimaryVideoTrack();
    expect([
      await track?.getCodec(),
      await track?.getDisplayWidth(),
      await track?.getDisplayHeight(),
    ]).toEqual([codec, 510, 304]);
    expect(await input.computeDuration()).toBeCloseTo(5.4, 1);
  }

  await dialog.getByRole('combobox', { name: 'Length' }).selectOption('16');
  await dialog.getByRole('combobox', { name: 'Pictures a second' }).selectOption('30');
  await press(page, 'Make the film');
  await expect(page.getByRole('progressbar', { name: 'Film' })).toBeVisible();
  await press(page, 'Cancel');
  await expect(page.getByRole('progressbar', { name: 'Film' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Make the film' })).toBeEnabled();
  await expect(page.getByTestId('film-done')).toHaveText('');
});
