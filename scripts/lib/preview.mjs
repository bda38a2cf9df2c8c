/** Serves the built page for as long as a script needs it. */

import { spawn } from 'node:child_process';
import { ROOT } from './setup.mjs';

const PATIENCE_MS = 20_000;

/** Resolves with the page's address and the function that ends the server. */
export async function servePage(port = 4319) {
  const server = spawn('npx', ['vite', 'preview', '--port', String(port), '--strictPort'], {
    cwd: ROOT,
    stdio: 'ignore',
    detached: true,
  });
  const url = `http://localhost:${port}/`;
  const close = () => {
    try {
      process.kill(-server.pid);
    } catch {
      // It has ended already.
    }
  };
  const started = Date.now();
  for (;;) {
    if (server.exitCode !== null) throw new Error(`The page can’t be served: is port ${port} taken?`);
    if (
      await fetch(url).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return { url, close };
    if (Date.now() - started > PATIENCE_MS) {
      close();
      throw new Error('The page could not be served.');
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
