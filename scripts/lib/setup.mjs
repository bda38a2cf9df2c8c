// @ts-check
/** Installs what a command needs: the packages of the lock file, the data, the kernels. Plain Node, no packages. */

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder; scripts/run.mjs sets it, since its bundles lie elsewhere. */
export const ROOT =
  process.env.LAB_ROOT ?? path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * Runs a command in the project's folder with its output shown; true where it exits with 0.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 */
export function run(command, args, options = {}) {
  const { status } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    ...options,
  });
  return status === 0;
}

/**
 * For commands whose standard output is their result: what setting up says goes to standard error.
 * @type {import('node:child_process').SpawnSyncOptions}
 */
export const TO_STDERR = { stdio: ['ignore', 2, 2] };

/** Makes node_modules what package-lock.json says. Throws an Error with a sentence where that fails. */
export function installPackages(options = {}) {
  if (packagesAreCurrent()) return;
  console.error('Installing packages (npm ci).');
  if (!run('npm', ['ci', '--no-fund', '--no-audit'], options)) {
    throw new Error('The packages could not be installed. Is the npm registry reachable?');
  }
}

/** npm keeps its own copy of the lock file; where every package in ours has the same version there, all is installed. */
export function packagesAreCurrent() {
  const installed = path.join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const wanted = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([name, { version, optional }]) => name === '' || optional || present[name]?.version === version,
  );
}

/** Makes what is generated: public/data, and the kernels of assembly/. Throws an Error with a sentence. */
export function prepareData(options = {}) {
  if (!dataIsCurrent() && !run(process.execPath, ['scripts/run.mjs', 'prepare-data'], options)) {
    throw new Error('The data could not be prepared.');
  }
  if (!kernelsAreCurrent() && !run(process.execPath, ['scripts/run.mjs', 'build-kernels'], options)) {
    throw new Error('The kernels could not be built.');
  }
}

/** False where a data set (a file each in src/data/sets) has no manifest that is newer, or one of its files is missing. */
function dataIsCurrent() {
  const records = path.join(ROOT, 'src/data/sets');
  const data = path.join(ROOT, 'public/data');
  if (!existsSync(data)) return false;
  const folders = [data, ...subfolders(data)].filter((folder) =>
    existsSync(path.join(folder, 'manifest.json')),
  );
  const sets = readdirSync(records).map((name) => statSync(path.join(records, name)).mtimeMs);
  return folders.length >= sets.length && folders.every((folder) => isWhole(folder, Math.max(...sets)));
}

/** @param {string} folder */
function subfolders(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(folder, name));
}

/**
 * True where the manifest is no older and every file that it names has its size.
 * @param {string} folder
 * @param {number} since milliseconds since 1970
 */
function isWhole(folder, since) {
  const manifest = path.join(folder, 'manifest.json');
  if (statSync(manifest).mtimeMs < since) return false;
  try {
    /** @type {{ files: { name: string, compressedBytes: number }[] }} */
    const { files } = JSON.parse(readFileSync(manifest, 'utf8'));
    return files.every(
      ({ name, compressedBytes }) => statSync(path.join(folder, name)).size === compressedBytes,
    );
  } catch {
    return false;
  }
}

/** The lab's own WebAssembly kernels: their source, and what it is built to. */
export const KERNELS = {
  source: 'assembly/index.ts',
  relaxed: 'src/training/kernels/relaxed.wasm',
  simd: 'src/training/kernels/simd.wasm',
};

/** False where one is older than its source. */
export function kernelsAreCurrent() {
  const changed = (/** @type {string} */ file) =>
    statSync(path.join(ROOT, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return [KERNELS.relaxed, KERNELS.simd].every((file) => changed(file) > changed(KERNELS.source));
}

/**
 * The sentence of what was thrown.
 * @param {unknown} error
 */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
