/** Side by side and through time: three runs in lock-step, linked panels, the timeline, the recording. */

import { expect, type Page, test } from 'playwright/test';
import {
  choose,
  chooseMore,
  isReady,
  numberIn,
  openLab,
  panelOf,
  plotPixels,
  press,
  reachStep,
  TITLES,
} from './lab.ts';

const timeline = (page: Page) => page.getByRole('slider', { name: 'Timeline' });
const source = (page: Page) => page.getByTestId('timeline-source');

test('shows the recorded runs with MNIST out of reach, and can scrub and switch them', async ({ page }) => {
  await page.route('**/data/**', (route) => route.abort());
  await page.goto('./');
  await expect(source(page)).toContainText('Recorded run');
  for (const title of TITLES) {
    const panel = panelOf(page, title);
    await expect.poll(() => numberIn(panel, 'test-accuracy')).toBeGreaterThan(0.9);
    expect(await inkOf(panel)).toBeGreaterThan(2000);
  }
  const margin = panelOf(page, 'Margin');
  const atEnd = await plotPixels(margin);
  await timeline(page).press('ArrowLeft');
  await expect.poll(() => plotPixels(margin)).not.toBe(atEnd);
  await timeline(page).fill('0');
  await expect.poll(() => numberIn(margin, 'test-accuracy')).toBeLessThan(0.3);
  // Another loss is another recorded run, and its title.
  await timeline(page).press('End');
  await choose(margin, 'Softmax');
  const [softmax, switched] = ['Softmax', 'Softmax 2'].map((title) => panelOf(page, title).getByTestId('D2'));
  await expect.poll(() => switched?.textContent()).toBe(await softmax?.textContent());
  await choose(panelOf(page, 'Softmax 2'), 'Margin');
  await expect(margin).toBeVisible();
  await press(page, 'Add panel');
  await expect(panelOf(page, 'Center + margin, tuned').getByTestId('D1')).toHaveText(/^\d/);
});

test('what was recorded otherwise than the link says stays in sight, and says so; a slider takes nothing away', async ({
  page,
}) => {
  const panel = (title: string) => panelOf(page, title);
  await page.goto('./#seed=2&run=Softmax*1*0*0*0.5*8&run=Arc*1*0*0*0.5*8*head:arcface');
  await expect(source(page)).toContainText('Recorded run');
  for (const title of ['Softmax', 'Arc']) {
    await expect(panel(title).getByText('Recorded with seed 1, softmax.')).toBeVisible();
    expect(await inkOf(panel(title))).toBeGreaterThan(2000);
  }
  const seed = page.getByRole('textbox', { name: 'Seed' });
  await seed.fill('1');
  await seed.press('Enter');
  await expect(panel('Softmax').getByText(/^Recorded with/)).toHaveCount(0);
  const picture = await plotPixels(panel('Softmax'));
  await page.getByRole('slider', { name: 'λ₁ center', exact: true }).fill('0.3');
  await expect(panel('Softmax').getByText('Recorded with seed 1, softmax.')).toBeVisible();
  expect(await plotPixels(panel('Softmax'))).toBe(picture);
  await isReady(page);
  await panel('Softmax').getByRole('button', { name: 'Train it', exact: true }).click();
  await expect(source(page)).toContainText('Live');
  await expect(panel('Softmax').getByText(/^Recorded with/)).toHaveCount(0);
  await press(page, 'Pause');
});

test('plays the recording as the page opens, without being asked and only once', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.goto('./');
  const step = async () => Number(await timeline(page).inputValue());
  await expect(page.getByRole('button', { name: 'Stop playing' })).toBeVisible();
  await expect.poll(step).toBeGreaterThan(50);
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  expect(await step()).toBe(2340);
});

test('works without the recording', async ({ page }) => {
  await page.route('**/recording.mll', (route) => route.fulfill({ status: 200, body: 'not a recording' }));
  const panel = await openLab(page);
  await expect(page.getByRole('alert')).toContainText(
    'The recorded run is not a file of the Margin Loss Lab',
  );
  await expect(source(page)).toContainText('Live');
  await press(page, 'Step');
  await expect(panel.getByTestId('loss')).toHaveText(/^\d/);
});

