/** The walls of the layout hold: the linter refuses an import across each, and takes a legal one. */

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const BIOME = path.resolve('node_modules/.bin/biome');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'walls-'));
  for (const file of ['biome.json', '.gitignore']) copyFileSync(file, path.join(folder, file));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What the project's linter says of a file with this content at this place. */
function lint(file: string, content: string): string {
  const target = path.join(folder, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, content);
  const { stdout, stderr } = spawnSync(BIOME, ['lint', file], { cwd: folder, encoding: 'utf8' });
  expect(stdout + stderr).toContain('Checked 1 file');
  return stdout + stderr;
}

const use = (from: string) => `import { thing } from '${from}';\nconsole.log(thing);\n`;

it.each([
  ['src/data/x.ts', '@tensorflow/tfjs-core'],
  ['src/measures/x.ts', 'react'],
  ['src/timeline/x.ts', 'd3'],
  ['src/losses/x.ts', '@tensorflow/tfjs-backend-webgl'],
  ['src/network/x.ts', '@tensorflow/tfjs'],
  ['src/training/lab.ts', '@tensorflow/tfjs-backend-wasm'],
  ['src/plots/x.ts', 'react'],
  ['src/plots/x.ts', '../training/lab.ts'],
  ['src/app/x.ts', '@tensorflow/tfjs-core'],
  ['src/app/x.ts', '../training/run.ts'],
  ['src/training/x.ts', '../app/store.ts'],
  ['src/training/backend.ts', '../app/store.ts'],
  ['src/training/kernels/x.ts', 'react'],
  ['src/training/worker.ts', '@tensorflow/tfjs-backend-webgl'],
  ['src/losses/x.ts', '../training/run.ts'],
  ['src/timeline/x.ts', 'd3-array'],
  ['src/measures/x.ts', 'react/jsx-runtime'],
  ['src/data/x.test.ts', '../app/store.ts'],
])('%s may not import %s', (file, from) => {
  expect(lint(file, use(from))).toContain('noRestrictedImports');
});

it.each([
  ['src/losses/x.ts', '@tensorflow/tfjs-core'],
  ['src/training/backend.ts', '@tensorflow/tfjs-backend-wasm'],
  ['src/training/kernels/x.ts', '@tensorflow/tfjs-backend-webgl'],
  ['src/plots/x.ts', 'd3'],
  ['src/app/x.ts', '../training/protocol.ts'],
  ['src/app/x.ts', '../training/client.ts'],
  ['src/training/x.ts', '../data/random.ts'],
  ['src/training/x.test.ts', '@tensorflow/tfjs-backend-cpu'],
  ['src/training/worker.ts', '@tensorflow/tfjs-backend-wasm/dist/a.wasm?url'],
])('%s may import %s', (file, from) => {
  expect(lint(file, use(from))).not.toContain('noRestrictedImports');
});

it.each(['src/data/x.ts', 'src/measures/x.ts', 'src/timeline/x.ts'])('%s has no document', (file) => {
  expect(lint(file, 'console.log(document.title);\n')).toContain('noRestrictedGlobals');
});
