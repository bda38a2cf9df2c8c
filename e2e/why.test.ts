/** What shows why losses differ, on the recorded run before anything is trained: regions, forces, pins, mistakes, a drawing. */

import { expect, type Page, test } from 'playwright/test';
import { choose, isReady, numberIn, openLab, panelOf, plotPixels, press, reachStep, TITLES } from './lab.ts';
import { eachPanel, linesOf, openRecorded, pinnedClass, TRACED } from './why.ts';

/** Walks to a sample of the first plot by keys, and pins it; returns its index. */
async function pinByKeys(page: Page, keys: readonly string[], enter = 'Enter'): Promise<string> {
  await page.locator('.plot-surface').first().focus();
  for (const key of keys) await page.keyboard.press(key);
  const index = await panelOf(page, TITLES[0]).getAttribute('data-highlight');
  await page.keyboard.press(enter);
  return index ?? '';
}

const check = (page: Page, name: string) => page.getByRole('checkbox', { name, exact: true }).check();
test('the plane is tinted by the class that each run takes; circles come for the lit class; directions have their circle', async ({
  page,
}) => {
  await openRecorded(page);
  const margin = panelOf(page, 'Margin');
  const tinted = await plotPixels(margin);
  await page.getByRole('checkbox', { name: 'Decision regions' }).uncheck();
  await expect.poll(() => plotPixels(margin)).not.toBe(tinted);
  await check(page, 'Decision regions');
  await expect.poll(() => plotPixels(margin)).toBe(tinted);
  await expect(margin.locator('.margin-inside')).toHaveCount(10);
  await expect(margin.locator('.margin-outside')).toHaveCount(0);
  await page.keyboard.press('4');
  await expect(margin.locator('.margin-outside')).toHaveCount(1);
  await check(page, 'Margin circles');
  await expect(margin.locator('.margin-outside')).toHaveCount(10);
  await expect(page.getByRole('list', { name: 'Key' })).toContainText('others outside');
  await check(page, 'Unit circle');
  await eachPanel(page, (panel) => expect(panel.locator('.unit-circle')).toBeVisible());
  await expect(panelOf(page, 'Softmax').locator('.agent')).toHaveCount(10);
  await expect(margin.locator('.margin')).toHaveCount(0);
  await page.getByRole('radio', { name: 'Same D2' }).check({ force: true });
});

test('a sample that is pinned by keys has its ring, its path and a card in all panels, is in the link, and is let go of', async ({
  page,
}) => {
  await openRecorded(page);
  const first = await pinByKeys(page, ['ArrowRight', 'ArrowUp']);
  const second = await pinByKeys(page, ['ArrowLeft', 'ArrowDown'], 'Shift+Enter');
  expect(first).toMatch(/^\d+$/);
  await eachPanel(page, async (panel) => {
    await expect(panel).toHaveAttribute('data-pinned', `${first},${second}`);
    await expect(panel.locator('.path').first()).toBeAttached();
  });
  const card = page.getByRole('region', { name: 'Pinned samples' });
  await expect(card).toContainText(`Test image ${second}`);
  await expect(
    card.getByRole('list', { name: 'Nearest neighbours in Margin' }).getByRole('button'),
  ).toHaveCount(5);
  // The card follows the timeline.
  const text = await card.textContent();
  await page.getByRole('slider', { name: 'Timeline' }).fill('100');
  await expect(card).not.toHaveText(text ?? '');
  expect(new URL(page.url()).hash).toContain(`pin=${first}*${second}`);
  const link = new URL(page.url()).hash;
  await page.keyboard.press('Escape');
  await eachPanel(page, (panel) => expect(panel).toHaveAttribute('data-pinned', ''));
  await expect(card).toHaveCount(0);
  await page.goto('about:blank');
  await openRecorded(page, link);
  await expect(panelOf(page, 'Margin')).toHaveAttribute('data-pinned', `${first},${second}`);
});

test('forces come before any training: an arrow a term and their sum, in the past too, and a field for a lit class', async ({
  page,
}) => {
  await openRecorded(page);
  await check(page, 'Forces');
  await expect(page.getByRole('list', { name: 'Key' })).toContainText('pin a sample');
  await pinByKeys(page, ['ArrowRight']);
  await eachPanel(page, (panel) => expect(panel.locator('.force').first()).toBeAttached());
  // Softmax and center pull, each by itself and together.
  await expect(panelOf(page, 'Softmax + center').locator('.force.sum').first()).toBeAttached();
  await panelOf(page, 'Softmax + center').locator('h2').click();
  await expect(page.getByRole('region', { name: 'Objective' })).toContainText('Sample');
  const arrow = await panelOf(page, 'Softmax').locator('.force').first().getAttribute('d');
  await page.getByRole('slider', { name: 'Timeline' }).fill('900');
  await expect
    .poll(() => panelOf(page, 'Softmax').locator('.force').first().getAttribute('d'))
    .not.toBe(arrow);
  await page.keyboard.press('Escape');
  await page.keyboard.press('4');
  await eachPanel(page, (panel) => expect(panel.locator('.stroke').nth(50)).toBeAttached());
});

