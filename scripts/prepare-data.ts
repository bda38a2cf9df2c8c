/** `npm run prepare:data`: makes public/data/ from the npm packages that the data sets come from. */

import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { DATA_SETS } from '../src/data/sets.ts';
import { prepareSet } from './lib/prepare-set.ts';
import { ROOT } from './lib/project.mjs';
import { writeSetList } from './lib/set-list.ts';

export default async function prepare(): Promise<void> {
  await removeLeftovers();
  for (const set of DATA_SETS.filter(({ source }) => source.kind === 'npm')) {
    const source = path.join(ROOT, 'node_modules', set.source.package, set.source.folder);
    const folder = path.join('public/data', set.folder);
    const prepared = await prepareSet(set, source, path.join(ROOT, folder));
    if (prepared === undefined) continue;
    const { files, bytes } = prepared;
    console.error(`${set.title} is ready: ${files} files, ${(bytes / 1e6).toFixed(1)} MB, in ${folder}.`);
  }
  await writeSetList();
}

/** What earlier versions left beside the data when they were interrupted; all of public/ is served. */
async function removeLeftovers(): Promise<void> {
  for (const folder of ['public', 'public/data']) {
    const place = path.join(ROOT, folder);
    for (const name of await readdir(place).catch(() => [])) {
      if (/^(data\.)?\d+\.tmp$/.test(name)) await rm(path.join(place, name), { recursive: true });
    }
  }
}
