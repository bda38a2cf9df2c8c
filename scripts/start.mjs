/** `npm start`: sets everything up, builds the lab and serves it. */

import { installPackages, prepareData, run } from './lib/setup.mjs';

const port = process.env.PORT ?? '4173';

try {
  installPackages();
  prepareData();
  if (!run('npx', ['vite', 'build', '--logLevel', 'warn'])) throw new Error('The lab could not be built.');
  console.log(`The Margin Loss Lab is at http://localhost:${port}/ (Ctrl-C ends it).`);
  run('npx', ['vite', 'preview', '--port', port, '--strictPort']);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
