/** What leaves the page and comes back: links, sessions, pictures, tables; and files that are none. */

import { readFile, writeFile } from 'node:fs/promises';
import { expect, type Page, test } from 'playwright/test';
import { decodeSession, encodeSession } from '../src/app/sessions/session-file.ts';
import { choose, isReady, numberIn, openLab, panelOf, press, reachStep, TITLES } from './lab.ts';

async function downloaded(page: Page, act: () => Promise<unknown>): Promise<{ name: string; path: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return { name: download.suggestedFilename(), path: await download.path() };
}

const losses = (page: Page) => page.locator('section.panel').getByTestId('loss').allTextContents();

/** A single step, with its picture. */
async function step(page: Page, to: number): Promise<void> {
  await press(page, 'Step');
  await expect(page.getByTestId('step')).toHaveText(String(to));
  await expect(page.getByRole('slider', { name: 'Timeline' })).toHaveAttribute('max', String(to));
}

/** Rows of the Margin panel's table of features. */
async function samplesOf(page: Page): Promise<number> {
  const { path } = await downloaded(page, async () => {
    await press(page, 'Menu of Margin');
    await page.getByRole('menuitem', { name: 'Save features as CSV', exact: true }).click();
  });
  const [, ...rows] = (await readFile(path, 'utf8')).trim().split('\n');
  return rows.length;
}

/** The session as it was saved, with frames that show nothing. */
async function withoutSamples(bytes: Uint8Array): Promise<Uint8Array> {
  const session = await decodeSession(bytes, 'The file');
  const points = { low: 0, level: 0, values: new Uint16Array(0) };
  const frames = session.frames.map(({ step, runs }) => ({
    step,
    runs: runs.map((run) => run && { ...run, points, predictions: new Uint8Array(0) }),
  }));
  return encodeSession({ ...session, labels: new Uint8Array(0), indices: new Uint32Array(0), frames });
}

async function open(page: Page, path: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(path);
}

/** Markdown, HTML, a family of three, and a Persian word: joiners hold both together. */
const ODD_TITLE = 'a|b*c_ <b>`👨\u200d👩\u200d👧 می\u200cخواهم';

test('a link opens the same experiment in another page', async ({ page, context }) => {
  await openLab(page);
  await choose(panelOf(page, 'Softmax'), 'Margin');
  await page.getByRole('slider', { name: 'α₋ outside' }).fill('5');
  await page.getByRole('textbox', { name: 'Seed' }).fill('7');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Warm-up' }).fill('30');
  await page.keyboard.press('Enter');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await press(page, 'Copy link');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await context.newPage();
  await other.goto(link);
  await expect(panelOf(other, 'Margin 2').getByRole('radio', { name: 'Margin', exact: true })).toBeChecked();
  await expect(other.getByRole('slider', { name: 'α₋ outside' })).toHaveValue('5');
  await expect(other.getByRole('textbox', { name: 'Seed' })).toHaveValue('7');
  await expect(other.getByRole('textbox', { name: 'Warm-up' })).toHaveValue('30');
  expect(new URL(other.url()).hash).toBe(new URL(link).hash);
});

test('a link does again what was done: switches and rates at the same steps, the same numbers', async ({
  page,
  context,
}) => {
  /** Everything that is read off the panels, and what stands on the timeline. */
  const readings = async (of: Page) => ({
    panels: await of.locator('section.panel .readings').allTextContents(),
    marks: await of
      .getByTestId('timeline-mark')
      .evaluateAll((marks) => marks.map((mark) => mark.getAttribute('aria-label'))),
  });
  await openLab(page, '#warmup=3&run=Softmax*1*0*0*0.5*8&run=Margin*0*0*1*0.5*8');
  for (const at of [1, 2]) await step(page, at);
  // A live switch, and one that ends a warm-up.
  await choose(panelOf(page, 'Softmax'), 'Margin');
  await choose(panelOf(page, 'Margin'), 'Softmax + center');
  await step(page, 3);
  await page.getByRole('slider', { name: 'Learning rate', exact: true }).fill('-2');
  const seen = [];
  for (const at of [4, 5, 6]) {
    await step(page, at);
    seen.push(await readings(page));
  }
  expect(seen.at(-1)?.marks).toHaveLength(2);
  // The step of the switch is in captions and names.
  const figure = await downloaded(page, async () => {
    await press(page, 'Menu of Softmax → Margin');
    await page.getByRole('menuitem', { name: 'Save as SVG', exact: true }).click();
  });
  expect(figure.name).toBe('softmax-margin-at-2-step-6.svg');
  expect(await readFile(figure.path, 'utf8')).toContain('<desc>at step 2. Step 6, λ 0, 0, 1');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await press(page, 'Copy link');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(decodeURIComponent(link)).toContain('run=Softmax+→+Margin*1*0*0*0.5*8*at:2*0*0*1*0.5*8');
  await page.close();

  const other = await context.newPage();
  await openLab(other, new URL(link).hash);
  await expect(other.getByRole('alert')).toHaveCount(0);
  // Its controls show where it leads.
  const switched = panelOf(other, 'Softmax → Margin');
  await expect(switched.getByRole('radio', { name: 'Margin', exact: true })).toBeChecked();
  await press(other, 'Go live');
  await expect(switched.getByTestId('phase')).toHaveText('softmax');
  for (const at of [1, 2, 3]) await step(other, at);
  for (const expected of seen) {
    await step(other, 4 + seen.indexOf(expected));
    expect(await readings(other)).toEqual(expected);
  }
  expect(new URL(other.url()).hash).toBe(new URL(link).hash);
});

