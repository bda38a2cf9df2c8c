/** What the command-line entry points share: the WASM backend in Node, training on it, and data sets from public/data. */

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { gunzipSync } from 'node:zlib';
import { type DataSource, ImageSet } from '../src/data/image-set.ts';
import { parseManifest } from '../src/data/manifest.ts';
import { type DataSetId, DEFAULT_DATA_SET, dataSet } from '../src/data/sets.ts';
import { openBackend } from '../src/training/backend/backend.ts';
import type { Lab } from '../src/training/lab/lab.ts';
import { ROOT } from './lib/project.mjs';

/**
 * Opens WebAssembly, or what comes next where it fails; returns the backend's name. Numbers that others shall
 * find again come from plain SIMD, which gives the same bits on every machine; with `fastest` relaxed SIMD is
 * used where Node has it, as in a browser.
 */
export async function openNodeBackend({ fastest = false } = {}): Promise<string> {
  // Node 20 has relaxed SIMD behind a flag, later ones without.
  if (fastest && process.versions.node.startsWith('20.')) {
    setFlagsFromString('--experimental-wasm-relaxed-simd');
  }
  const builds = fastest ? ['relaxed', 'simd'] : ['simd'];
  const folder = path.join(ROOT, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');
  const { backend } = await openBackend(
    { wanted: 'wasm', network: 'compact', set: dataSet(DEFAULT_DATA_SET) },
    {
      simd: path.join(folder, 'tfjs-backend-wasm-simd.wasm'),
      kernels: builds.map((name) => () => readFile(path.join(ROOT, `src/training/kernels/${name}.wasm`))),
    },
    () => {},
  );
  return backend;
}

/**
 * Trains up to a step. Steps wait for nothing, so signals and timers get their turn between two.
 * @param onStep called after each
 */
export async function trainTo(
  lab: Pick<Lab, 'step' | 'trainStep'>,
  step: number,
  onStep: () => void = () => {},
): Promise<void> {
  while (lab.step < step) {
    await lab.trainStep();
    onStep();
    await nextTurn();
  }
}

/** All of a data set, from the prepared files. */
export async function loadDataSet(id: DataSetId): Promise<ImageSet> {
  const set = dataSet(id);
  const folder = path.join(ROOT, 'public/data', set.folder);
  if (!existsSync(path.join(folder, 'manifest.json'))) {
    const way = set.source.kind === 'npm' ? 'npm run prepare:data' : `npm run data -- ${id}`;
    throw new Error(`${set.title} is not prepared here: ${way} does that.`);
  }
  const source: DataSource = {
    manifest: async () =>
      parseManifest(JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')), set),
    file: async ({ name }) => gunzipSync(await readFile(path.join(folder, name))),
  };
  const images = new ImageSet(set, source);
  await images.load();
  return images;
}