test('trains three runs in lock-step, and goes back in time and to now', async ({ page }) => {
  await openLab(page);
  await press(page, 'Train');
  await expect(source(page)).toContainText('Live');
  await reachStep(page, 40);
  const panels = TITLES.map((title) => panelOf(page, title));
  // Time is turned back while training goes on underneath.
  await timeline(page).fill('0');
  await expect(source(page)).toContainText('Earlier');
  for (const panel of panels) await expect.poll(() => numberIn(panel, 'test-accuracy')).toBeLessThan(0.3);
  const past = await Promise.all(panels.map(plotPixels));
  await reachStep(page, (await numberIn(page, 'step')) + 5);
  expect(await Promise.all(panels.map(plotPixels))).toEqual(past);
  await press(page, 'Pause');
  // What is read below is of one step.
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeEnabled();
  await press(page, 'Go live');
  await expect(source(page)).toContainText('Live');
  for (const panel of panels) await expect.poll(() => numberIn(panel, 'test-accuracy')).toBeGreaterThan(0.2);
  for (const [index, panel] of panels.entries()) {
    await expect.poll(() => plotPixels(panel)).not.toBe(past[index]);
  }
  // Warm-up: until its end the margin run is the softmax run.
  expect(await panels[2]?.getByTestId('loss').textContent()).toBe(
    await panels[0]?.getByTestId('loss').textContent(),
  );
});

test('lights the same sample in all panels, from one of them', async ({ page }) => {
  await openLab(page);
  const plot = panelOf(page, 'Margin').locator('.plot-surface');
  await plot.hover();
  const box = await plot.boundingBox();
  if (box === null) throw new Error('The plot is not on the screen.');
  // Somewhere on the way across there are points.
  for (let x = 10; x < box.width; x += 4) {
    await page.mouse.move(box.x + x, box.y + box.height / 2);
    if ((await panelOf(page, 'Margin').getAttribute('data-highlight')) !== '') break;
  }
  const lit = await panelOf(page, 'Margin').getAttribute('data-highlight');
  expect(lit).toMatch(/^\d+$/);
  for (const title of TITLES) {
    await expect(panelOf(page, title)).toHaveAttribute('data-highlight', lit ?? '');
    await expect(panelOf(page, title).locator('circle.lit')).toHaveCount(1);
  }
});

test('lights a digit everywhere from the legend, links zoom, and shares the scale', async ({ page }) => {
  await openLab(page);
  const panels = TITLES.map((title) => panelOf(page, title));
  const pictures = () => Promise.all(panels.map(plotPixels));
  const changed = async (act: () => Promise<unknown>) => {
    const before = await pictures();
    await act();
    await expect.poll(pictures).not.toEqual(before);
    const after = await pictures();
    return after.map((picture, index) => picture !== before[index]);
  };
  expect(await changed(() => page.getByRole('button', { name: 'Light digit 3' }).hover())).toEqual([
    true,
    true,
    true,
  ]);
  await page.mouse.move(0, 0);
  expect(await changed(() => page.keyboard.press('7'))).toEqual([true, true, true]);
  await page.keyboard.press('7');
  const zoomIn = async () => {
    await panels[0]?.locator('.plot-surface').hover();
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -400);
    await page.keyboard.up('Control');
  };
  expect(await changed(zoomIn)).toEqual([true, true, true]);
  await page.getByRole('checkbox', { name: 'Link zoom' }).uncheck();
  expect(await changed(zoomIn)).toEqual([true, false, false]);
  // Softmax is by far the largest: the others shrink to its scale.
  const shared = await changed(() => page.getByRole('radio', { name: 'Same scale' }).check({ force: true }));
  expect(shared.slice(1)).toEqual([true, true]);
});

