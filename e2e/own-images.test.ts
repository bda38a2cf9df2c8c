/** Images of one's own: a folder and a zip are opened, learnt, verified by identity, kept for the next visit, and deleted. */

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';
import { expect, type Page, test } from 'playwright/test';
import { bar, hundredImages, pgm } from '../scripts/drawn-images-in-tests.ts';
import { folderSet } from '../scripts/lib/folder-set.ts';
import { ownSetId } from '../src/data/own-set.ts';
import { violations } from './axe.ts';
import { numberIn, OFTEN, openLab, panelOf, press, reachStep } from './lab.ts';

const data = (page: Page) => page.getByRole('combobox', { name: 'Data', exact: true });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Open images' });

/** A hundred images in four classes; JPEG is left out where bits must be those of Node. */
function folderAt(base: string, isExact: boolean): string {
  const folder = path.join(base, 'bars');
  if (!isExact) return hundredImages(folder);
  for (let label = 0; label < 4; label++) {
    mkdirSync(path.join(folder, `class ${label}`), { recursive: true });
    for (let i = 0; i < 25; i++)
      writeFileSync(path.join(folder, `class ${label}`, `${i}.pgm`), pgm(bar(label, 100 * label + i)));
  }
  return folder;
}

async function openFolder(page: Page, folder: string): Promise<void> {
  await press(page, 'Open images…');
  await page.getByLabel('Folder of images').setInputFiles(folder);
  await expect(dialog(page).getByRole('heading', { name: /4 classes, 100 images/ })).toBeVisible();
}

/** So many classes of so many images. */
const drawn = (classes: number, each: number) =>
  zipSync(
    Object.fromEntries(
      Array.from({ length: classes * each }, (_, i) => {
        const [label, place] = [Math.floor(i / each), i % each];
        return [`set/<img src=x>${label}/${place}.pgm`, pgm(bar(label % 4, i))];
      }),
    ),
  );

async function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([title, content]) => {
      const made = new DataTransfer();
      made.items.add(new File([Uint8Array.from(content)], title));
      return made;
    },
    [name, Array.from(bytes)] as const,
  );
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

test('a folder is learnt by identity, is the same set as on the command line, is kept and is deleted', async ({
  page,
}, info) => {
  const folder = folderAt(info.outputDir, true);
  await openLab(page, '#run=Softmax*1*0*0*0.5*8&run=Margin*0*0*1*0.5*8');
  await openFolder(page, folder);
  await expect(
    dialog(page).getByRole('list', { name: 'Preview, 28 × 28 pixels' }).locator('canvas'),
  ).toHaveCount(12);
  await dialog(page)
    .getByLabel(/^A quarter of the classes, never seen/)
    .check();
  await dialog(page)
    .getByLabel(/^Keep the images/)
    .check();
  await press(page, 'Train on these');
  // Its epochs are of two steps: pictures come all the same.
  const timeline = page.getByRole('slider', { name: 'Timeline' });
  await expect.poll(async () => Number(await timeline.getAttribute('max')), OFTEN).toBeGreaterThan(20);
  await reachStep(page, 40);
  await press(page, 'Pause');
  // Two of the four classes are held out, all of their images tested, beside a fifth of the others.
  await expect(data(page).locator('option:checked')).toHaveText('bars');
  const { header } = folderSet(folder);
  expect(new URL(page.url()).hash).toContain(`data=${encodeURIComponent(ownSetId(header))}`);
  await expect(panelOf(page, 'Softmax').getByText('All 60', { exact: true })).toBeVisible();
  const panel = panelOf(page, 'Softmax');
  await expect(panel.getByRole('group', { name: 'Projection' })).toContainText('16 dimensions');
  const verification = page.getByRole('region', { name: 'Verification' });
  await verification.scrollIntoViewIfNeeded();
  await expect(verification.getByRole('radio', { name: 'Never seen' })).toBeChecked();
  await expect(page.getByTestId('raw-pixels-eer')).toHaveText(/^0\.\d/);
  await verification.getByRole('radio', { name: 'Learnt classes' }).check({ force: true });
  await expect(page.getByTestId('raw-pixels-eer')).toHaveCount(0);
  await expect(page.getByTestId('eer')).toHaveText(/^\d\.\d/);

  const link = page.url();
  await page.reload();
  await expect(data(page).locator('option')).toContainText(['MNIST', 'bars']);
  await press(page, 'Open images…');
  await expect(dialog(page)).toContainText('bars: 4 classes, 100 images, kept in this browser');
  await dialog(page).getByRole('button', { name: 'Use', exact: true }).click();
  await press(page, 'Train');
  await reachStep(page, 5);
  await press(page, 'Pause');

  await press(page, 'Open images…');
  await dialog(page).getByRole('button', { name: 'Delete bars' }).click();
  await expect(dialog(page)).not.toContainText('kept in this browser');
  const left = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const names: string[] = [];
    for await (const [, folder] of root as unknown as AsyncIterable<[string, FileSystemDirectoryHandle]>)
      for await (const [name] of folder as unknown as AsyncIterable<[string, unknown]>) names.push(name);
    return names;
  });
  expect(left).toEqual([]);

  // Its link says what it lacks, and shows the rest.
  await page.goto('about:blank');
  await page.goto(link);
  await expect(page.getByRole('alert')).toContainText('“bars”, which are not in this browser');
  await expect(page).toHaveURL(/dim=16/);
});

