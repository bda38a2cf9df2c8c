// @ts-check
/** Other processes, and how this one ends: with what it started, and leaving nothing half-made. */

import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { ROOT } from './project.mjs';

/** Exit codes as a shell has them. */
const SIGNALS = /** @type {const} */ ({ SIGINT: 130, SIGTERM: 143 });
const NAMES = /** @type {(keyof typeof SIGNALS)[]} */ (Object.keys(SIGNALS));

/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set();
/** How many `cleanly` are at work. */
let careful = 0;
/** The exit code once a signal came. @type {number | undefined} */
let ending;

/** @param {keyof typeof SIGNALS} signal */
function end(signal) {
  const isSecond = ending !== undefined;
  ending = SIGNALS[signal];
  for (const child of children) child.kill(signal);
  if (isSecond || children.size === 0) process.exit(ending);
}

process.on('exit', () => {
  for (const child of children) child.kill();
});

/**
 * Does work that leaves nothing half-made: a signal ends what this process started, then this process, by way of
 * what is to be done at its exit. Elsewhere signals end it at once, in the middle of a computation, too.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function cleanly(work) {
  endAtSignals();
  try {
    return await work();
  } finally {
    if (--careful === 0) for (const name of NAMES) process.off(name, end);
  }
}

/** As `cleanly`, from now on. */
export function endAtSignals() {
  if (careful++ === 0) for (const name of NAMES) process.on(name, end);
}

/** Files that the system still makes in a folder while it is removed: those that Node's threads were at. */
const TRIES = 5;

/**
 * Removes a file or a folder however the process ends, but for `kill -9`; or at once.
 * @param {string} file
 * @returns {() => void} removes it now
 */
export function removedAtExit(file) {
  const remove = () => {
    process.off('exit', remove);
    rmSync(file, { recursive: true, force: true, maxRetries: TRIES, retryDelay: 20 });
  };
  process.on('exit', remove);
  return remove;
}

/**
 * For commands whose standard output is their result: what setting up says goes to standard error.
 * @type {import('node:child_process').SpawnOptions}
 */
export const TO_STDERR = { stdio: ['ignore', 2, 2] };

/**
 * Runs a command in the project's folder with its output shown; true where it exits with 0.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<boolean>}
 */
export function run(command, args, options = {}) {
  return cleanly(async () => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], ...options });
    return (await endOf(child)).code === 0;
  });
}

/**
 * As `run`, with its output in one piece, for what runs side by side.
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export function captured(command, args) {
  return cleanly(async () => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part) => {
        output += part;
      });
    }
    const { code } = await endOf(child);
    return { ok: code === 0, output };
  });
}

/**
 * As `captured`, with its output and what it says of errors apart, and how it ended: by itself, or by a signal.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null, output: string, errors: string }>}
 */
export function ended(command, args, env) {
  return cleanly(async () => {
    const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [output, errors] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (part) => {
      output += part;
    });
    child.stderr.setEncoding('utf8').on('data', (part) => {
      errors += part;
    });
    return { ...(await endOf(child)), output, errors };
  });
}

/**
 * How it ended.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>}
 */
function endOf(child) {
  children.add(child);
  return new Promise((resolve) => {
    /**
     * @param {number | null} code
     * @param {NodeJS.Signals | null} signal
     */
    const done = (code, signal) => {
      children.delete(child);
      if (ending === undefined) return resolve({ code, signal });
      // Nobody goes on from here, and starts another one.
      if (children.size === 0) process.exit(ending);
    };
    child.on('error', ({ message }) => {
      console.error(`${child.spawnfile} can’t be started: ${message}.`);
      done(1, null);
    });
    child.on('close', done);
  });
}

/** What npm or another command started must not go on without it: a server would for ever. */
export function endWithParent() {
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event === undefined && process.env.LAB_ROOT === undefined) return;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(SIGNALS.SIGTERM);
  }, 200).unref();
}

/**
 * Is there a process with this id?
 * @param {number} id
 */
export function isAlive(id) {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