test('a drag ends where the pointer is taken away, and is none with Ctrl', async ({ page }) => {
  await openLab(page);
  const panel = panelOf(page, 'Softmax');
  const plot = panel.locator('.plot-surface');
  const box = await plot.boundingBox();
  if (box === null) throw new Error('The plot is not on the screen.');
  const [x, y] = [box.x + 40, box.y + box.height - 60];
  const picture = () => plotPixels(panel);
  /** Whether moving from there, with or without a button, moves the points. */
  const follows = async (move: () => Promise<unknown>) => {
    const before = await picture();
    await move();
    // A frame in which a pan would have been drawn.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    return (await picture()) !== before;
  };
  await page.mouse.move(x, y);
  await page.mouse.down();
  expect(await follows(() => page.mouse.move(x + 20, y))).toBe(true);
  await page.mouse.up();
  expect(await follows(() => page.mouse.move(x + 40, y))).toBe(false);
  // On a Mac this opens a menu.
  await page.keyboard.down('Control');
  await page.mouse.down();
  expect(await follows(() => page.mouse.move(x + 60, y))).toBe(false);
  await page.mouse.up();
  await page.keyboard.up('Control');
  // A context menu while the button is down.
  await page.mouse.down();
  await page.mouse.down({ button: 'right' });
  expect(await follows(() => page.mouse.move(x + 80, y))).toBe(false);
  await page.mouse.up({ button: 'right' });
  await page.mouse.up();
  // A release that the page does not see.
  await page.mouse.down();
  const mouse = await page.context().newCDPSession(page);
  const moved = { type: 'mouseMoved', button: 'none', buttons: 0, y } as const;
  expect(await follows(() => mouse.send('Input.dispatchMouseEvent', { ...moved, x: x + 100 }))).toBe(false);
  await page.mouse.up();
  // Nor does a chart go on: it takes the time where it was pressed, and no later.
  const chart = page.getByRole('img', { name: 'Test accuracy over steps' });
  await chart.scrollIntoViewIfNeeded();
  const place = await chart.boundingBox();
  if (place === null) throw new Error('The chart is not on the screen.');
  const [left, middle] = [place.x + place.width / 2, place.y + 40];
  await page.mouse.move(left, middle);
  await page.mouse.down();
  await page.mouse.move(left + 10, middle);
  const there = await timeline(page).inputValue();
  await page.mouse.down({ button: 'right' });
  await page.mouse.move(left + 60, middle);
  expect(await timeline(page).inputValue()).toBe(there);
  await page.mouse.up({ button: 'right' });
  await page.mouse.up();
});

test('adds, renames, changes and removes panels', async ({ page }) => {
  await openLab(page);
  await press(page, 'Train');
  await reachStep(page, 10);
  await press(page, 'Pause');
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeEnabled();
  const held = await numberIn(page, 'step');
  await press(page, 'Add panel');
  const added = panelOf(page, 'Center + margin, tuned');
  await expect(added).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add panel' })).toBeDisabled();
  // It has caught up, through the same warm-up as the margin run.
  await isReady(page);
  expect(await numberIn(page, 'step')).toBe(held);
  const distances = () => Promise.all([added, panelOf(page, 'Margin')].map((panel) => numberIn(panel, 'D1')));
  await expect.poll(async () => new Set(await distances()).size).toBe(1);
  expect((await distances())[0]).toBeGreaterThan(0);
  const item = async (panel: string, name: string) => {
    await page.getByRole('button', { name: `Menu of ${panel}`, exact: true }).click();
    await page.getByRole('menuitem', { name, exact: true }).click();
  };
  await item('Center + margin, tuned', 'Rename…');
  await page.getByRole('textbox', { name: 'Panel title' }).fill('Mine * and yours');
  await page.keyboard.press('Enter');
  await expect(panelOf(page, 'Mine * and yours')).toBeVisible();
  await chooseMore(panelOf(page, 'Mine * and yours'), 'Softmax + margin');
  await expect(panelOf(page, 'Mine * and yours').getByTestId('phase')).toHaveText('custom');
  await item('Softmax', 'Remove panel');
  await expect(page.locator('section.panel')).toHaveCount(3);
  await press(page, 'Step');
  await expect(page.getByTestId('step')).toHaveText(String(held + 1));
  for (const title of ['Softmax + center', 'Margin', 'Mine * and yours']) {
    await expect(panelOf(page, title).getByTestId('loss')).toHaveText(/^\d/);
  }
});

/** Pixels of the plot that are not ground. */
function inkOf(panel: ReturnType<typeof panelOf>): Promise<number> {
  return panel
    .locator('canvas')
    .first()
    .evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
        data: [],
      };
      let ink = 0;
      for (let i = 4; i < data.length; i += 4) if (data[i] !== data[0] || data[i + 1] !== data[1]) ink++;
      return ink;
    });
}
