/**
 * Which TensorFlow.js backend computes: each candidate is opened, proven by a numeric self-test with
 * a time limit, and refused with a reason that a reader understands.
 */

import * as tf from '@tensorflow/tfjs-core';
import { reasonOf } from '../../data/reason-of.ts';
import type { DataSet } from '../../data/set.ts';
import type { BackendName, NetworkName } from '../experiment.ts';
import { within } from '../lab/readback.ts';
import { selfTest } from './self-test.ts';
import { trainingSpeed } from './timing.ts';

/** URLs of the single-threaded WASM binaries; the threaded one hangs under some security policies. */
export interface WasmBinaries {
  readonly simd: string;
  /** Builds of the lab's own kernels (assembly/), the one to be tried first first. */
  readonly kernels: readonly (() => Promise<BufferSource>)[];
}

export interface BackendChoice {
  readonly backend: BackendName;
  /** One sentence, or a few. */
  readonly reason: string;
  /** True where real training steps were timed to choose it. */
  readonly isTimed: boolean;
}

/** What decides which backend is opened. */
export interface BackendWish {
  /** 'auto' takes the fastest. */
  readonly wanted: BackendName | 'auto';
  /** What was fastest on this device before: tried first, without another timing. */
  readonly preferred?: BackendName | undefined;
  /** Whose steps are timed, and on images of which set. */
  readonly network: NetworkName;
  readonly set: DataSet;
}

/** Thrown where a backend can't be used; the message says why, as the end of a sentence. */
export class BackendRefused extends Error {}

const OPENING_LIMIT_MS = 60_000;
const SELF_TEST_LIMIT_MS = 10_000;
const LABELS: Record<BackendName, string> = {
  webgl: 'WebGL',
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  cpu: 'plain JavaScript',
};
/** Those that may be the fastest on some device; plain JavaScript never is. */
const RIVALS: readonly BackendName[] = ['wasm', 'webgl', 'webgpu'];

/** The context of the newest WebGL backend. */
let webglContext: WebGL2RenderingContext | undefined;

/** True where the backend that is set computes on a context that was lost: it reads as zeros, which look sound. */
export function deviceIsLost(): boolean {
  return tf.getBackend() === 'webgl' && webglContext?.isContextLost() === true;
}

/**
 * Opens the wanted backend; with 'auto' the fastest of those that pass their self-test, by a short timing of
 * training steps. A wanted backend that fails is followed by the others.
 *
 * @param onLost called when the chosen backend's device is lost later on
 * @throws Error where not even plain JavaScript passes
 */