test('a saved session goes on from the same step with the same loss', async ({ page, context }) => {
  await openLab(page);
  await press(page, 'Train');
  await reachStep(page, 20);
  await choose(panelOf(page, 'Softmax + center'), 'Margin');
  await reachStep(page, 25);
  await press(page, 'Pause');
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeEnabled();
  const step = await numberIn(page, 'step');
  const before = await losses(page);
  const { name, path } = await downloaded(page, () => press(page, 'Save session'));
  expect(name).toBe(`margin-loss-lab-step-${step}.mll`);
  await press(page, 'Step');
  await expect(page.getByTestId('step')).toHaveText(String(step + 1));
  const after = await losses(page);
  const newest = ['max', String(step + 1)] as const;
  await expect(page.getByRole('slider', { name: 'Timeline' })).toHaveAttribute(...newest);
  const { hash } = new URL(page.url());
  await page.close();

  const reopened = await context.newPage();
  await openLab(reopened, '#seed=3');
  await open(reopened, path);
  await expect(reopened.getByTestId('step')).toHaveText(String(step));
  await expect(reopened.getByRole('textbox', { name: 'Seed' })).toHaveValue('1');
  expect(await losses(reopened)).toEqual(before);
  await isReady(reopened);
  // With all that was done, in its titles and its link, too.
  await expect(panelOf(reopened, 'Softmax + center → Margin')).toBeVisible();
  await expect.poll(() => new URL(reopened.url()).hash).toBe(hash);
  await expect(reopened.getByTestId('timeline-mark')).toHaveCount(1);
  await press(reopened, 'Step');
  await expect(reopened.getByTestId('step')).toHaveText(String(step + 1));
  expect(await losses(reopened)).toEqual(after);
  await expect(reopened.getByRole('slider', { name: 'Timeline' })).toHaveAttribute(...newest);
  // Its past came along.
  await reopened.getByRole('slider', { name: 'Timeline' }).fill('0');
  await expect.poll(() => numberIn(panelOf(reopened, 'Margin'), 'test-accuracy')).toBeLessThan(0.3);
});

test('all 10,000 test images are shown, and a session keeps them', async ({ page, context }) => {
  const samples = (of: Page) => of.getByRole('combobox', { name: 'Samples', exact: true });
  await openLab(page);
  await press(page, 'Step');
  await expect(page.getByTestId('step')).toHaveText('1');
  await samples(page).selectOption('all');
  await press(page, 'Step');
  await expect(page.getByTestId('step')).toHaveText('2');
  await expect.poll(() => samplesOf(page), { timeout: 60_000 }).toBe(10_000);
  const { path } = await downloaded(page, () => press(page, 'Save session'));
  await page.close();

  const reopened = await context.newPage();
  await openLab(reopened);
  await open(reopened, path);
  await expect(reopened.getByTestId('step')).toHaveText('2');
  await expect(samples(reopened)).toHaveValue('all');
  expect(await samplesOf(reopened)).toBe(10_000);
  await press(reopened, 'Step');
  await expect(reopened.getByTestId('step')).toHaveText('3');
  // The step before is still on the timeline.
  await expect(reopened.getByRole('slider', { name: 'Timeline' })).toHaveAttribute('max', '3');
  await reopened.getByRole('slider', { name: 'Timeline' }).fill('2');
  expect(await samplesOf(reopened)).toBe(10_000);
});

