/** A training worker that dies, hangs or loses its device: another one goes on, to the same bits. */

import { expect, type Page, test, type Worker } from 'playwright/test';
import { ALONE, isReady, numberIn, OFTEN, openLab, press, reachStep } from '../lab.ts';
import { keepWorkers, labWorker, notice, pause, stateOf, trainTo, workersMade } from './worker.ts';

/** Two runs with a state each. */
const TWO = '#warmup=10&run=Both*1*0.01*0*0.5*8&run=Margin*0*0*1*0.5*8&backend=wasm';
const BATCH = 128;
/** Steps between two looks at the messages, at most. */
const TURN = 20;

/** Trains, causes a fault, waits until training goes on; returns the step that a checkpoint must have had by then. */
async function interrupt(page: Page, fault: (worker: Worker) => Promise<unknown>): Promise<number> {
  const before = await workersMade(page);
  await press(page, 'Train');
  await reachStep(page, (await numberIn(page, 'step')) + 60);
  const at = await numberIn(page, 'step');
  const stepsPerSecond = (await numberIn(page, 'images-per-second')) / BATCH;
  await fault(labWorker(page));
  await expect.poll(() => workersMade(page), OFTEN).toBe(before + 1);
  await reachStep(page, at + 20);
  // One is taken after 2 s at the latest, or after 50 steps that took a quarter of a second.
  return at - Math.min(2 * stepsPerSecond, Math.max(50, stepsPerSecond / 4)) - TURN;
}

/** The step from which the page says that training goes on. */
async function resumedAt(page: Page): Promise<number> {
  const sentence = await notice(page).innerText();
  return Number(/Training goes on from step (\d+)\./.exec(sentence)?.[1]);
}

const FAULTS: Record<string, { fault: (worker: Worker) => Promise<unknown>; sentence: string }> = {
  'an exception': {
    fault: (worker) =>
      worker.evaluate(() => {
        setTimeout(() => {
          throw new Error('injected by a test');
        });
      }),
    sentence: 'injected by a test',
  },
  'a rejected promise': {
    fault: (worker) =>
      worker.evaluate(() => {
        Promise.reject(new Error('rejected by a test'));
      }),
    sentence: 'rejected by a test',
  },
  'an endless loop': {
    fault: (worker) =>
      worker.evaluate(() => {
        setTimeout(() => {
          for (;;);
        });
      }),
    sentence: 'fell silent',
  },
  'exhausted memory': {
    // What the engine throws where the system has no more: kernels meet it in the midst of a step.
    fault: (worker) =>
      worker.evaluate(() => {
        Float32Array.from = () => {
          throw new RangeError('Array buffer allocation failed');
        };
      }),
    sentence: 'Array buffer allocation failed',
  },
};

for (const [name, { fault, sentence }] of Object.entries(FAULTS)) {
  test(`${name} costs at most a checkpoint's interval, and the result is the same to the bit`, async ({
    page,
  }) => {
    await keepWorkers(page);
    await openLab(page, TWO);
    const keptAt = await interrupt(page, fault);
    await expect(notice(page)).toContainText(sentence);
    const resumed = await resumedAt(page);
    expect(resumed).toBeGreaterThan(0);
    expect(resumed).toBeGreaterThanOrEqual(keptAt);
    await pause(page);
    const interrupted = await stateOf(page);
    await press(page, 'Reset');
    await expect(page.getByTestId('step')).toHaveText('0');
    await trainTo(page, interrupted.step);
    expect(await stateOf(page)).toEqual(interrupted);
  });
}

test('a worker that is terminated from outside is replaced, with what was changed last and the timeline from before', async ({
  page,
}) => {
  await keepWorkers(page);
  const panel = await openLab(page, TWO);
  await interrupt(page, async () => {
    await panel.getByRole('radio', { name: 'Softmax', exact: true }).check({ force: true });
    // The worker has it: one that died before owes an answer, and is replaced for that without a notice.
    await expect(panel.getByTestId('phase')).toHaveText('softmax');
    await page.evaluate(() => window.kept.workers.at(-1)?.terminate());
  });
  await expect(notice(page)).toContainText('fell silent');
  await expect(panel.getByRole('radio', { name: 'Softmax', exact: true })).toBeChecked();
  // What the new worker says of its runs.
  await expect(panel.getByTestId('phase')).toHaveText('softmax');
  expect(await numberIn(panel, 'loss')).toBeGreaterThan(0);
  const timeline = page.getByRole('slider', { name: 'Timeline' });
  await expect(timeline).toHaveAttribute('min', '0');
  await timeline.fill('0');
  await expect(page.getByRole('button', { name: 'Go live' })).toBeEnabled();
  await expect.poll(() => numberIn(panel, 'test-accuracy')).toBeLessThan(0.3);
});

