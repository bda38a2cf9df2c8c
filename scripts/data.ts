/**
 * `npm run data -- SET [--from FOLDER]`: prepares a data set that does not come with npm, from its four IDX files, gzipped or
 * not: those of the folder, else of Debian's package, which is installed where that can be done without asking.
 */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { DATA_SETS } from '../src/data/sets.ts';
import { flagsIn, UsageError } from './lib/commands.mjs';
import { prepareSet } from './lib/prepare-set.ts';
import { ROOT } from './lib/project.mjs';
import { writeSetList } from './lib/set-list.ts';

export default async function data(args: readonly string[]): Promise<void> {
  const { from } = flagsIn('data', args);
  const [id] = args;
  const set = DATA_SETS.find((each) => each.id === id && each.source.kind === 'command');
  if (set === undefined) {
    const known = DATA_SETS.filter(({ source }) => source.kind === 'command').map((each) => each.id);
    throw new UsageError(`Say which data set: ${known.join(', ')}.`);
  }
  const { source } = set;
  if (from === undefined && !existsSync(source.folder)) install(source.package);
  const folder = from ?? source.folder;
  if (!existsSync(folder)) {
    throw new Error(
      `There is no folder ${folder}. Install Debian's package ${source.package}, or give the folder of the four IDX files: npm run data -- ${id} --from FOLDER.`,
    );
  }
  const target = path.join('public/data', set.folder);
  const prepared = await prepareSet(set, folder, path.join(ROOT, target));
  await writeSetList();
  console.error(
    prepared === undefined
      ? `${set.title} was ready already, in ${target}.`
      : `${set.title} is ready: ${prepared.files} files, ${(prepared.bytes / 1e6).toFixed(1)} MB, in ${target}. Build the page again to offer it.`,
  );
}

/** Quietly: where it can't be had, the sentence after it says what to do. */
function install(name: string): void {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return;
  console.error(`Installing ${name}.`);
  for (const args of [['update'], ['install', '-y', name]]) spawnSync('apt-get', args, { stdio: 'ignore' });
}
