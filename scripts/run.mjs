/**
 * Runs a TypeScript entry point of this folder in Node: `node scripts/run.mjs NAME [ARGUMENTS]`.
 * It is bundled first, by Vite, from the same ES modules as the page: TensorFlow.js's CommonJS bundle
 * for Node has no gradients, and Node can't resolve its ES modules by itself.
 */

import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const [name, ...rest] = process.argv.slice(2);
const outDir = path.join(
  root,
  'node_modules',
  '.cache',
  'margin-loss-lab',
  `${name.replaceAll('/', '-')}-${process.pid}`,
);

await build({
  configFile: false,
  root,
  logLevel: 'error',
  ssr: { noExternal: true, target: 'node' },
  publicDir: false,
  build: {
    ssr: path.join(root, 'scripts', `${name}.ts`),
    outDir,
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rollupOptions: { output: { format: 'cjs', entryFileNames: 'main.cjs', codeSplitting: false } },
  },
});

const child = spawn(process.execPath, [path.join(outDir, 'main.cjs'), ...rest], {
  stdio: 'inherit',
  env: { ...process.env, LAB_ROOT: root },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', async (code, signal) => {
  const { rm } = await import('node:fs/promises');
  await rm(outDir, { recursive: true, force: true });
  process.exit(signal ? 130 : (code ?? 1));
});
