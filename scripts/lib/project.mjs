// @ts-check
/** Where the project lies, and the sentence of what was thrown. */

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { reasonOf } from './output.mjs';

/** The project's folder; launch.mjs sets it, since its bundles lie elsewhere. */
export const ROOT =
  process.env.LAB_ROOT ?? path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** What commands put aside, in a folder that is nobody's to keep. */
export const CACHE = path.join(ROOT, 'node_modules/.cache/margin-loss-lab');

/** What the system was asked for when it refused. */
const WRITING = ['access', 'mkdir', 'rename', 'write', 'unlink', 'rmdir', 'rm', 'copyfile', 'symlink'];

/**
 * What Node and the bundler say where a package, or a file of one, is gone. What our own files import of each other begins
 * with a dot.
 */
const NOT_WHOLE = [
  /native binding/i,
  /(Cannot find (module|package)|Could not resolve|failed to resolve import) ["']([^./"']|[^"']*node_modules)/i,
  /Could not resolve .+ in \S*node_modules\//i,
];

/**
 * What was thrown by a bundler; where it is for a package that is not whole, an error that says so.
 * @param {unknown} error
 */
export function explained(error) {
  const lines = stripVTControlCharacters(error instanceof Error ? error.message : '').split('\n');
  const line = lines.find((each) => NOT_WHOLE.some((pattern) => pattern.test(each)));
  if (line === undefined) return error;
  return new Error(`A package in node_modules is not whole; npm ci installs all anew. (${line.trim()})`);
}

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
