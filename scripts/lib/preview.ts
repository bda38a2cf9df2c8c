/** Builds the page, and serves it for as long as a script needs it. */

import { build, preview } from 'vite';
import { messageOf, ROOT } from './setup.mjs';

export interface ServedPage {
  readonly url: string;
  close(): Promise<void>;
}

/** @throws Error with a sentence */
export async function buildPage(): Promise<void> {
  try {
    await build({ root: ROOT, logLevel: 'warn' });
  } catch (error) {
    throw new Error(`The lab could not be built: ${messageOf(error)}`);
  }
}

/** Serves what was built last. @throws Error with a sentence */
export async function servePage(port = 4319): Promise<ServedPage> {
  try {
    const server = await preview({ root: ROOT, logLevel: 'warn', preview: { port, strictPort: true } });
    return { url: `http://localhost:${port}/`, close: () => server.close() };
  } catch (error) {
    throw new Error(`The page can’t be served: is port ${port} taken? (${messageOf(error)})`);
  }
}
