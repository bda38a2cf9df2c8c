/** Other ways to show the page: for a lecture, in a frame of another page, on a phone. */

import { expect, test } from 'playwright/test';
import { openLab, panelOf, press, reachStep } from './lab.ts';

test('for a lecture: the plots alone, keys, the guide', async ({ page }) => {
  await page.goto('./?present#guide=2');
  await expect(page.getByRole('region', { name: 'Guide', exact: true })).toContainText(
    'The trouble with petals',
  );
  for (const title of ['Softmax', 'Softmax + center', 'Margin'])
    await expect(panelOf(page, title)).toBeVisible();
  for (const name of ['Controls', 'Verification', 'Curves', 'The losses']) {
    await expect(page.getByRole('region', { name, exact: true })).toHaveCount(0);
  }
  await expect(page.getByRole('slider')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Guide', exact: true })).toHaveCount(0);
  await page.keyboard.press('Home');
  await expect(page.getByRole('slider', { name: 'Timeline' })).toHaveValue('0');
  // What it shows is nothing that it computes with: the way back is the same experiment.
  await expect(page.getByRole('link', { name: 'Margin Loss Lab' })).toHaveAttribute(
    'href',
    /^[^?]*#network=compact/,
  );
});

test('in a frame: panels, timeline, a link to the lab; images are fetched when Train is pressed', async ({
  page,
  baseURL,
}) => {
  const fetched: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('.bin')) fetched.push(request.url());
  });
  const lesson = `<!doctype html><iframe src="${baseURL}?embed" title="lab" width="900" height="460"></iframe>`;
  await page.route('**/lesson', (route) => route.fulfill({ contentType: 'text/html', body: lesson }));
  await page.goto('./lesson');
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('region', { name: 'Margin', exact: true })).toBeVisible();
  await expect(frame.getByTestId('timeline-source')).toContainText('Recorded');
  await expect(frame.getByRole('link', { name: 'Margin Loss Lab' })).toHaveAttribute('target', '_blank');
  await expect(frame.getByRole('button', { name: 'Export' })).toHaveCount(0);
  const fits = await frame
    .locator('html')
    .evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
  expect(fits).toBeLessThanOrEqual(40);
  expect(fetched).toEqual([]);
  await frame.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(frame.getByTestId('timeline-source')).toContainText('Live');
  await expect.poll(() => fetched.length).toBeGreaterThan(0);
  await frame.getByRole('button', { name: 'Pause', exact: true }).click();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('one panel is large and a tap enlarges another; the controls leave the plot in sight; the timeline stays', async ({
    page,
  }) => {
    await openLab(page);
    const plotOf = (title: string) => panelOf(page, title).locator('.plot-surface');
    const widthOf = async (title: string) => (await plotOf(title).boundingBox())?.width ?? 0;
    expect(await widthOf('Softmax')).toBeGreaterThan(340);
    expect(await widthOf('Margin')).toBeLessThan(200);
    await page.getByRole('button', { name: 'Enlarge Margin' }).tap();
    expect(await widthOf('Margin')).toBeGreaterThan(340);
    expect(await widthOf('Softmax')).toBeLessThan(200);
    await page.getByRole('button', { name: 'Controls' }).tap();
    const sheet = await page.getByRole('complementary', { name: 'Controls' }).boundingBox();
    const plot = await plotOf('Margin').boundingBox();
    if (sheet === null || plot === null) throw new Error('Sheet or plot is not on the screen.');
    expect(sheet.y).toBeGreaterThan(844 * 0.45);
    expect(plot.y).toBeGreaterThanOrEqual(0);
    expect(sheet.y - plot.y).toBeGreaterThan(200);
    await page.getByRole('button', { name: 'Controls' }).tap();
    for (const top of [0, 2000]) {
      await page.evaluate((y) => window.scrollTo(0, y), top);
      await expect(page.getByRole('slider', { name: 'Timeline' })).toBeInViewport();
      await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeInViewport();
    }
  });
});

test('batch size and label noise take runs from the start, in the link', async ({ page }) => {
  await openLab(page, '#run=Embedding*1*0*0*0.5*8');
  await press(page, 'Step');
  await reachStep(page, 1);
  const batch = page.getByRole('textbox', { name: 'Batch size', exact: true });
  await batch.fill('32');
  await batch.press('Enter');
  await expect(page.getByTestId('step')).toHaveText('0');
  await expect(page).toHaveURL(/batch=32/);
  const noise = page.getByRole('textbox', { name: 'Label noise', exact: true });
  await noise.fill('0,4');
  await noise.press('Enter');
  await expect(page).toHaveURL(/batch=32&noise=0\.4/);
  await press(page, 'Step');
  await reachStep(page, 1);
  await page.getByRole('combobox', { name: 'Augmentation', exact: true }).selectOption('Shift');
  await expect(page).toHaveURL(/augment=shift/);
  await press(page, 'Step');
  await reachStep(page, 1);
  await batch.fill('1000');
  await batch.press('Enter');
  await expect(page.getByText(/16 to 512/)).toBeVisible();
  await batch.fill('128');
  await batch.press('Enter');
  await expect(page).not.toHaveURL(/batch=/);
});
