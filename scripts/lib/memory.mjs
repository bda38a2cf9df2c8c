/** How much memory a page takes: its own heap, and the process in which it and its workers run. */

import { readFileSync } from 'node:fs';

const PAGE_BYTES = 4096;

/** Step, megabytes of the page's JavaScript heap after a collection, and of the largest renderer process (Linux). */
export async function memoryNow(browser, page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return {
    step: Number(await page.getByTestId('step').textContent()),
    pageHeapMegabytes: megabytes(usedSize),
    processMegabytes: await rendererMegabytes(browser),
  };
}

/** Resident set of the largest renderer; undefined where the system does not say. */
async function rendererMegabytes(browser) {
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

function megabytes(bytes) {
  return Math.round(bytes / 1e5) / 10;
}
