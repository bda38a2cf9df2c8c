// @ts-check
/**
 * Loads a TypeScript entry point of scripts/, bundled by Vite from the same ES modules as the page: TensorFlow.js's
 * CommonJS bundle for Node has no gradients, Node can't resolve its ES modules by itself, and Node 20 reads no TypeScript.
 */

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { removedAtExit } from './processes.mjs';
import { CACHE, explained, ROOT } from './project.mjs';

/** Not bundled: they load files of their own, or Node addons. */
const EXTERNAL = ['assemblyscript', 'dependency-cruiser', 'playwright', 'vite'];

export const FILE = 'main.cjs';

/**
 * @param {string} name of an entry point
 * @returns {string} its file
 */
export function sourceOf(name) {
  return path.join(ROOT, 'scripts', `${name}.ts`);
}

/**
 * Bundles an entry point to one file and loads it; then the file is no longer needed.
 * @param {string} name
 * @param {string} [kept] a folder where the bundle stays for the next time
 * @returns {Promise<(args: readonly string[]) => Promise<void>>} what it exports as default
 */
export async function loaded(name, kept) {
  const { folder, remove } = kept === undefined ? await bundle(name) : { folder: kept, remove: () => {} };
  const file = path.join(folder, FILE);
  try {
    if (!existsSync(file)) await writeBundle(name, folder);
    process.env.LAB_ROOT = ROOT;
    process.chdir(ROOT);
    const entry = (await import(pathToFileURL(file).href)).default.default;
    if (typeof entry !== 'function') throw new Error(`${sourceOf(name)} is no entry point.`);
    return entry;
  } catch (error) {
    throw explained(error);
  } finally {
    remove();
  }
}

/**
 * A folder with the bundle of an entry point, for processes to come that are told of it (LAB_BUNDLE). It goes with this one.
 * @param {string} name
 */
export async function bundle(name) {
  const folder = path.join(CACHE, `${name.replaceAll('/', '-')}-${process.pid}`);
  const remove = removedAtExit(folder);
  try {
    await writeBundle(name, folder);
  } catch (error) {
    remove();
    throw explained(error);
  }
  return { folder, remove };
}

/**
 * @param {string} name
 * @param {string} folder
 */
async function writeBundle(name, folder) {
  const code = await bundled(name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, FILE), code);
}

/**
 * Written by us: a bundler that writes while the process ends makes a folder again that was removed.
 * @param {string} name
 * @param {boolean} [isMinified]
 * @returns {Promise<string>} its code
 */
async function bundled(name, isMinified = false) {
  const { build } = await import('vite');
  const result = await build({
    configFile: false,
    root: ROOT,
    // What is wrong is thrown, and said once.
    logLevel: 'silent',
    ssr: { noExternal: true, external: EXTERNAL, target: 'node' },
    publicDir: false,
    build: {
      ssr: sourceOf(name),
      write: false,
      target: 'node20',
      minify: isMinified,
      rollupOptions: {
        output: { format: 'cjs', exports: 'named', codeSplitting: false },
      },
    },
  });
  const chunk = 'output' in result ? result.output[0] : undefined;
  if (chunk === undefined) throw new Error(`${name} was bundled to nothing.`);
  return chunk.code;
}

/**
 * The code of an entry point without comments, spaces and long names: what a digest of it is made of.
 * @param {string} name
 * @returns {Promise<string>}
 */
export async function minified(name) {
  // Vite writes it into the code; within tests it is another one.
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    return await bundled(name, true);
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}
