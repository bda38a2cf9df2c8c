/** The walls of the layout hold: an import across each is a breach, a legal one is none, and a circle is found. */

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { arrowsOf, type Graph, readImports } from './lib/walls.ts';

type Import = readonly [room: string, from: string, kind?: 'types' | 'late'];

/** Folder or file, and what is imported there. */
const WRONG: readonly Import[] = [
  ['src/data/', '@tensorflow/tfjs-core'],
  ['src/data/', 'src/measures/'],
  ['src/network/', '@tensorflow/tfjs-backend-wasm'],
  ['src/network/', 'src/losses/term.ts', 'types'],
  ['src/losses/', '@tensorflow/tfjs-backend-webgl'],
  ['src/losses/', 'src/network/'],
  ['src/losses/', 'src/measures/'],
  ['src/losses/', 'src/training/lab/'],
  ['src/losses/ring/record.ts', '@tensorflow/tfjs-core'],
  ['src/losses/ring/record.ts', 'src/losses/ring/loss.ts'],
  ['src/losses/objective.ts', 'src/losses/distances.ts'],
  ['src/losses/terms.ts', 'src/losses/ring/loss.ts'],
  ['src/measures/', 'react'],
  ['src/measures/', 'react/jsx-runtime'],
  ['src/measures/', 'src/losses/terms.ts'],
  ['src/measures/', 'src/training/lab/', 'types'],
  ['src/timeline/', 'd3'],
  ['src/timeline/', 'src/training/lab/'],
  ['src/timeline/', 'src/losses/ring/loss.ts'],
  ['src/timeline/', 'src/plots/', 'types'],
  ['src/training/lab/', '@tensorflow/tfjs-backend-wasm'],
  ['src/training/lab/', 'src/training/link/'],
  ['src/training/lab/', 'src/training/link/', 'types'],
  ['src/training/lab/', 'src/training/backend/'],
  ['src/training/lab/', 'src/timeline/', 'types'],
  ['src/training/experiment.ts', '@tensorflow/tfjs-core'],
  ['src/training/changes.ts', 'src/training/lab/'],
  ['src/training/schemas.ts', 'src/network/layers.ts'],
  ['src/training/kernels/', 'react'],
  ['src/training/kernels/', 'src/training/lab/'],
  ['src/training/kernels/', 'src/training/link/', 'types'],
  ['src/training/backend/', 'src/app/'],
  ['src/training/backend/', 'src/training/link/'],
  ['src/training/link/', '@tensorflow/tfjs-backend-webgl'],
  ['src/training/link/', 'src/timeline/'],
  ['src/training/link/', 'src/app/', 'types'],
  ['src/training/link/worker.ts', '@tensorflow/tfjs-backend-webgl'],
  ['src/plots/', 'react'],
  ['src/plots/', 'd3-array'],
  ['src/plots/', 'src/measures/'],
  ['src/plots/', 'src/training/link/'],
  ['src/app/', '@tensorflow/tfjs-core', 'types'],
  ['src/app/', 'src/training/lab/', 'types'],
  ['src/app/', 'src/network/'],
  ['src/app/', 'src/losses/ring/loss.ts', 'late'],
  ['src/data/sets.test.ts', 'src/app/'],
];

const LEGAL: readonly Import[] = [
  ['src/data/', 'src/data/sets/'],
  ['src/network/', '@tensorflow/tfjs-core'],
  ['src/losses/', '@tensorflow/tfjs-core'],
  ['src/losses/', 'src/data/'],
  ['src/losses/ring/loss.ts', 'src/losses/distances.ts'],
  ['src/losses/ring/record.ts', 'src/losses/term.ts'],
  ['src/losses/term.ts', '@tensorflow/tfjs-core', 'types'],
  ['src/losses/terms.ts', 'src/losses/ring/record.ts'],
  ['src/losses/terms.ts', 'src/losses/git/loss.ts', 'late'],
  ['src/measures/', 'src/data/'],
  ['src/measures/', 'src/losses/term.ts', 'types'],
  ['src/timeline/', 'src/measures/'],
  ['src/timeline/', 'src/losses/objective.ts'],
  ['src/timeline/', 'src/training/link/', 'types'],
  ['src/training/lab/', '@tensorflow/tfjs-core'],
  ['src/training/lab/', 'src/network/'],
  ['src/training/lab/', 'src/losses/ring/loss.ts'],
  ['src/training/experiment.ts', 'src/network/parameter-specs.ts'],
  ['src/training/changes.ts', 'valibot'],
  ['src/training/lab/', 'src/training/experiment.ts'],
  ['src/training/backend/', '@tensorflow/tfjs-backend-wasm'],
  ['src/training/backend/', 'src/training/lab/'],
  ['src/training/kernels/', '@tensorflow/tfjs-backend-webgl'],
  ['src/training/link/', 'src/training/lab/'],
  ['src/training/link/', 'valibot'],
  ['src/training/link/worker.ts', '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'],
  ['src/plots/', 'd3'],
  ['src/plots/', 'src/measures/', 'types'],
  ['src/app/', 'react'],
  ['src/app/', 'src/training/link/'],
  ['src/app/', 'src/losses/terms.ts'],
  ['src/app/', 'src/plots/'],
  ['src/training/lab/lab.test.ts', '@tensorflow/tfjs-backend-cpu'],
  ['src/app/state/url.test.ts', 'src/app/'],
];

