/** Which data sets are prepared, as the page reads it: public/data/sets.json, a list of their ids. */

import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DATA_SETS } from '../../src/data/sets.ts';
import { ROOT } from './project.mjs';

export async function writeSetList(): Promise<void> {
  const folder = path.join(ROOT, 'public/data');
  const isThere = (own: string) => existsSync(path.join(folder, own, 'manifest.json'));
  const ids = DATA_SETS.filter((set) => isThere(set.folder)).map(({ id }) => id);
  await writeFile(path.join(folder, 'sets.json'), `${JSON.stringify(ids)}\n`);
}
