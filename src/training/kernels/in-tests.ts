/** For tests in Node: the WebAssembly backend with the lab's own plain SIMD kernels, as `npm run experiment` uses them. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { openFastKernels } from './fast.ts';

/** Makes it the engine's. */
export async function openWasm(): Promise<void> {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths(`${path.resolve('node_modules/@tensorflow/tfjs-backend-wasm/dist')}/`);
  await tf.setBackend('wasm');
  await openFastKernels(readFileSync('src/training/kernels/simd.wasm'));
}
