// @ts-check
/** One set-up of a folder at a time. */

import { existsSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf } from './output.mjs';
import { cleanly, isAlive, removedAtExit } from './processes.mjs';
import { ROOT } from './project.mjs';

const LOCK = path.join(ROOT, '.set-up.lock');
const OWN = `${hostname()} ${process.pid}`;
/** So often a process says that it still holds the lock. */
const BEAT_MS = 30_000;
/** Silent for so long, it died where it can't be asked for, or another has its id. */
const STALE_MS = 15 * 60_000;

/**
 * Does work while no other process does any such. @throws Error with a sentence where the folder takes no files
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export function withLock(work) {
  return cleanly(async () => {
    await acquire();
    const release = removedAtExit(LOCK);
    const beat = setInterval(touch, BEAT_MS).unref();
    try {
      return await work();
    } finally {
      clearInterval(beat);
      release();
    }
  });
}

function touch() {
  if (existsSync(LOCK)) utimesSync(LOCK, new Date(), new Date());
}

async function acquire() {
  for (let isTold = false; ; isTold = true) {
    try {
      writeFileSync(LOCK, OWN, { flag: 'wx' });
      return;
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code !== 'EEXIST') throw new Error(`The folder ${ROOT} can’t be written: ${reasonOf(error)}.`);
    }
    const holder = holderOf(LOCK);
    if (holder === undefined) continue;
    if (holder.isGone) breakLock();
    else {
      if (!isTold)
        console.error(`Another set-up of this folder is at work (${holder.name}): waiting for it.`);
      await sleep(200);
    }
  }
}

/**
 * @param {string} file
 * @returns {{ name: string, isGone: boolean } | undefined} undefined where there is no lock any more
 */
function holderOf(file) {
  try {
    const name = readFileSync(file, 'utf8');
    const [host, id] = name.split(' ');
    const isOld = Date.now() - statSync(file).mtimeMs > STALE_MS;
    return { name, isGone: isOld || name === OWN || (host === hostname() && !isAlive(Number(id))) };
  } catch {
    return undefined;
  }
}

/** Of two that would break it, one does; and what the other takes away is put back, if it is alive. */
function breakLock() {
  const aside = `${LOCK}.${process.pid}`;
  try {
    renameSync(LOCK, aside);
    if (holderOf(aside)?.isGone === false) renameSync(aside, LOCK);
  } catch {
    // Another was faster.
  }
  rmSync(aside, { force: true });
}
