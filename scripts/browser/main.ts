/**
 * Training on the backends of a browser, without the lab's page: for the benchmark, and for tests that compare
 * backends or count what a step asks of the GPU. Whoever drives the browser calls `globalThis.harness`.
 */

import simdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core';
import { httpSource, ImageSet } from '../../src/data/image-set.ts';
import { DEFAULT_DATA_SET, dataSet } from '../../src/data/sets.ts';
import { runOf } from '../../src/losses/presets.ts';
import { openBackend } from '../../src/training/backend/backend.ts';
import { BATCH_SIZE, type BackendName, type NetworkName } from '../../src/training/experiment.ts';
import relaxedKernels from '../../src/training/kernels/relaxed.wasm?url';
import simdKernels from '../../src/training/kernels/simd.wasm?url';
import { Lab } from '../../src/training/lab/lab.ts';
import { matrixProductSpeed } from '../arithmetic.ts';
import { compareBackends } from './compare.ts';

/** What one step asks of the GPU. */
export interface Requests {
  draws: number;
  uploads: number;
  reads: number;
}

const requests: Requests = { draws: 0, uploads: 0, reads: 0 };
countRequests();

/** Counts calls of the WebGL context; an upload is a texture that gets values. */
function countRequests(): void {
  const { prototype } = WebGL2RenderingContext;
  const count = (
    name: keyof WebGL2RenderingContext,
    kind: keyof Requests,
    counts = (_: unknown[]) => true,
  ) => {
    const method = prototype[name] as (...args: unknown[]) => unknown;
    Object.assign(prototype, {
      [name](this: WebGL2RenderingContext, ...args: unknown[]) {
        if (counts(args)) requests[kind]++;
        return method.apply(this, args);
      },
    });
  };
  count('drawElements', 'draws');
  count('drawArrays', 'draws');
  count('texSubImage2D', 'uploads');
  count('texImage2D', 'uploads', (args) => args.at(-1) !== null);
  count('readPixels', 'reads');
  count('getBufferSubData', 'reads');
}

let images: Promise<ImageSet> | undefined;

async function loaded(): Promise<ImageSet> {
  images ??= (async () => {
    const set = dataSet(DEFAULT_DATA_SET);
    const data = new ImageSet(set, httpSource(set, new URL('/data/', location.href).href));
    await data.load();
    return data;
  })();
  return images;
}

async function newLab(network: NetworkName, presets: readonly string[]): Promise<Lab> {
  const { train: training } = await loaded();
  return Lab.create(
    {
      data: DEFAULT_DATA_SET,
      network,
      backend: 'auto',
      seed: 1,
      learningRate: 1e-3,
      warmUpSteps: 0,
      heldOut: [],
      runs: presets.map(runOf),
    },
    training,
  );
}

/** Milliseconds of so many steps, to the end of their computation. */
async function timed(lab: Lab, steps: number): Promise<number> {
  const started = performance.now();
  for (let step = 0; step < steps; step++) await lab.trainStep();
  await lab.lossTerms();
  return performance.now() - started;
}

let timedLab: Lab | undefined;

const harness = {
  /** Opens a backend; returns the name of the one that was opened. */
  async open(wanted: BackendName | 'auto'): Promise<string> {
    const kernels = [relaxedKernels, simdKernels].map((url) => async () => (await fetch(url)).arrayBuffer());
    const binaries = { simd: simdWasm, kernels };
    return (
      await openBackend({ wanted, network: 'compact', set: dataSet(DEFAULT_DATA_SET) }, binaries, () => {})
    ).backend;
  },

  /** What 16 steps ask for, a step: the uploads of a block are shared by its steps. */
  async requestsOf(network: NetworkName, presets: readonly string[]): Promise<Requests> {
    const lab = await newLab(network, presets);
    await lab.trainStep();
    await lab.lossTerms();
    const before = { ...requests };
    for (let step = 0; step < 16; step++) await lab.trainStep();
    const asked = (kind: keyof Requests) => (requests[kind] - before[kind]) / 16;
    const result = { draws: asked('draws'), uploads: asked('uploads'), reads: asked('reads') };
    await lab.lossTerms();
    lab.dispose();
    return result;
  },

  /** Tensors after so many steps more than after the first few. */
  async leakedTensors(presets: readonly string[], steps: number): Promise<number> {
    const lab = await newLab('compact', presets);
    for (let step = 0; step < 3; step++) await lab.trainStep();
    const before = tf.memory().numTensors;
    for (let step = 0; step < steps; step++) await lab.trainStep();
    const after = tf.memory().numTensors;
    lab.dispose();
    return after - before;
  },

  /** Opens a lab whose steps `imagesPerSecond` times; returns how long its first step took, in ms. */
  async begin(network: NetworkName, presets: readonly string[]): Promise<number> {
    timedLab?.dispose();
    timedLab = await newLab(network, presets);
    return timed(timedLab, 1);
  },

  /** Of so many steps of the lab that was begun. */
  async imagesPerSecond(steps: number): Promise<number> {
    if (timedLab === undefined) throw new Error('No lab was begun.');
    return (steps * BATCH_SIZE * 1000) / (await timed(timedLab, steps));
  },

  /** Of a product of two 512 × 512 matrices, the best of a few: what this backend can at its best. */
  matrixProduct: matrixProductSpeed,

  /** Losses of the first steps, a list a step. */
  async losses(presets: readonly string[], steps: number): Promise<number[][]> {
    const lab = await newLab('compact', presets);
    const losses: number[][] = [];
    for (let step = 0; step < steps; step++) {
      await lab.trainStep();
      losses.push((await lab.lossTerms()).map((terms) => terms?.total ?? Number.NaN));
    }
    lab.dispose();
    return losses;
  },

  compareBackends,
};

export type Harness = typeof harness;
Object.assign(globalThis, { harness });
