/** For unit tests: typed arrays with the same bytes are equal at a glance, where Vitest compares value by value. */

import { expect } from 'vitest';

expect.addEqualityTesters([
  (a: unknown, b: unknown) => {
    if (!ArrayBuffer.isView(a) || !ArrayBuffer.isView(b) || a.constructor !== b.constructor) return undefined;
    // What is not the same is left to Vitest, which also finds the place.
    return bytesOf(a).equals(bytesOf(b)) || undefined;
  },
]);

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
