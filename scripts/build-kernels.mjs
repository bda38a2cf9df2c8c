/** Builds assembly/ to src/training/kernels/*.wasm, where these are older than their sources. */

import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCE = 'assembly/index.ts';
/** The same kernels twice: with fused multiplication and addition, and for browsers without. */
const TARGETS = {
  'src/training/kernels/relaxed.wasm': ['--enable', 'relaxed-simd'],
  'src/training/kernels/simd.wasm': [],
};

const changed = (file) => statSync(`${root}${file}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const flags = ['-O3', '--enable', 'simd', '--runtime', 'stub', '--importMemory', '--noAssert'];
for (const [target, features] of Object.entries(TARGETS)) {
  if (changed(target) > changed(SOURCE)) continue;
  const { error, stderr } = await asc.main([
    SOURCE,
    '--outFile',
    target,
    '--baseDir',
    root,
    ...flags,
    ...features,
  ]);
  if (error) {
    console.error(`The kernels could not be built: ${error.message}\n${stderr.toString()}`);
    process.exitCode = 1;
  }
}
