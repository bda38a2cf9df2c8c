/** Which code made a number. */

import { spawnSync } from 'node:child_process';
import { ROOT } from './project.mjs';

/** What decides numbers. */
const CODE = ['src', 'scripts', 'assembly', 'package-lock.json'];

/** The commit that is checked out, as git describes it: with "-dirty" where code differs from it; null outside of a checkout. */
export function commitOf(): string | null {
  const git = (...args: string[]) => spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  const { status, stdout } = git('rev-parse', 'HEAD');
  if (status !== 0) return null;
  const isDirty = git('diff', '--quiet', 'HEAD', '--', ...CODE).status !== 0;
  return `${stdout.trim()}${isDirty ? '-dirty' : ''}`;
}
