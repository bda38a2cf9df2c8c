import * as fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { DataError } from './errors.ts';
import { unzipped } from './zip.ts';

const LIMITS = { wants: () => true, mostBytes: 1e6, mostFiles: 100 };
const text = (content: string) => new TextEncoder().encode(content);
const ZIP = zipSync({
  'faces/s1/1.pgm': text('one'),
  'faces/s2/1.pgm': text('two'),
  'faces/empty/': text(''),
});

describe('a zip', () => {
  it('gives the files that are wanted', () => {
    const files = unzipped(ZIP, 'a.zip', { ...LIMITS, wants: (path) => path.includes('s2') });
    expect(files.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)])).toEqual([
      ['faces/s2/1.pgm', 'two'],
    ]);
    expect(unzipped(ZIP, 'a.zip', LIMITS)).toHaveLength(2);
  });

  it('that is a bomb is stopped at the limit, whatever it says of its size', () => {
    const bomb = zipSync({ 'a/b.pgm': new Uint8Array(30e6) }, { level: 9 });
    expect(bomb.length).toBeLessThan(50_000);
    // Both places that state the inflated size say 1.
    const view = new DataView(bomb.buffer);
    for (let at = 0; at < bomb.length - 4; at++)
      if (view.getUint32(at, true) === 30e6) view.setUint32(at, 1, true);
    expect(() => unzipped(bomb, 'a.zip', LIMITS)).toThrow(/a\.zip unpacks to more than 1 MB/);
    expect(() => unzipped(ZIP, 'a.zip', { ...LIMITS, mostFiles: 1 })).toThrow(/more than 1 files/);
  });

  it('that is cut or altered throws nothing but a sentence, and makes no more than allowed', () => {
    const altered = fc
      .tuple(
        fc.nat(ZIP.length),
        fc.array(fc.tuple(fc.nat(ZIP.length - 1), fc.nat(255)), { maxLength: 6 }),
        fc.uint8Array({ maxLength: 30 }),
      )
      .map(([length, changes, tail]) => {
        const bytes = ZIP.slice(0, length);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        return Uint8Array.of(...bytes, ...tail);
      });
    fc.assert(
      fc.property(fc.oneof(altered, fc.uint8Array({ maxLength: 80 })), (bytes) => {
        try {
          const files = unzipped(bytes, 'a.zip', { ...LIMITS, mostBytes: 1000 });
          expect(files.reduce((sum, file) => sum + file.bytes.length, 0)).toBeLessThanOrEqual(1000);
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
        }
      }),
      { numRuns: 10_000 },
    );
  });
});
