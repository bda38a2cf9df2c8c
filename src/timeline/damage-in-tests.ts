/** Damaged files of the lab, for tests. */

import fc from 'fast-check';
import { expect } from 'vitest';
import { DataError } from '../data/errors.ts';

/** Decoding either works or ends in the one kind of error, and leaves no trace on every object. */
export async function survives(decoding: Promise<unknown>): Promise<void> {
  await decoding.catch((error: unknown) => {
    if (!(error instanceof DataError)) throw error;
  });
  expect(Object.keys(Object.prototype)).toEqual([]);
}

/** What a file, inflated, may be turned into: bytes that changed, a length that changed, a header that lies. */
export function hostile(plain: Uint8Array): fc.Arbitrary<Uint8Array> {
  const headerLength = new DataView(plain.buffer, plain.byteOffset).getUint32(8, true);
  const header = new TextDecoder().decode(plain.subarray(12, 12 + headerLength));
  const damage = (most: number) =>
    fc.array(fc.tuple(fc.nat(most - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }).map((places) => {
      const bytes = plain.slice();
      for (const [place, value] of places) bytes[place] = value;
      return bytes;
    });
  const cut = fc.nat(plain.length).map((length) => plain.slice(0, length));
  const paths = pathsOf(JSON.parse(header));
  const lie = fc.tuple(
    fc.constantFrom(...paths),
    fc.oneof(fc.constantFrom(...HOSTILE_VALUES), fc.jsonValue()),
  );
  const lying = fc.array(lie, { minLength: 1, maxLength: 3 }).map((lies) => {
    const content: unknown = JSON.parse(header);
    for (const [path, value] of lies) replace(content, path, value);
    return withHeader(plain.subarray(12 + headerLength), JSON.stringify(content));
  });
  return fc.oneof(damage(12 + headerLength), damage(plain.length), cut, lying);
}

const HOSTILE_VALUES = [-1, 0.5, 2 ** 31, 1e308, null, '', '__proto__', 'x'.repeat(5000), [], {}, [[[]]]];

function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

function replace(content: unknown, path: readonly string[], value: unknown): void {
  let place = content as Record<string, unknown> | undefined;
  for (const key of path.slice(0, -1)) place = place?.[key] as Record<string, unknown> | undefined;
  const last = path.at(-1);
  if (typeof place === 'object' && place !== null && last !== undefined) place[last] = structuredClone(value);
}

/** A file's bytes, inflated: another header before what follows it. */
export function withHeader(rest: Uint8Array, header: string): Uint8Array {
  const encoded = new TextEncoder().encode(header);
  const bytes = new Uint8Array(12 + encoded.length + rest.length);
  bytes.set(new TextEncoder().encode('MLLAB 1\n'));
  new DataView(bytes.buffer).setUint32(8, encoded.length, true);
  bytes.set(encoded, 12);
  bytes.set(rest, 12 + encoded.length);
  return bytes;
}
