/** What the built page is made of: TensorFlow.js is the worker's alone, and whoever wrote a part is named. */

import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'playwright/test';
import { parseSync } from 'vite';

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
  // Nothing else is called so: the page must not need a file of that name.
  const [main = '', ...alike] = names.filter((name) => /^worker-.*\.js$/.test(name));
  expect(alike).toEqual([]);
  const worker = await withImports(main);
  expect(hasTensors(worker)).toBe(true);
  // The worker's files are no one else's.
  expect([...page.keys()].filter((name) => worker.has(name))).toEqual([]);
  // The other workers read records, too, and there is no file that none of them has.
  const others = await Promise.all(names.filter((name) => /-worker-.*\.js$/.test(name)).map(withImports));
  expect(others.map(hasTensors)).toEqual(others.map(() => false));
  const known = new Set([page, worker, ...others].flatMap((files) => [...files.keys()]));
  expect(names.filter((name) => name.endsWith('.js') && !known.has(name))).toEqual([]);
});

test('scripts hold no comments: what licences ask for stands in one file, which the page links', async ({
  page,
  request,
}) => {
  const scripts = (await readdir(`${DIST}/assets`)).filter((name) => name.endsWith('.js'));
  for (const name of ['service-worker.js', ...scripts.map((script) => `assets/${script}`)]) {
    const { comments } = parseSync(name, await readFile(`${DIST}/${name}`, 'utf8'));
    expect(comments.length, name).toBe(0);
  }
  await page.goto('./');
  const link = page.getByRole('contentinfo').getByRole('link', { name: 'work of others' });
  const response = await request.get(await link.evaluate((anchor: HTMLAnchorElement) => anchor.href));
  expect(response.headers()['content-type']).toMatch(/^text\/plain/);
  const notices = await response.text();
  for (const name of [
    ...['core', 'backend-cpu', 'backend-wasm', 'backend-webgl', 'backend-webgpu'].map(
      (part) => `@tensorflow/tfjs-${part}`,
    ),
    ...[
      '@base-ui/react',
      'd3-scale',
      'd3-zoom',
      'fflate',
      'gifenc',
      'idb',
      'katex',
      'mediabunny',
      'react',
      'react-dom',
      'valibot',
      'zustand',
    ],
    // In the service worker, in the kernels, and by the bundler.
    ...['workbox-precaching', 'assemblyscript', 'vite'],
  ]) {
    expect(notices).toMatch(new RegExp(`^${name} \\d[\\w.]* \\(.+\\)$`, 'm'));
  }
  expect(notices).toContain('Copyright 2019 Google LLC');
  expect(notices).toMatch(/Apache License\s+Version 2.0, January 2004/);
  expect(notices).toContain('MNIST: Yann LeCun');
});
