/**
 * Which TensorFlow.js backend computes: each candidate is opened, proven by a numeric self-test with
 * a time limit, and refused with a reason that a reader understands.
 */

import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from './experiment.ts';
import { selfTest } from './selftest.ts';

/** URLs of the single-threaded WASM binaries; the threaded one hangs under some security policies. */
export interface WasmBinaries {
  readonly plain: string;
  readonly simd: string;
  /** Builds of the lab's own kernels (assembly/), the one to be tried first first. */
  readonly kernels: readonly (() => Promise<BufferSource>)[];
}

export interface BackendChoice {
  readonly backend: BackendName;
  /** One sentence. */
  readonly reason: string;
}

/** Thrown where a backend can't be used; the message says why, as the end of a sentence. */
export class BackendRefused extends Error {}

/** Steps whose images go to the backend's device together: a GPU waits for every transfer. */
export const STEPS_A_TRANSFER: Record<BackendName, number> = { webgl: 16, wasm: 1, cpu: 1 };

const SELF_TEST_LIMIT_MS = 10_000;
const LABELS: Record<BackendName, string> = { webgl: 'WebGL', wasm: 'WebAssembly', cpu: 'plain JavaScript' };

/**
 * Opens the wanted backend, or with 'auto' the first that fits: WebGL on a real GPU, then WebAssembly,
 * then plain JavaScript. A wanted backend that fails its test is followed by the others.
 *
 * @param onLost called when the GPU's context is lost later on
 * @throws Error where not even plain JavaScript passes
 */
export async function openBackend(
  wanted: BackendName | 'auto',
  wasm: WasmBinaries,
  onLost: () => void,
): Promise<BackendChoice> {
  const order: BackendName[] = ['webgl', 'wasm', 'cpu'];
  const candidates = wanted === 'auto' ? order : [wanted, ...order.filter((name) => name !== wanted)];
  const refusals: string[] = [];
  for (const backend of candidates) {
    try {
      const description = await open(backend, { wasm, onLost, softwareIsFine: wanted === 'webgl' });
      await within(SELF_TEST_LIMIT_MS, selfTest(), 'its self-test took too long');
      return { backend, reason: sentence(description, refusals) };
    } catch (error) {
      refusals.push(`${LABELS[backend]} is not used: ${messageOf(error)}.`);
      if (tf.findBackendFactory(backend) !== null) tf.removeBackend(backend);
    }
  }
  throw new Error(`No way to compute was found. ${refusals.join(' ')}`);
}

interface OpenOptions {
  readonly wasm: WasmBinaries;
  readonly onLost: () => void;
  readonly softwareIsFine: boolean;
}

/** Opens one backend and describes it. */
async function open(backend: BackendName, options: OpenOptions): Promise<string> {
  const description = await OPENERS[backend](options);
  const accepted = await tf.setBackend(backend);
  // setBackend can return false while the engine goes on with another backend.
  if (!accepted || tf.getBackend() !== backend) throw new BackendRefused('it could not be started');
  return description;
}

const OPENERS: Record<BackendName, (options: OpenOptions) => Promise<string>> = {
  async webgl({ onLost, softwareIsFine }) {
    if (typeof OffscreenCanvas === 'undefined') {
      throw new BackendRefused('this browser has no OffscreenCanvas for workers');
    }
    // Flags exist once the backend's module has been loaded.
    const { setWebGLContext } = await import('@tensorflow/tfjs-backend-webgl');
    tf.env().set('SOFTWARE_WEBGL_ENABLED', true);
    tf.env().set('WEBGL_USE_SHAPES_UNIFORMS', true);
    // Packing four values in one makes single programs faster and needs many more of them.
    tf.env().set('WEBGL_PACK', false);
    const canvas = new OffscreenCanvas(1, 1);
    const gl = canvas.getContext('webgl2', { antialias: false, alpha: false, depth: false, stencil: false });
    if (gl === null) throw new BackendRefused('this browser gives no WebGL 2 context');
    const renderer = rendererOf(gl);
    if (isSoftware(renderer) && !softwareIsFine) {
      gl.getExtension('WEBGL_lose_context')?.loseContext();
      throw new BackendRefused('it would run in software here, slower than WebAssembly');
    }
    canvas.addEventListener('webglcontextlost', onLost);
    setWebGLContext(2, gl);
    if (!(await tf.setBackend('webgl'))) throw new BackendRefused('it could not be started');
    const { openWebglKernels } = await import('./kernels/webgl.ts');
    openWebglKernels();
    return `WebGL computes on ${renderer}.`;
  },
  async wasm({ wasm }) {
    if (typeof WebAssembly === 'undefined') throw new BackendRefused('this browser has no WebAssembly');
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    const { registerWasmTrainingKernels } = await import('./kernels/wasm.ts');
    setWasmPaths({
      'tfjs-backend-wasm.wasm': wasm.plain,
      'tfjs-backend-wasm-simd.wasm': wasm.simd,
      'tfjs-backend-wasm-threaded-simd.wasm': wasm.simd,
    });
    registerWasmTrainingKernels();
    if (!(await tf.setBackend('wasm'))) throw new BackendRefused('it could not be started');
    const { openFastKernels } = await import('./kernels/fast.ts');
    for (const kernels of wasm.kernels) {
      try {
        await openFastKernels(await kernels());
        return 'WebAssembly computes on one processor core, with the lab’s own SIMD kernels.';
      } catch {
        // This browser lacks what the build needs; the next needs less.
      }
    }
    // Composed gradients train as well, at half the speed.
    return 'WebAssembly computes on one processor core, without SIMD.';
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

function sentence(description: string, refusals: readonly string[]): string {
  return [description, ...refusals].join(' ');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
}

/** Rejects with a refusal when the promise does not settle in time. */
async function within<T>(milliseconds: number, promise: Promise<T>, refusal: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BackendRefused(refusal)), milliseconds);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}
