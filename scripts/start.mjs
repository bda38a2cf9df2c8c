/** `npm start`: sets everything up, builds the lab and serves it. */

import { spawnSync } from 'node:child_process';
import { installPackages, prepareData, ROOT, run } from './lib/setup.mjs';

const port = process.env.PORT ?? '4173';

try {
  installPackages();
  prepareData();
  if (!run('npx', ['vite', 'build', '--logLevel', 'warn'])) throw new Error('The lab could not be built.');
  console.log(`The Margin Loss Lab is at http://localhost:${port}/ (Ctrl-C ends it).`);
  // Ctrl-C ends the server and is no failure; a server that ends by itself is one.
  const { status } = spawnSync('npx', ['vite', 'preview', '--port', port, '--strictPort'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (status !== null && status !== 0 && status !== 130) {
    throw new Error(`The lab can’t be served: is port ${port} taken? PORT=8080 npm start takes another.`);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