test('a kept session on images that are gone says so, and goes on when they are opened again', async ({
  page,
}, info) => {
  const folder = folderAt(info.outputDir, false);
  await openLab(page, '#run=Softmax*1*0*0*0.5*8');
  await openFolder(page, folder);
  await press(page, 'Train on these');
  await reachStep(page, 20);
  await press(page, 'Pause');
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Save session')]);
  const file = path.join(info.outputDir, 'saved.mll');
  await download.saveAs(file);
  await page.goto('about:blank');
  await openLab(page);
  await page.locator('input[type=file]').setInputFiles(file);
  await expect(page.getByText('“bars” are not in this browser')).toBeVisible();
  // Its timeline is there all the same.
  await expect(page.getByRole('slider', { name: 'Timeline' })).not.toHaveAttribute('max', '0');
  await press(page, 'Open images…');
  await page.getByLabel('Folder of images').setInputFiles(folder);
  const before = await numberIn(page, 'step');
  await press(page, 'Train on these');
  await reachStep(page, before + 5);
  await press(page, 'Pause');
});

test('a zip that is dropped is opened, and what is no data set gets a sentence and changes nothing', async ({
  page,
}) => {
  await openLab(page);
  for (const [zip, sentence] of [
    [drawn(1, 3), 'It holds one class of images'],
    [drawn(101, 2), 'It holds 101 classes of images'],
    [zipSync({}), 'There are no files in it'],
    [drawn(2, 4).subarray(0, 300), 'is damaged'],
  ] as const) {
    await drop(page, 'odd.zip', zip);
    await expect(dialog(page).getByRole('alert')).toContainText(sentence);
    await press(page, 'Close opening images');
  }
  await drop(page, 'odd.zip', drawn(3, 1));
  await press(page, 'Train on these');
  await expect(dialog(page).getByRole('alert')).toContainText('has one image that can be read, and needs 2');
  await press(page, 'Close opening images');
  await expect(data(page).locator('option:checked')).toHaveText('MNIST');

  await drop(page, 'bars.zip', drawn(4, 10));
  // Names are text, whatever they look like.
  await expect(dialog(page).getByRole('list', { name: 'Classes found' })).toContainText('<img src=x>0 10');
  await press(page, 'Train on these');
  await reachStep(page, 5);
  await press(page, 'Pause');
  await expect(page.getByRole('button', { name: 'Light class <img src=x>1' })).toBeVisible();
});

test('features of 32 dimensions are a projection that tours and is taken in hand; what needs a plane is off', async ({
  page,
}) => {
  const panel = await openLab(page, '#dim=32&run=Softmax*1*0*0*0.5*8');
  await press(page, 'Train');
  await reachStep(page, 10);
  await press(page, 'Pause');
  for (const name of ['Decision regions', 'Forces', 'Margin circles', 'Unit circle'])
    await expect(page.getByRole('checkbox', { name, exact: true })).toBeDisabled();
  const axis = panel.getByRole('button', { name: /^Principal axis 3,/ });
  const place = () => axis.evaluate((button) => (button as HTMLElement).style.left);
  const still = await place();
  await page.getByRole('checkbox', { name: 'Grand tour' }).check();
  await expect.poll(place, OFTEN).not.toBe(still);
  await page.getByRole('checkbox', { name: 'Grand tour' }).uncheck();
  await panel.getByRole('button', { name: 'First two', exact: true }).click();
  await expect.poll(place, OFTEN).toBe(still);
  await axis.focus();
  await page.keyboard.press('ArrowRight');
  await expect
    .poll(async () => Number.parseFloat(await place()), OFTEN)
    .toBeGreaterThan(Number.parseFloat(still));
  // A sample is found where it is drawn.
  await panel.locator('.plot-surface').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('walked-sample')).not.toBeEmpty();
});

for (const [width, height, colorScheme] of [
  [1440, 900, 'dark'],
  [1024, 768, 'light'],
  [390, 844, 'light'],
] as const) {
  test(`has no violations with many classes of one’s own, ${width} × ${height}, ${colorScheme}`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openLab(page, '#run=Softmax*1*0*0*0.5*8');
    await drop(page, 'many.zip', drawn(30, 5));
    await dialog(page)
      .getByLabel(/^A quarter of the classes, never seen/)
      .check();
    await expect(dialog(page).locator('canvas').first()).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await press(page, 'Train on these');
    await reachStep(page, 5);
    await press(page, 'Pause');
    if (width < 800) await press(page, 'Controls');
    await expect(page.getByRole('button', { name: 'Leave out 8 at random' })).toBeVisible();
    await page.getByRole('searchbox', { name: 'Find a class to leave out' }).fill('x>12');
    await expect(page.getByRole('checkbox', { name: /^Leave out <img/ })).toHaveCount(1);
    expect(await violations(page)).toEqual([]);
  });
}