test('mistakes are shown as images with their verdicts, and a line round samples chooses them', async ({
  page,
}) => {
  await openRecorded(page);
  await press(page, 'Mistakes');
  const gallery = page.getByRole('region', { name: 'Gallery' });
  await expect(gallery.getByRole('listitem').first()).toBeVisible();
  const all = await gallery.getByRole('listitem').count();
  await gallery.getByRole('button', { name: 'Wrong in Softmax, right in Margin' }).click();
  const images = gallery.getByRole('listitem').getByRole('button');
  await expect(images.first()).toHaveAccessibleName(
    /^Sample \d+, a \d: Softmax takes it for \d, .*right in Margin$/,
  );
  expect(await images.count()).toBeLessThan(all);
  await images.first().click();
  const index = /Sample (\d+)/.exec((await images.first().textContent()) ?? '')?.[1];
  await expect(panelOf(page, 'Margin')).toHaveAttribute('data-pinned', index ?? '');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    gallery.getByRole('button', { name: 'CSV' }).click(),
  ]);
  const stream = await download.createReadStream();
  let csv = '';
  for await (const chunk of stream) csv += String(chunk);
  const [header, ...lines] = csv.trim().split('\n');
  expect(header).toBe(
    'index,label,Softmax prediction,Softmax x,Softmax y,Softmax + center prediction,Softmax + center x,Softmax + center y,Margin prediction,Margin x,Margin y',
  );
  expect(lines).toHaveLength(await images.count());
  await page.keyboard.press('Escape');
  await expect(gallery).toHaveCount(0);
  const box = await panelOf(page, 'Softmax').locator('.scatter-overlay').boundingBox();
  if (box === null) throw new Error('The plot has no place.');
  await page.keyboard.down('Shift');
  await page.mouse.move(box.x + 0.3 * box.width, box.y + 0.3 * box.height);
  await page.mouse.down();
  for (const [x, y] of [
    [0.7, 0.3],
    [0.7, 0.7],
    [0.3, 0.7],
  ] as const)
    await page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 3 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(page.getByRole('list', { name: 'Chosen' })).toContainText(/Selected: \d+ samples/);
  await expect(gallery.getByRole('listitem').first()).toBeVisible();
});

test('samples become images, which are fetched once', async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('recording-images.mll')) fetched.push(request.url());
  });
  await openRecorded(page);
  const dots = await plotPixels(panelOf(page, 'Margin'));
  await check(page, 'Images');
  await expect.poll(() => plotPixels(panelOf(page, 'Margin'))).not.toBe(dots);
  await press(page, 'Mistakes');
  await expect(page.getByRole('region', { name: 'Gallery' }).locator('canvas').first()).toBeVisible();
  expect(fetched).toHaveLength(1);
});

test('a test image that is drawn over again is taken for what the image is, by the recorded networks', async ({
  page,
}) => {
  await openRecorded(page, `#pin=${TRACED}`);
  const label = await pinnedClass(page);
  await press(page, 'Draw a digit');
  await expect(page.getByRole('region', { name: 'Your digit' })).toBeVisible();
  await eachPanel(page, (panel) => expect(panel).toHaveAttribute('data-own-digit', ''));
  for (const [from, to, y] of await linesOf(page)) {
    await page.mouse.move(from, y);
    await page.mouse.down();
    await page.mouse.move(to, y);
    await page.mouse.up();
  }
  await eachPanel(page, (panel) => expect(panel).toHaveAttribute('data-own-digit', label));
  await eachPanel(page, (panel) => expect(panel.locator('.star')).toHaveCount(1));
  await press(page, 'Clear');
  await eachPanel(page, (panel) => expect(panel).toHaveAttribute('data-own-digit', ''));
});

test('a switch says in measured numbers what it did, and a drawing goes through the networks of now', async ({
  page,
}) => {
  const panel = await openLab(page, '#warmup=0&run=Softmax*1*0*0*0.5*8&backend=wasm');
  await isReady(page);
  await press(page, 'Train');
  await reachStep(page, 60);
  await choose(panel, 'Margin');
  await expect(panel.getByTestId('switch-effect')).toHaveText(/^What margin does: measured in \d+ steps\.$/);
  await reachStep(page, (await numberIn(page, 'step')) + 260);
  await press(page, 'Pause');
  await expect(panel.getByTestId('switch-effect')).toHaveText(
    /^D1 [\d.]+ → [\d.]+, D2\/D1 [\d.]+ → [\d.]+, EER [\d.]+ → [\d.]+/,
  );
  await press(page, 'Draw a digit');
  const box = await page.getByLabel('Drawing').boundingBox();
  if (box === null) throw new Error('The pad has no place.');
  await page.mouse.move(box.x + box.width / 2, box.y + 0.2 * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + 0.8 * box.height, { steps: 5 });
  await page.mouse.up();
  await expect(panel).toHaveAttribute('data-own-digit', /^\d$/);
});
