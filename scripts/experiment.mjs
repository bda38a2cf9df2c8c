/** `npm run experiment`: sets up what it needs and runs scripts/experiment.ts. */

import { spawn } from 'node:child_process';
import { installPackages, prepareData, ROOT, TO_STDERR } from './lib/setup.mjs';

try {
  installPackages(TO_STDERR);
  prepareData(TO_STDERR);
  const child = spawn(process.execPath, ['scripts/run.mjs', 'experiment', ...process.argv.slice(2)], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
