/**
 * Training on the backends of a browser, without the lab's page: for the benchmark, and for tests that compare
 * backends or count what a step asks of the GPU. Whoever drives the browser calls `globalThis.harness`.
 */

import plainWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core';
import { httpSource, Mnist } from '../../src/data/mnist.ts';
import { PRESETS, type PresetName } from '../../src/losses/presets.ts';
import { openBackend } from '../../src/training/backend.ts';
import { BATCH_SIZE, type BackendName, type NetworkName } from '../../src/training/experiment.ts';
import relaxedKernels from '../../src/training/kernels/relaxed.wasm?url';
import simdKernels from '../../src/training/kernels/simd.wasm?url';
import { Lab } from '../../src/training/lab.ts';
import { compareBackends } from './compare.ts';

/** What one step asks of the GPU. */
export interface Requests {
  draws: number;
  uploads: number;
  reads: number;
}

export interface TrainingCase {
  readonly network: NetworkName;
  readonly presets: readonly PresetName[];
  /** A repetition. */
  readonly steps: number;
  readonly repetitions: number;
}

export interface TrainingSpeed {
  readonly firstStepMs: number;
  /** A repetition each. */
  readonly imagesPerSecond: readonly number[];
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

let training: Promise<Mnist> | undefined;

async function mnist(): Promise<Mnist> {
  training ??= (async () => {
    const data = new Mnist(httpSource(new URL('/data/', location.href).href));
    await data.load();
    return data;
  })();
  return training;
}

async function newLab(network: NetworkName, presets: readonly PresetName[]): Promise<Lab> {
  const { trainImages, trainLabels } = await mnist();
  return Lab.create(
    {
      network,
      backend: 'auto',
      seed: 1,
      learningRate: 1e-3,
      warmUpSteps: 0,
      heldOut: [],
      runs: presets.map((name) => PRESETS[name]),
    },
    { images: trainImages, labels: trainLabels },
  );
}

const harness = {
  /** Opens a backend; returns the name of the one that was opened. */
  async open(wanted: BackendName | 'auto'): Promise<string> {
    const kernels = [relaxedKernels, simdKernels].map((url) => async () => (await fetch(url)).arrayBuffer());
    const binaries = { plain: plainWasm, simd: simdWasm, kernels };
    return (await openBackend({ wanted, network: 'compact' }, binaries, () => {})).backend;
  },

  /** What 16 steps ask for, a step: the uploads of a block are shared by its steps. */
  async requestsOf(network: NetworkName, presets: readonly PresetName[]): Promise<Requests> {
    const lab = await newLab(network, presets);
    for (let step = 0; step < 16; step++) lab.trainStep();
    await lab.lossTerms();
    const before = { ...requests };
    for (let step = 0; step < 16; step++) lab.trainStep();
    const asked = (kind: keyof Requests) => (requests[kind] - before[kind]) / 16;
    const result = { draws: asked('draws'), uploads: asked('uploads'), reads: asked('reads') };
    await lab.lossTerms();
    lab.dispose();
    return result;
  },

  /** Tensors after so many steps more than after the first few. */
  async leakedTensors(presets: readonly PresetName[], steps: number): Promise<number> {
    const lab = await newLab('compact', presets);
    for (let step = 0; step < 3; step++) lab.trainStep();
    const before = tf.memory().numTensors;
    for (let step = 0; step < steps; step++) lab.trainStep();
    const after = tf.memory().numTensors;
    lab.dispose();
    return after - before;
  },

  async train({ network, presets, steps, repetitions }: TrainingCase): Promise<TrainingSpeed> {
    const lab = await newLab(network, presets);
    const timed = async (count: number) => {
      const started = performance.now();
      for (let step = 0; step < count; step++) lab.trainStep();
      await lab.lossTerms();
      return performance.now() - started;
    };
    const firstStepMs = await timed(1);
    await timed(steps);
    const imagesPerSecond: number[] = [];
    for (let i = 0; i < repetitions; i++)
      imagesPerSecond.push((steps * BATCH_SIZE * 1000) / (await timed(steps)));
    lab.dispose();
    return { firstStepMs, imagesPerSecond };
  },

  /** Losses of the first steps, a list a step. */
  async losses(presets: readonly PresetName[], steps: number): Promise<number[][]> {
    const lab = await newLab('compact', presets);
    const losses: number[][] = [];
    for (let step = 0; step < steps; step++) {
      lab.trainStep();
      losses.push((await lab.lossTerms()).map((terms) => terms?.total ?? Number.NaN));
    }
    lab.dispose();
    return losses;
  },

  compareBackends,
};

export type Harness = typeof harness;
Object.assign(globalThis, { harness });
