// @ts-check
/**
 * Runs a TypeScript entry point of scripts/ in Node. Its flags are checked, then what it needs is set up: packages,
 * data, kernels. Then it is bundled by Vite, from the same ES modules as the page: TensorFlow.js's CommonJS bundle for
 * Node has no gradients, Node can't resolve its ES modules by itself, and Node 20 reads no TypeScript.
 */

import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { COMMANDS, flagsIn, helpOf, isCommand, UsageError } from './commands.mjs';
import { guardOutput } from './output.mjs';
import { installPackages, messageOf, packagesAreCurrent, prepareData, ROOT, TO_STDERR } from './setup.mjs';

/** These make what the others need. */
const PREPARATIONS = ['prepare-data', 'build-kernels'];
/** Not bundled: they load files of their own, or Node addons. */
const EXTERNAL = ['assemblyscript', 'dependency-cruiser', 'playwright', 'vite'];

/** Tests call an entry point many times: they name a folder where its bundle stays. */
const KEPT = process.env.LAB_BUNDLE;
delete process.env.LAB_BUNDLE;

/** Where one entry point runs another, all is set up. */
const isNested = process.env.LAB_ROOT !== undefined;

/**
 * Runs a command; the exit code says whether it did what was asked for.
 * @param {string} name of an entry point: its path in scripts/, without .ts
 * @param {readonly string[]} args
 */
export async function launch(name, args) {
  guardOutput();
  endWithParent();
  try {
    if (isCommand(name)) {
      const { help = false } = flagsIn(name, args);
      if (help && !('helpsItself' in COMMANDS[name] && packagesAreCurrent())) {
        console.log(helpOf(name));
        return;
      }
      if (!help) setUp(name);
    } else if (!existsSync(sourceOf(name))) {
      throw new UsageError(`There is no command “${name}”: there are ${Object.keys(COMMANDS).join(', ')}.`);
    }
    const main = await loaded(name);
    await main(args);
  } catch (error) {
    console.error(messageOf(error));
    process.exitCode = error instanceof Error && 'exitCode' in error ? Number(error.exitCode) : 1;
  }
}

/** @param {string} name */
function setUp(name) {
  installPackages(TO_STDERR);
  if (!PREPARATIONS.includes(name) && !isNested) prepareData(TO_STDERR);
}

/** npm's shell dies of a signal without passing it on, and what it started would go on: a server for ever. */
function endWithParent() {
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event === undefined) return;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(143);
  }, 200).unref();
}

/** @param {string} name */
function sourceOf(name) {
  return path.join(ROOT, 'scripts', `${name}.ts`);
}

/**
 * Bundles an entry point to one file and loads it; then the file is no longer needed.
 * @param {string} name
 * @returns {Promise<(args: readonly string[]) => Promise<void>>} what it exports as default
 */
async function loaded(name) {
  const cache = path.join(ROOT, 'node_modules/.cache/margin-loss-lab');
  const outDir = KEPT ?? path.join(cache, `${name.replaceAll('/', '-')}-${process.pid}`);
  const file = path.join(outDir, 'main.cjs');
  try {
    if (!existsSync(file)) await bundle(name, outDir);
    process.env.LAB_ROOT = ROOT;
    process.chdir(ROOT);
    return (await import(pathToFileURL(file).href)).default.default;
  } finally {
    if (outDir !== KEPT) rmSync(outDir, { recursive: true, force: true });
  }
}

/**
 * @param {string} name
 * @param {string} outDir
 */
async function bundle(name, outDir) {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    ssr: { noExternal: true, external: EXTERNAL, target: 'node' },
    publicDir: false,
    build: {
      ssr: sourceOf(name),
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rollupOptions: {
        output: { format: 'cjs', exports: 'named', entryFileNames: 'main.cjs', codeSplitting: false },
      },
    },
  });
}