test('files that are no session are refused in a sentence, and nothing changes', async ({
  page,
}, testInfo) => {
  await openLab(page);
  await press(page, 'Step');
  await expect(page.getByTestId('step')).toHaveText('1');
  const { path } = await downloaded(page, () => press(page, 'Save session'));
  const good = await readFile(path);
  const cut = testInfo.outputPath('cut.mll');
  await writeFile(cut, good.subarray(0, good.length / 2));
  const altered = testInfo.outputPath('altered.mll');
  await writeFile(
    altered,
    good.map((byte, index) => (index === good.length >> 1 ? byte ^ 0xff : byte)),
  );
  const empty = testInfo.outputPath('empty.mll');
  await writeFile(empty, await withoutSamples(good));
  const foreign = testInfo.outputPath('foreign.mll');
  await writeFile(foreign, '<!doctype html><p>Hello');
  for (const [file, sentence] of [
    [cut, /cut\.mll is damaged/],
    [altered, /altered\.mll is damaged/],
    [empty, /empty\.mll is damaged.*Nothing has changed/],
    [foreign, /foreign\.mll is not a file of the Margin Loss Lab/],
  ] as const) {
    await open(page, file);
    await expect(page.getByRole('alert')).toContainText(sentence);
    await press(page, 'Dismiss');
  }
  await expect(page.getByTestId('step')).toHaveText('1');
  await press(page, 'Step');
  await expect(page.getByTestId('step')).toHaveText('2');
  // Of several that are dropped at once the first is opened.
  await page.evaluate((content) => {
    const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], 'dropped.mll'));
    transfer.items.add(new File(['Hello'], 'second.mll'));
    document.dispatchEvent(
      new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }),
    );
  }, good.toString('base64'));
  await expect(page.getByTestId('step')).toHaveText('1');
  await expect(page.getByRole('alert')).toHaveText(/One session is opened at a time: dropped\.mll/);
});

test('a panel is saved as picture and as numbers, the table is copied', async ({ page, context }) => {
  await openLab(page);
  const exported = (name: string) =>
    downloaded(page, async () => {
      await page.getByRole('button', { name: 'Menu of Margin', exact: true }).click();
      await page.getByRole('menuitem', { name, exact: true }).click();
    });
  const csv = await exported('Save features as CSV');
  expect(csv.name).toBe('margin-step-2340.csv');
  const lines = (await readFile(csv.path, 'utf8')).trim().split('\n');
  expect(lines[0]).toBe('label,x,y');
  expect(lines).toHaveLength(1001);
  const svg = await exported('Save as SVG');
  const text = await readFile(svg.path, 'utf8');
  // Every sample is a dot.
  expect(text.match(/h0/g)?.length).toBe(1000);
  const rendered = await page.evaluate((source) => {
    return new DOMParser().parseFromString(source, 'image/svg+xml').querySelector('parsererror') === null;
  }, text);
  expect(rendered).toBe(true);
  const png = await readFile((await exported('Save as PNG')).path);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.length).toBeGreaterThan(20_000);

  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await press(page, 'Copy as JSON');
  const rows = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  expect(rows.map(({ title }: { title: string }) => title)).toEqual([...TITLES]);
  expect(rows[2].D2OverD1).toBeGreaterThan(rows[0].D2OverD1);

  // Whatever a title says, it is text in each of them, and in the link.
  await page.getByRole('button', { name: 'Menu of Margin', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Rename…' }).click();
  await page.getByRole('textbox', { name: 'Panel title' }).fill(`\u202e ${ODD_TITLE}`);
  await page.keyboard.press('Enter');
  await expect(panelOf(page, ODD_TITLE)).toBeVisible();
  await press(page, 'Copy as Markdown');
  const copied = (await page.evaluate(() => navigator.clipboard.readText())).trim().split('\n');
  expect(copied.at(-1)).toContain(`| ${String.raw`a\|b\*c\_ \<b\>`}\\\`👨\u200d👩\u200d👧 می\u200cخواهم | `);
  await page.getByRole('button', { name: `Menu of ${ODD_TITLE}`, exact: true }).click();
  const odd = await downloaded(page, () => page.getByRole('menuitem', { name: 'Save as SVG' }).click());
  expect(odd.name).toBe('a-b-c-b-می-خواهم-step-2340.svg');
  const titled = await page.evaluate(
    (source) => {
      const figure = new DOMParser().parseFromString(source, 'image/svg+xml');
      return [...figure.querySelectorAll('title, svg > text')].map(({ textContent }) => textContent);
    },
    await readFile(odd.path, 'utf8'),
  );
  expect(titled.slice(0, 2)).toEqual([ODD_TITLE, ODD_TITLE]);
  const link = page.url();
  await page.goto('about:blank');
  await page.goto(link);
  await expect(panelOf(page, ODD_TITLE)).toBeVisible();
});
