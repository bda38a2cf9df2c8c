// @ts-check
/**
 * Runs a TypeScript entry point of this folder in Node: `node scripts/run.mjs NAME [ARGUMENTS]`. What it needs is
 * set up first: packages, data, kernels. Then it is bundled by Vite, from the same ES modules as the page:
 * TensorFlow.js's CommonJS bundle for Node has no gradients, Node can't resolve its ES modules by itself, and
 * Node 20 reads no TypeScript. Plain JavaScript, since it runs before there are packages.
 */

import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { installPackages, prepareData, ROOT, TO_STDERR } from './lib/setup.mjs';

/** These make what the others need. */
const PREPARATIONS = ['prepare-data', 'build-kernels'];
/** Not bundled: they load files of their own, or Node addons. */
const EXTERNAL = ['assemblyscript', 'dependency-cruiser', 'playwright', 'vite'];

/** Tests call an entry point many times: they name a folder where its bundle stays. What is run from here has its own. */
const KEPT = process.env.LAB_BUNDLE;
delete process.env.LAB_BUNDLE;

/**
 * Bundles an entry point to one file.
 * @param {string} name its path in this folder, without .ts
 * @returns {Promise<string>} the folder of the bundle, main.cjs
 */
async function bundle(name) {
  const cache = path.join(ROOT, 'node_modules/.cache/margin-loss-lab');
  const outDir = KEPT ?? path.join(cache, `${name.replaceAll('/', '-')}-${process.pid}`);
  if (existsSync(path.join(outDir, 'main.cjs'))) return outDir;
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    ssr: { noExternal: true, external: EXTERNAL, target: 'node' },
    publicDir: false,
    build: {
      ssr: path.join(ROOT, 'scripts', `${name}.ts`),
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rollupOptions: { output: { format: 'cjs', entryFileNames: 'main.cjs', codeSplitting: false } },
    },
  });
  return outDir;
}

/**
 * Runs an entry point; signals that end this process end it as well.
 * @param {string} name
 * @param {string[]} args
 * @returns {Promise<number>} its exit code
 */
async function execute(name, args) {
  const outDir = await bundle(name);
  const child = spawn(process.execPath, [path.join(outDir, 'main.cjs'), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, LAB_ROOT: ROOT },
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => {
      if (outDir !== KEPT) rmSync(outDir, { recursive: true, force: true });
      resolve(signal ? 130 : (code ?? 1));
    });
  });
}

const [name = '', ...args] = process.argv.slice(2);
try {
  installPackages(TO_STDERR);
  // Where one entry point runs another, all is there.
  if (!PREPARATIONS.includes(name) && process.env.LAB_ROOT === undefined) prepareData(TO_STDERR);
  process.exitCode = await execute(name, args);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
