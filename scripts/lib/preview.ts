/** Builds the page, and serves it for as long as a script needs it. */

import { accessSync, constants, mkdirSync } from 'node:fs';
import path from 'node:path';
import { build, preview } from 'vite';
import { withLock } from './lock.mjs';
import { messageOf, ROOT } from './project.mjs';

export interface ServedPage {
  readonly url: string;
  close(): Promise<void>;
}

/** @throws Error with a sentence */
export async function buildPage(): Promise<void> {
  const dist = path.join(ROOT, 'dist');
  try {
    mkdirSync(dist, { recursive: true });
    accessSync(dist, constants.W_OK);
    // Two at once would take each other's files away.
    await withLock(() => build({ root: ROOT, logLevel: 'warn' }));
  } catch (error) {
    throw new Error(`The lab could not be built: ${messageOf(error)}`);
  }
}

/** Serves what was built last, at any free port where none is named. @throws Error with a sentence */
export async function servePage(port = 0): Promise<ServedPage> {
  try {
    const server = await preview({ root: ROOT, logLevel: 'warn', preview: { port, strictPort: true } });
    const [url = `http://localhost:${port}/`] = server.resolvedUrls?.local ?? [];
    return { url, close: () => server.close() };
  } catch (error) {
    throw new Error(`The page can’t be served: ${messageOf(error)}`);
  }
}
