// @ts-check
/** Where the project lies, and the sentence of what was thrown. */

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { reasonOf } from './output.mjs';

/** The project's folder; launch.mjs sets it, since its bundles lie elsewhere. */
export const ROOT =
  process.env.LAB_ROOT ?? path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** What commands put aside, in a folder that is nobody's to keep. */
export const CACHE = path.join(ROOT, 'node_modules/.cache/margin-loss-lab');

/** What the system was asked for when it refused. */
const WRITING = ['access', 'mkdir', 'rename', 'write', 'unlink', 'rmdir', 'rm', 'copyfile', 'symlink'];

/**
 * The sentence of what was thrown.
 * @param {unknown} error
 */
export function messageOf(error) {
  if (!(error instanceof Error)) return String(error);
  const { code, path: file, syscall = '' } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code === undefined || file === undefined) return error.message;
  const verb = WRITING.includes(syscall) ? 'written' : 'opened';
  return `${path.relative('', file) || file} can’t be ${verb}: ${reasonOf(error)}.`;
}
