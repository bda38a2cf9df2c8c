/** `npm run prepare:kernels`: builds assembly/ to src/training/kernels/*.wasm. */

import path from 'node:path';
import { KERNELS } from './lib/made.mjs';
import { ROOT } from './lib/project.mjs';
import { move, stagingFolder } from './lib/staging.mjs';

const FLAGS = ['-O3', '--enable', 'simd', '--runtime', 'stub', '--importMemory', '--noAssert'];

/** @param features WebAssembly's, beside plain SIMD */
async function build(target: string, features: readonly string[]): Promise<void> {
  // A bundle of this folder is CommonJS, which can't require this package.
  const { default: asc } = await import('assemblyscript/asc');
  const place = ['--outFile', target, '--baseDir', ROOT];
  const { error, stderr } = await asc.main([KERNELS.source, ...place, ...FLAGS, ...features]);
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
}

export default async function main(): Promise<void> {
  const { folder, remove } = await stagingFolder('kernels');
  const aside = (target: string) => path.join(path.relative(ROOT, folder), path.basename(target));
  // The same kernels twice: with fused multiplication and addition, and for browsers without.
  await build(aside(KERNELS.relaxed), ['--enable', 'relaxed-simd']);
  await build(aside(KERNELS.simd), []);
  for (const target of [KERNELS.relaxed, KERNELS.simd]) {
    await move(path.join(ROOT, aside(target)), path.join(ROOT, target));
  }
  remove();
}
