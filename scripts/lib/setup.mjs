/** Installs what a command needs: the packages of the lock file, the data, a Chromium. Plain Node, no packages. */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Runs a command in the project's folder with its output shown; true where it exits with 0. */
export function run(command, args, options = {}) {
  const { status } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    ...options,
  });
  return status === 0;
}

/** For commands whose standard output is their result: what setting up says goes to standard error. */
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
function packagesAreCurrent() {
  const installed = path.join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const wanted = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([name, { version, optional }]) => name === '' || optional || present[name]?.version === version,
  );
}

/** Makes what is generated: public/data, and the kernels of assembly/. */
export function prepareData(options = {}) {
  if (!run(process.execPath, ['scripts/prepare-data.mjs'], options)) {
    throw new Error('The data could not be prepared.');
  }
  if (!run(process.execPath, ['scripts/build-kernels.mjs'], options)) {
    throw new Error('The kernels could not be built.');
  }
}
