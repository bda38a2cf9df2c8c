/** `npm run prepare:kernels`: builds assembly/ to src/training/kernels/*.wasm. */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { KERNELS } from './lib/made.mjs';
import { ROOT } from './lib/project.mjs';
import { move, stagingFolder } from './lib/staging.mjs';

const FLAGS = ['-O3', '--enable', 'simd', '--runtime', 'stub', '--importMemory', '--noAssert'];

/** @param features WebAssembly's, beside plain SIMD */
async function built(features: readonly string[]): Promise<string | Uint8Array> {
  // A bundle of this folder is CommonJS, which can't require this package.
  const { default: asc } = await import('assemblyscript/asc');
  const place = ['--outFile', 'kernels.wasm', '--baseDir', ROOT];
  const written: (string | Uint8Array)[] = [];
  // The compiler itself says nothing of a file that it could not write, or not to its end.
  const writeFile = (_: string, contents: string | Uint8Array) => void written.push(contents);
  const { error, stderr } = await asc.main([KERNELS.source, ...place, ...FLAGS, ...features], { writeFile });
  const [binary] = written;
  if (error || binary === undefined) throw new Error(`${error?.message ?? ''}\n${stderr.toString()}`);
  return binary;
}

export default async function main(): Promise<void> {
  const { folder, remove } = stagingFolder('kernels');
  // The same kernels twice: with fused multiplication and addition, and for browsers without.
  const kernels = [
    { target: KERNELS.relaxed, binary: await built(['--enable', 'relaxed-simd']) },
    { target: KERNELS.simd, binary: await built([]) },
  ];
  const aside = (target: string) => path.join(folder, path.basename(target));
  for (const { target, binary } of kernels) writeFileSync(aside(target), binary);
  for (const { target } of kernels) await move(aside(target), path.join(ROOT, target));
  remove();
}