export async function openBackend(
  { wanted, preferred, network, set }: BackendWish,
  wasm: WasmBinaries,
  onLost: () => void,
): Promise<BackendChoice> {
  const refusals: string[] = [];
  let chosen: BackendName | undefined;
  // A device lost before the choice counts as a refusal; losing a backend that was not chosen does not matter.
  const whenLost = () => {
    if (chosen === 'webgl') onLost();
  };
  const refuse = (backend: BackendName, error: unknown) => {
    refusals.push(`${LABELS[backend]} is not used: ${reasonOf(error)}.`);
    if (tf.findBackendFactory(backend) !== null) tf.removeBackend(backend);
  };
  const opened = async (backend: BackendName): Promise<string | undefined> => {
    const attempt = new AbortController();
    const { signal } = attempt;
    try {
      const opening = open(backend, { wasm, onLost: whenLost, softwareIsFine: backend === wanted, signal });
      const description = await within(OPENING_LIMIT_MS, opening, 'it did not start in time');
      await within(SELF_TEST_LIMIT_MS, selfTest(), 'its self-test took too long');
      if (deviceIsLost()) throw new BackendRefused('its device was lost as it started');
      return description;
    } catch (error) {
      attempt.abort();
      refuse(backend, error);
      return undefined;
    }
  };
  const choice = (backend: BackendName, sentences: string[], isTimed = false): BackendChoice => {
    chosen = backend;
    return { backend, reason: [...sentences, ...refusals].join(' '), isTimed };
  };
  const named = wanted === 'auto' ? preferred : wanted;
  if (named !== undefined) {
    const description = await opened(named);
    const known = wanted === 'auto' ? ['It was the fastest on this device before.'] : [];
    if (description !== undefined) return choice(named, [description, ...known]);
  }
  const rivals: Rival[] = [];
  // The answer takes its time, which the others need as well.
  adapterAsked();
  for (const backend of RIVALS.filter((rival) => rival !== named)) {
    const description = await opened(backend);
    if (description !== undefined) rivals.push({ backend, description });
  }
  const [only, ...others] = rivals;
  if (only !== undefined && others.length === 0) {
    await tf.setBackend(only.backend);
    return choice(only.backend, [only.description]);
  }
  const [fastest, ...slower] = await timed(rivals, { network, set }, refuse);
  if (fastest !== undefined) {
    await tf.setBackend(fastest.backend);
    for (const { backend } of slower) tf.removeBackend(backend);
    const named = ({ backend, imagesPerSecond }: TimedRival) =>
      `${LABELS[backend]} ${Math.round(imagesPerSecond).toLocaleString('en')}`;
    const comparison = `Fastest of those timed, in images/s: ${[fastest, ...slower].map(named).join(', ')}.`;
    return choice(fastest.backend, [fastest.description, comparison], true);
  }
  const description = named === 'cpu' ? undefined : await opened('cpu');
  if (description !== undefined) return choice('cpu', [description]);
  throw new Error(`No way to compute was found. ${refusals.join(' ')}`);
}

interface Rival {
  readonly backend: BackendName;
  readonly description: string;
}

interface TimedRival extends Rival {
  readonly imagesPerSecond: number;
}

/** The fastest first; one that fails at it is refused. */
async function timed(
  rivals: readonly Rival[],
  { network, set }: Pick<BackendWish, 'network' | 'set'>,
  refuse: (backend: BackendName, error: unknown) => void,
): Promise<TimedRival[]> {
  const results: TimedRival[] = [];
  for (const rival of rivals) {
    try {
      await tf.setBackend(rival.backend);
      const imagesPerSecond = await trainingSpeed(network, set, TIMING_MS / rivals.length);
      if (deviceIsLost()) throw new BackendRefused('its device was lost while it was timed');
      results.push({ ...rival, imagesPerSecond });
    } catch (error) {
      refuse(rival.backend, error);
    }
  }
  return results.sort((a, b) => b.imagesPerSecond - a.imagesPerSecond);
}

/** For all timings together. */
const TIMING_MS = 600;

interface OpenOptions {
  readonly wasm: WasmBinaries;
  readonly onLost: () => void;
  readonly softwareIsFine: boolean;
  /** Aborted where another backend takes its turn: one that is late must not become the engine's. */
  readonly signal: AbortSignal;
}

/** Opens one backend and describes it. */
async function open(backend: BackendName, options: OpenOptions): Promise<string> {
  const description = await OPENERS[backend](options);
  options.signal.throwIfAborted();
  const accepted = await tf.setBackend(backend);
  // setBackend can return false while the engine goes on with another backend.
  if (!accepted || tf.getBackend() !== backend) throw new BackendRefused('it could not be started');
  return description;
}

/** As far as it is used here. */
interface Gpu {
  requestAdapter(): Promise<{ readonly info?: { readonly isFallbackAdapter?: boolean } } | null>;
}

/** Asked for once, by whoever comes first. Undefined in Node, and in browsers without WebGPU. */
let adapter: ReturnType<Gpu['requestAdapter']> | undefined;

function adapterAsked(): ReturnType<Gpu['requestAdapter']> | undefined {
  const gpu = globalThis.navigator?.gpu as Gpu | undefined;
  adapter ??= gpu?.requestAdapter().catch(() => null);
  return adapter;
}

