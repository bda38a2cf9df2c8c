// @ts-check
/** Standard output is a command's result: where it can't be written, the command says so and fails. */

import { fstatSync, readFileSync, statSync } from 'node:fs';
import { devNull } from 'node:os';

/** As a shell has it for a command that a closed pipe ends. */
export const BROKEN_PIPE = 141;

/** Thrown with a sentence where a result has nowhere to go. */
export class OutputError extends Error {}

/**
 * A reader that closes the pipe, as `head` does, ends the command without a word. Whatever else is wrong with
 * standard output ends it with a sentence. What can't be told on standard error is lost: it is no result.
 */
export function guardOutput() {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EPIPE') process.exit(BROKEN_PIPE);
      if (stream === process.stderr) return;
      console.error(`Standard output can’t be written, and the results are lost: ${reasonOf(error)}.`);
      process.exit(1);
    });
  }
}

/**
 * Before work whose only result is printed. A closed standard output (`>&-`) looks like /dev/null, which Node opens in
 * its place, for reading too; a shell's `> /dev/null` is open for writing only, and is the caller's wish.
 *
 * @throws {OutputError}
 */
export function requireOutput() {
  if (!isClosed()) return;
  throw new OutputError(
    'Standard output is closed, so the results would be lost (> /dev/null discards them).',
  );
}

/**
 * A line of the result. Awaited, since only then is it known whether it was written: where it was not, the command ends.
 *
 * @param {string} line
 * @returns {Promise<void>}
 */
export function printLine(line) {
  return new Promise((resolve) => {
    process.stdout.write(`${line}\n`, () => setImmediate(resolve));
  });
}

function isClosed() {
  try {
    const isNull = fstatSync(1).rdev === statSync(devNull).rdev && statSync(devNull).isCharacterDevice();
    const [, flags = ''] = /^flags:\s*(\d+)/m.exec(readFileSync('/proc/self/fdinfo/1', 'utf8')) ?? [];
    return isNull && flags.endsWith('2');
  } catch {
    // Not Linux: not known.
    return false;
  }
}

/** What the system says of a file, in words. */
const REASONS = /** @type {Record<string, string>} */ ({
  ENOSPC: 'there is no space left on the device',
  EDQUOT: 'the quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a file is in the place of a folder',
  EEXIST: 'a file is in the place of a folder',
  EISDIR: 'it is a folder',
  EIO: 'the device failed',
  ENAMETOOLONG: 'the name is too long',
});

/**
 * @param {unknown} error
 * @returns {string} without a full stop
 */
export function reasonOf(error) {
  const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
  return (code === undefined ? undefined : REASONS[code]) ?? String(message ?? error);
}
