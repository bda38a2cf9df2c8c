/** How much memory a page takes: its own heap, its training worker's, and the process in which both run. */

import { readFileSync } from 'node:fs';
import type { Browser, CDPSession, Page } from 'playwright';

const PAGE_BYTES = 4096;

export interface Memory {
  readonly step: number;
  readonly pageHeapMegabytes: number;
  readonly pageBufferMegabytes: number;
  readonly workerHeapMegabytes: number;
  readonly workerBufferMegabytes: number;
  /** Undefined where the system does not say. */
  readonly processMegabytes: number | undefined;
}

/** Asks Chromium's debugger, of a page or of a worker. */
type Ask = (method: 'HeapProfiler.collectGarbage' | 'Runtime.getHeapUsage') => Promise<unknown>;

/**
 * Step; megabytes after a collection of the JavaScript heap and of the typed arrays, of the page (where the timeline
 * is) and of its training worker (where the images and WebAssembly's memory are); and of the largest renderer
 * process (Linux).
 */
export async function memoryNow(browser: Browser, page: Page): Promise<Memory> {
  const session = await page.context().newCDPSession(page);
  const ofPage = await usage((method) => session.send(method));
  const ofWorker = await usage(await trainingWorker(session));
  await session.detach();
  return {
    step: Number(await page.getByTestId('step').textContent()),
    pageHeapMegabytes: ofPage.heap,
    pageBufferMegabytes: ofPage.buffers,
    workerHeapMegabytes: ofWorker.heap,
    workerBufferMegabytes: ofWorker.buffers,
    processMegabytes: await rendererMegabytes(browser),
  };
}

/** Megabytes of the page's typed arrays after a collection. */
export async function pageBufferMegabytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const { buffers } = await usage((method) => session.send(method));
  await session.detach();
  return buffers;
}

async function usage(ask: Ask): Promise<{ heap: number; buffers: number }> {
  await ask('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = (await ask('Runtime.getHeapUsage')) as {
    usedSize: number;
    backingStorageSize: number;
  };
  return { heap: megabytes(usedSize), buffers: megabytes(backingStorageSize) };
}

/** Asks the training worker: Chromium hands on what is sent to it through the session of its page. */
async function trainingWorker(session: CDPSession): Promise<Ask> {
  const attached = new Promise<string>((resolve) => {
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (/\/worker-[^/]*$/.test(targetInfo.url)) resolve(sessionId);
    });
  });
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  const sessionId = await attached;
  let id = 0;
  return async (method) => {
    const own = ++id;
    const answered = new Promise<unknown>((resolve) => {
      session.on('Target.receivedMessageFromTarget', ({ sessionId: from, message }) => {
        const answer = JSON.parse(message);
        if (from === sessionId && answer.id === own) resolve(answer.result);
      });
    });
    await session.send('Target.sendMessageToTarget', {
      sessionId,
      message: JSON.stringify({ id: own, method }),
    });
    return answered;
  };
}

/** Resident set of the largest renderer. */
async function rendererMegabytes(browser: Browser): Promise<number | undefined> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  try {
    const resident = processInfo
      .filter(({ type }) => type === 'renderer')
      .map(({ id }) => Number(readFileSync(`/proc/${id}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES);
    return megabytes(Math.max(...resident));
  } catch {
    return undefined;
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e5) / 10;
}
