/** Builds the page, and serves it for as long as a script needs it. */

import { accessSync, constants, mkdirSync } from 'node:fs';
import path from 'node:path';
import * as vite from 'vite';
import { withLock } from './lock.mjs';
import { requireFreePort } from './port.mjs';
import { explained, messageOf, ROOT } from './project.mjs';

export interface ServedPage {
  readonly url: string;
  close(): Promise<void>;
}

/** One at a time: two would take each other's files away. @throws Error with a sentence */
export function buildPage(): Promise<void> {
  return withLock(build);
}

/**
 * Builds the page and serves it at this port. Of two that want the same one, the second finds it taken before it builds:
 * what is served stays as it is.
 *
 * @throws Error with a sentence
 */
export function buildAndServe(port: number): Promise<ServedPage> {
  return withLock(async () => {
    await requireFreePort(port);
    await build();
    return servePage(port);
  });
}

async function build(): Promise<void> {
  const dist = path.join(ROOT, 'dist');
  try {
    mkdirSync(dist, { recursive: true });
    accessSync(dist, constants.W_OK);
    await vite.build({ root: ROOT, logLevel: 'warn' });
  } catch (error) {
    throw new Error(`The lab could not be built: ${messageOf(explained(error))}`);
  }
}

/** Serves what was built last, at any free port where none is named. @throws Error with a sentence */
export async function servePage(port = 0): Promise<ServedPage> {
  try {
    const server = await vite.preview({
      root: ROOT,
      logLevel: 'warn',
      preview: { port, strictPort: true },
    });
    const [url = `http://localhost:${port}/`] = server.resolvedUrls?.local ?? [];
    return { url, close: () => server.close() };
  } catch (error) {
    throw new Error(`The page can’t be served: ${messageOf(error)}`);
  }
}
