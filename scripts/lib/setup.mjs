// @ts-check
/** Sets up what a command needs: the packages of the lock file, the data, the kernels. Plain Node, no packages. */

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loaded } from './bundle.mjs';
import { withLock } from './lock.mjs';
import { isCurrent, stamp } from './made.mjs';
import { run, TO_STDERR } from './processes.mjs';
import { messageOf, ROOT } from './project.mjs';

/**
 * Installs the packages and makes what is not as its sources make it; another set-up that is at work is waited for.
 * @param {readonly import('./made.mjs').Made[]} wanted
 * @throws {Error} with a sentence
 */
export async function setUp(wanted) {
  if (packagesAreCurrent() && wanted.every(isCurrent)) return;
  await withLock(async () => {
    if (!packagesAreCurrent()) await installPackages();
    for (const made of wanted.filter((each) => !isCurrent(each))) {
      try {
        await (await loaded(made.command))([]);
      } catch (error) {
        throw new Error(`${made.failure}: ${messageOf(error)}`);
      }
      stamp(made);
    }
  });
}

async function installPackages() {
  console.error('Installing packages (npm ci).');
  if (!(await run('npm', ['ci', '--no-fund', '--no-audit'], TO_STDERR))) {
    throw new Error('The packages could not be installed: npm ci failed. Is the npm registry reachable?');
  }
}

/**
 * npm keeps its own copy of the lock file; where every package in ours has the same version there, and its folder is
 * there, all is installed.
 */
export function packagesAreCurrent() {
  const wanted = packagesIn('package-lock.json');
  if (wanted === undefined) {
    throw new Error(
      'package-lock.json is missing or damaged: git checkout package-lock.json brings it back.',
    );
  }
  const present = packagesIn('node_modules/.package-lock.json') ?? {};
  return Object.entries(wanted).every(
    ([name, { version, optional }]) =>
      name === '' ||
      optional ||
      (present[name]?.version === version && existsSync(path.join(ROOT, name, 'package.json'))),
  );
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }> | undefined}
 */
function packagesIn(file) {
  try {
    const { packages } = JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));
    return typeof packages === 'object' && packages !== null ? packages : undefined;
  } catch {
    return undefined;
  }
}