const OPENERS: Record<BackendName, (options: OpenOptions) => Promise<string>> = {
  async webgl({ onLost, softwareIsFine, signal }) {
    if (typeof OffscreenCanvas === 'undefined') {
      throw new BackendRefused('this browser has no OffscreenCanvas for workers');
    }
    // Whether it serves is known before the backend is fetched for it.
    const canvas = new OffscreenCanvas(1, 1);
    const gl = canvas.getContext('webgl2', { antialias: false, alpha: false, depth: false, stencil: false });
    if (gl === null) throw new BackendRefused('this browser gives no WebGL 2 context');
    const renderer = rendererOf(gl);
    if (isSoftware(renderer) && !softwareIsFine) {
      gl.getExtension('WEBGL_lose_context')?.loseContext();
      throw new BackendRefused('it would run in software here, slower than WebAssembly');
    }
    // Flags exist once the backend's module has been loaded.
    const { setWebGLContext } = await import('@tensorflow/tfjs-backend-webgl');
    signal.throwIfAborted();
    tf.env().set('SOFTWARE_WEBGL_ENABLED', true);
    tf.env().set('WEBGL_USE_SHAPES_UNIFORMS', true);
    // Packing four values in one makes single programs faster and needs many more of them.
    tf.env().set('WEBGL_PACK', false);
    canvas.addEventListener('webglcontextlost', onLost);
    webglContext = gl;
    setWebGLContext(2, gl);
    if (!(await tf.setBackend('webgl'))) throw new BackendRefused('it could not be started');
    const { openWebglKernels } = await import('../kernels/webgl.ts');
    openWebglKernels();
    return `WebGL computes on ${renderer}.`;
  },
  async wasm({ wasm, signal }) {
    if (typeof WebAssembly === 'undefined') throw new BackendRefused('this browser has no WebAssembly');
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    // Every browser that inflates the data's files has it, but it can be switched off.
    if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) {
      throw new BackendRefused('this browser has no SIMD for it');
    }
    // By one thread; the others are named since TensorFlow.js wants all of them.
    setWasmPaths({
      'tfjs-backend-wasm.wasm': wasm.simd,
      'tfjs-backend-wasm-simd.wasm': wasm.simd,
      'tfjs-backend-wasm-threaded-simd.wasm': wasm.simd,
    });
    signal.throwIfAborted();
    if (!(await tf.setBackend('wasm'))) throw new BackendRefused('it could not be started');
    const { openFastKernels } = await import('../kernels/fast.ts');
    for (const kernels of wasm.kernels) {
      try {
        await openFastKernels(await kernels());
        return 'WebAssembly computes, with the lab’s own SIMD kernels.';
      } catch {
        // This browser lacks what the build needs; the next needs less.
      }
    }
    throw new BackendRefused('the lab’s own kernels could not be started on it');
  },
  async webgpu({ softwareIsFine }) {
    const asked = adapterAsked();
    if (asked === undefined) throw new BackendRefused('this browser has no WebGPU');
    const adapter = await asked;
    if (adapter === null) throw new BackendRefused('this browser gives no WebGPU adapter');
    if (adapter.info?.isFallbackAdapter && !softwareIsFine) {
      throw new BackendRefused('it would run in software here, slower than WebAssembly');
    }
    await import('@tensorflow/tfjs-backend-webgpu');
    return 'WebGPU computes.';
  },
  async cpu() {
    await import('@tensorflow/tfjs-backend-cpu');
    return 'Plain JavaScript computes: slow, but it runs everywhere.';
  },
};

function rendererOf(gl: WebGL2RenderingContext): string {
  const extension = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(extension?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER));
}

/** True for renderers that draw with the CPU. */
export function isSoftware(renderer: string): boolean {
  return /swiftshader|llvmpipe|softpipe|software|microsoft basic render/i.test(renderer);
}
