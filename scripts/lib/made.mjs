// @ts-check
/** What is generated, and whether it still is what its sources make: by digests, since dates and sizes tell neither. */

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CACHE, ROOT } from './project.mjs';

/** The lab's own WebAssembly kernels: their source, and what it is built to. */
export const KERNELS = {
  source: 'assembly/index.ts',
  relaxed: 'src/training/kernels/relaxed.wasm',
  simd: 'src/training/kernels/simd.wasm',
};

/**
 * @typedef {object} Made
 * @property {string} command its entry point
 * @property {string} failure what is said where it can't be made
 * @property {readonly string[]} sources files and folders
 * @property {readonly string[]} results files and folders, with all that is in them
 */

/** @type {readonly Made[]} */
export const MADE = [
  {
    command: 'prepare-data',
    failure: 'The data could not be prepared',
    sources: ['src/data/sets', 'src/data/sets.ts', 'src/data/manifest.ts', 'scripts/lib/prepare-set.ts'],
    results: ['public/data'],
  },
  {
    command: 'build-kernels',
    failure: 'The kernels could not be built',
    sources: [KERNELS.source, 'scripts/build-kernels.ts', 'node_modules/assemblyscript/package.json'],
    results: [KERNELS.relaxed, KERNELS.simd],
  },
];

/** Digests by command, of when each was made or checked. */
const STAMPS = path.join(CACHE, 'made.json');

/** @param {Made} made */
export function isCurrent({ command, sources, results }) {
  try {
    return stamps()[command] === digestOf([...sources, ...results]);
  } catch {
    // A file that went while it was read: another set-up is at work.
    return false;
  }
}

/**
 * Remembers what there is now.
 * @param {Made} made
 */
export function stamp({ command, sources, results }) {
  const text = JSON.stringify({ ...stamps(), [command]: digestOf([...sources, ...results]) });
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(`${STAMPS}.tmp`, text);
  renameSync(`${STAMPS}.tmp`, STAMPS);
}

/** @returns {Record<string, unknown>} */
function stamps() {
  try {
    return JSON.parse(readFileSync(STAMPS, 'utf8'));
  } catch {
    return {};
  }
}

/**
 * SHA-256 of names and contents.
 * @param {readonly string[]} places in the project
 */
function digestOf(places) {
  const hash = createHash('sha256');
  for (const file of places.flatMap(filesIn)) {
    const bytes = readFileSync(path.join(ROOT, file));
    hash.update(`${file} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}

/**
 * @param {string} place
 * @returns {string[]} none where it is not there
 */
function filesIn(place) {
  const found = statSync(path.join(ROOT, place), { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found === undefined ? [] : [place];
  return readdirSync(path.join(ROOT, place))
    .sort()
    .flatMap((name) => filesIn(path.posix.join(place, name)));
}
