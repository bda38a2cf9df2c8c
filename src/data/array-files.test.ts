/** Files of arrays, read back by what they are for: NumPy where it is here, and by their own header. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { npy } from './npy.ts';
import { safetensors } from './safetensors.ts';

const PYTHON = '/usr/bin/python3';

function hasNumPy(): boolean {
  try {
    execFileSync(PYTHON, ['-c', 'import numpy'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function headerOf(file: Uint8Array): string {
  const length = new DataView(file.buffer).getUint16(8, true);
  expect((10 + length) % 64).toBe(0);
  return new TextDecoder().decode(file.subarray(10, 10 + length));
}

describe('npy', () => {
  it('says type, order and shape, and holds the numbers as they are', () => {
    const file = npy(Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2]);
    expect(headerOf(file)).toMatch(/^\{'descr': '<f4', 'fortran_order': False, 'shape': \(3, 2\), \} *\n$/);
    expect(new Float32Array(file.slice(-24).buffer)).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
    expect(headerOf(npy(Uint8Array.of(7), [1]))).toContain("'|u1', 'fortran_order': False, 'shape': (1,)");
  });

  it('refuses a shape of another size', () => {
    expect(() => npy(new Float32Array(5), [2, 2])).toThrow('does not hold 5 values');
  });

  it.runIf(hasNumPy())('is read by NumPy', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'npy-'));
    const file = path.join(folder, 'a.npy');
    writeFileSync(file, npy(Float32Array.of(0.5, -1, 2, 8), [2, 2]));
    const read = execFileSync(PYTHON, [
      '-c',
      `import numpy; a = numpy.load(${JSON.stringify(file)}); print(a.dtype, a.shape, a.tolist())`,
    ]);
    rmSync(folder, { recursive: true });
    expect(String(read).trim()).toBe('float32 (2, 2) [[0.5, -1.0], [2.0, 8.0]]');
  });
});

describe('safetensors', () => {
  it('names tensors, shapes and places, each where it says', () => {
    const file = safetensors(
      [
        { name: 'a', shape: [2], values: Float32Array.of(1, 2) },
        { name: 'b/w', shape: [1, 3], values: Float32Array.of(3, 4, 5) },
      ],
      { seed: '1' },
    );
    const length = Number(new DataView(file.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)));
    expect(header).toEqual({
      __metadata__: { seed: '1' },
      a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
      'b/w': { dtype: 'F32', shape: [1, 3], data_offsets: [8, 20] },
    });
    expect(new Float32Array(file.slice(8 + length + 8).buffer)).toEqual(Float32Array.of(3, 4, 5));
    expect(() => safetensors([{ name: 'a', shape: [3], values: new Float32Array(2) }], {})).toThrow(
      'a of shape',
    );
  });
});