test.describe('on WebGL', () => {
  /** Loses the context at the next draw, as a driver's reset does. */
  const loseContext = (worker: Worker) =>
    worker.evaluate(() => {
      const { prototype } = WebGL2RenderingContext;
      for (const name of ['drawArrays', 'drawElements'] as const) {
        const draw = prototype[name] as (...args: unknown[]) => void;
        Object.assign(prototype, {
          [name](this: WebGL2RenderingContext, ...args: unknown[]) {
            this.getExtension('WEBGL_lose_context')?.loseContext();
            draw.apply(this, args);
          },
        });
      }
    });

  /** The same with few steps: software plays the GPU here. */
  async function interruptSlowly(page: Page, fault: (worker: Worker) => Promise<unknown>): Promise<void> {
    const before = await workersMade(page);
    await press(page, 'Train');
    await reachStep(page, (await numberIn(page, 'step')) + 3);
    await fault(labWorker(page));
    await expect.poll(() => workersMade(page), OFTEN).toBe(before + 1);
    await expect(page.getByTestId('backend')).not.toHaveText('–');
    const from = await resumedAt(page);
    await reachStep(page, from + 2);
  }

  test('a lost GPU is no lost training, to the bit', async ({ page }) => {
    await keepWorkers(page);
    await openLab(page, `${ALONE}&backend=webgl`);
    await interruptSlowly(page, loseContext);
    await expect(notice(page)).toContainText('The graphics processor was lost.');
    await expect(page.getByTestId('backend')).toHaveText('webgl');
    await pause(page);
    const interrupted = await stateOf(page);
    await press(page, 'Reset');
    await expect(page.getByTestId('step')).toHaveText('0');
    await isReady(page);
    await trainTo(page, interrupted.step);
    expect(await stateOf(page)).toEqual(interrupted);
  });

  test('a GPU process that crashes, and again: WebAssembly goes on', async ({
    playwright,
    launchOptions,
    baseURL,
  }) => {
    // A browser of its own: the crash is every page's.
    const browser = await playwright.chromium.launch(launchOptions);
    try {
      const page = await browser.newPage({ baseURL, reducedMotion: 'reduce' });
      const session = await browser.newBrowserCDPSession();
      const crash = () => session.send('Browser.crashGpuProcess');
      const opened = (workers: number) =>
        expect.poll(() => page.evaluate(() => window.kept.opened)).toBe(workers);
      await keepWorkers(page);
      await openLab(page, `${ALONE}&backend=webgl`);
      await press(page, 'Train');
      await reachStep(page, 2);
      await crash();
      await expect(notice(page)).toContainText('The graphics processor was lost. Training goes on from step');
      await opened(2);
      await expect(page.getByTestId('backend')).toHaveText('webgl');
      await crash();
      await expect(notice(page)).toContainText('another way to compute is taken');
      await opened(3);
      await expect(page.getByTestId('backend')).toHaveText('wasm');
      await reachStep(page, (await resumedAt(page)) + 20);
      // WebAssembly does not notice a third one.
      await crash();
      await reachStep(page, (await numberIn(page, 'step')) + 20);
      expect(await workersMade(page)).toBe(3);
    } finally {
      await browser.close();
    }
  });

  test('a device without memory is replaced', async ({ page }) => {
    await keepWorkers(page);
    await openLab(page, `${ALONE}&backend=webgl`);
    await interruptSlowly(page, async (worker) => {
      // What a driver answers when the memory of the card is full; a run more needs some.
      await worker.evaluate(() => {
        WebGL2RenderingContext.prototype.createTexture = () => null as unknown as WebGLTexture;
      });
      await press(page, 'Add panel');
    });
    await expect(notice(page)).toContainText('WebGLTexture');
  });

  test('a read-back that never comes ends the worker', async ({ page }) => {
    await keepWorkers(page);
    await openLab(page, `${ALONE}&backend=webgl`);
    await interruptSlowly(page, (worker) =>
      worker.evaluate(() => {
        WebGL2RenderingContext.prototype.clientWaitSync = () =>
          WebGL2RenderingContext.prototype.TIMEOUT_EXPIRED;
      }),
    );
    await expect(notice(page)).toContainText('did not answer in time');
  });
});

test.describe('without a training worker', () => {
  for (const [name, block] of Object.entries({
    'whose code is blocked': (page: Page) => page.route(/\/worker-/, (route) => route.abort()),
    'that the browser can’t make': (page: Page) =>
      page.addInitScript(() => {
        Reflect.deleteProperty(window, 'Worker');
      }),
  })) {
    test(`${name}: the recorded run is there, and a sentence`, async ({ page }) => {
      await block(page);
      await page.goto('./');
      await expect(page.getByRole('status')).toContainText(/recorded run|reload the page/);
      const panel = page.getByRole('region', { name: 'Margin', exact: true });
      await expect(panel.getByTestId('D1')).not.toHaveText('–');
      await page.getByRole('slider', { name: 'Timeline' }).fill('100');
      await expect(panel.getByTestId('test-accuracy')).not.toHaveText('–');
      await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeDisabled();
      const verification = page.getByRole('region', { name: 'Verification' });
      await verification.scrollIntoViewIfNeeded();
      await expect(verification.getByTestId('eer')).toHaveText(/^0\.\d/);
    });
  }
});
