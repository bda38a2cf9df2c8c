// @ts-check
/** Where things are made before they are moved to their place, all at once. */

import { mkdirSync } from 'node:fs';
import { copyFile, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { isAlive, removedAtExit } from './processes.mjs';
import { CACHE } from './project.mjs';

/**
 * A new folder outside of what is served, of this process: it goes with it.
 * @param {string} name what it is for
 * @returns {{ folder: string, remove: () => void }}
 */
export function stagingFolder(name) {
  const folder = path.join(CACHE, `${name}-${process.pid}`);
  const remove = removedAtExit(folder);
  mkdirSync(folder, { recursive: true });
  return { folder, remove };
}

/**
 * A rename, which takes the place of what is there in one go. Between two file systems it is a copy.
 * @param {string} from
 * @param {string} to
 */
export async function move(from, to) {
  try {
    await rename(from, to);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EXDEV') throw error;
    await copyFile(from, to);
    await rm(from);
  }
}

/** Takes away what processes left that had no time to. */
export async function removeStale() {
  for (const name of await readdir(CACHE).catch(() => [])) {
    const id = /-(\d+)(?:-|$)/.exec(name)?.[1];
    if (id !== undefined && !isAlive(Number(id))) {
      await rm(path.join(CACHE, name), { recursive: true, force: true });
    }
  }
}