/** A file that is there to be imported. */
const targetIn = (place: string) => (place.endsWith('/') ? `${place}target.ts` : place);

/** In a room, each import has a file of its own. */
const plantedAt = ([place, from, kind]: Import) =>
  place.endsWith('/') ? `${place}${`${from} ${kind ?? ''}`.replaceAll(/\W+/g, '-')}.ts` : place;

function lineOf(planted: Import): string {
  const [, from, kind] = planted;
  const target = from.startsWith('src/')
    ? path.relative(path.dirname(plantedAt(planted)), targetIn(from)).replace(/^(?![.])/, './')
    : from;
  if (kind === 'late') return `export const late = () => import('${target}');\n`;
  return kind === 'types' ? `export type * from '${target}';\n` : `import '${target}';\n`;
}

let folder = '';
let graph: Graph;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'walls-'));
  const files = new Map<string, string>();
  const write = (file: string, line: string) => files.set(file, (files.get(file) ?? '') + line);
  for (const planted of [...WRONG, ...LEGAL]) {
    if (planted[1].startsWith('src/')) write(targetIn(planted[1]), 'export {};\n');
    write(plantedAt(planted), lineOf(planted));
  }
  write('src/data/first.ts', "import './second.ts';\n");
  write('src/data/second.ts', "export type * from './first.ts';\nimport './first.ts';\n");
  for (const [file, content] of files) {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'), 'junction');
  graph = await readImports(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** True where that import was read and breaks no rule. */
function isAllowed(planted: Import): boolean {
  const [, from, kind] = planted;
  const source = plantedAt(planted);
  const reads = (to: string) =>
    from.startsWith('src/') ? to === targetIn(from) : to.includes(`node_modules/${from.replace('?url', '')}`);
  const read = graph.modules
    .find((each) => each.source === source)
    ?.dependencies.find(
      ({ resolved, dependencyTypes }) =>
        reads(resolved) && dependencyTypes.includes('type-only') === (kind === 'types'),
    );
  if (read === undefined) throw new Error(`The import of ${from} in ${source} was not read.`);
  return read.valid;
}

const named = (imports: readonly Import[]) =>
  imports.map((each) => ({ name: each.filter((part) => part !== undefined).join(', '), planted: each }));

it.each(named(WRONG))('no import: $name', ({ planted }) => {
  expect(isAllowed(planted)).toBe(false);
});

it.each(named(LEGAL))('an import: $name', ({ planted }) => {
  expect(isAllowed(planted)).toBe(true);
});

it('finds a circle of imports that run, beside one of types', () => {
  expect(graph.circle).toEqual(['src/data/first.ts', 'src/data/second.ts', 'src/data/first.ts']);
});

it('draws which folders import which, training’s each by itself, and tells what is implied', () => {
  const folder = (source: string, ...imports: readonly string[]) => ({
    source,
    dependencies: imports.map((resolved) => ({ resolved, dependencyTypes: ['local'] })),
  });
  const modules = [
    folder(
      'src/training/lab/run.ts',
      'src/losses/joint.ts',
      'src/data/random.ts',
      'src/training/lab/adam.ts',
    ),
    folder('src/losses/joint.ts', 'src/data/random.ts', 'node_modules/x/index.js'),
    folder('src/training/changes.ts'),
    folder('src/data/random.test.ts', 'src/losses/joint.ts'),
  ] as unknown as Graph['modules'];
  expect(arrowsOf({ modules, breaches: [], circle: undefined })).toEqual([
    { from: 'losses', to: 'data', isImplied: false },
    { from: 'training/lab', to: 'data', isImplied: true },
    { from: 'training/lab', to: 'losses', isImplied: false },
  ]);
});
