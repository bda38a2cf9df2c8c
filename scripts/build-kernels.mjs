/** Builds assembly/ to src/training/kernels/simd.wasm, where that is older than its sources. */

import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCE = 'assembly/index.ts';
const TARGET = 'src/training/kernels/simd.wasm';

const changed = (file) => statSync(`${root}${file}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;

if (changed(TARGET) < changed(SOURCE)) {
  const flags = ['-O3', '--enable', 'simd', '--runtime', 'stub', '--importMemory', '--noAssert'];
  const { error, stderr } = await asc.main([SOURCE, '--outFile', TARGET, '--baseDir', root, ...flags]);
  if (error) {
    console.error(`The kernels could not be built: ${error.message}\n${stderr.toString()}`);
    process.exitCode = 1;
  }
}
