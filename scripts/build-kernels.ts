/** Builds assembly/ to src/training/kernels/*.wasm, where these are older than their source. */

import { KERNELS, kernelsAreCurrent, ROOT } from './lib/setup.mjs';

const FLAGS = ['-O3', '--enable', 'simd', '--runtime', 'stub', '--importMemory', '--noAssert'];

/** @param features WebAssembly's, beside plain SIMD */
async function build(target: string, features: readonly string[]): Promise<void> {
  // A bundle of this folder is CommonJS, which can't require this package.
  const { default: asc } = await import('assemblyscript/asc');
  const place = ['--outFile', target, '--baseDir', ROOT];
  const { error, stderr } = await asc.main([KERNELS.source, ...place, ...FLAGS, ...features]);
  if (error) throw new Error(`The kernels could not be built: ${error.message}\n${stderr.toString()}`);
}

export default async function main(): Promise<void> {
  if (kernelsAreCurrent()) return;
  // The same kernels twice: with fused multiplication and addition, and for browsers without.
  await build(KERNELS.relaxed, ['--enable', 'relaxed-simd']);
  await build(KERNELS.simd, []);
}
