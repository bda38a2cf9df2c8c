/** Serves scripts/browser from its sources and opens it in a Chromium. */

import { createServer } from 'vite';
import { ROOT } from './project.mjs';

/** The address of the harness page, and the function that ends the server. */
export async function serveHarness(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = await createServer({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    // A cache of its own: a development server may be running beside it.
    cacheDir: 'node_modules/.cache/margin-loss-lab/harness',
    server: { port: 0, hmr: false, watch: null },
    optimizeDeps: { entries: ['scripts/browser/index.html'] },
  });
  await server.listen();
  const [address = ''] = server.resolvedUrls?.local ?? [];
  return { url: `${address}scripts/browser/index.html`, close: () => server.close() };
}
