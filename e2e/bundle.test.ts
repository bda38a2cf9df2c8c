/** What the built page is made of: TensorFlow.js is the worker's alone. */

import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'playwright/test';

const DIST = 'dist';
/** Static and dynamic imports of a built module. */
const IMPORT = /(?:from|import)\s*\(?\s*["'`]\.\/([\w.-]+\.js)["'`]/g;
/** Stands as it is in every build of TensorFlow.js's core: the parameter of a page's address that sets its flags. */
const TENSORFLOW = 'tfjsflags';

/** A file of dist/assets and all that it imports, at once or later: text by name. */
async function withImports(entry: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const waiting = [entry];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    const text = await readFile(`${DIST}/assets/${name}`, 'utf8');
    found.set(name, text);
    waiting.push(...[...text.matchAll(IMPORT)].map(([, imported = '']) => imported));
  }
  return found;
}

const hasTensors = (files: ReadonlyMap<string, string>) =>
  [...files.values()].some((text) => text.includes(TENSORFLOW));

test('the page reads the records of losses without TensorFlow.js, which the worker has', async () => {
  const html = await readFile(`${DIST}/index.html`, 'utf8');
  const entry = /assets\/([\w.-]+\.js)/.exec(html)?.[1] ?? '';
  const page = await withImports(entry);
  expect([...page.values()].some((text) => text.includes('ArcFace'))).toBe(true);
  expect(page.size).toBeGreaterThan(4);
  expect(hasTensors(page)).toBe(false);
  const names = await readdir(`${DIST}/assets`);
  const worker = await withImports(names.find((name) => /^worker-.*\.js$/.test(name)) ?? '');
  expect(hasTensors(worker)).toBe(true);
  // The worker's files are no one else's.
  expect([...page.keys()].filter((name) => worker.has(name))).toEqual([]);
  // And there is no file that neither has.
  const evaluation = await withImports(names.find((name) => name.startsWith('evaluation-worker-')) ?? '');
  const known = new Set([...page.keys(), ...worker.keys(), ...evaluation.keys()]);
  expect(names.filter((name) => name.endsWith('.js') && !known.has(name))).toEqual([]);
});
