/** Weights as a safetensors file: a JSON header with names, shapes and offsets, then the numbers. Little-endian. */

export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** @param metadata texts by name, e.g. how the weights were made. @throws RangeError where a shape does not hold its values */
export function safetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  let offset = 0;
  const entries = tensors.map(({ name, shape, values }) => {
    if (shape.reduce((product, length) => product * length, 1) !== values.length) {
      throw new RangeError(`${name} of shape [${shape}] does not hold ${values.length} values.`);
    }
    const begin = offset;
    offset += values.byteLength;
    return [name, { dtype: 'F32', shape, data_offsets: [begin, offset] }] as const;
  });
  const json = new TextEncoder().encode(
    JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) }),
  );
  // Spaces behind the JSON put the numbers on a boundary of eight bytes.
  const header = new Uint8Array(Math.ceil(json.length / 8) * 8).fill(0x20);
  header.set(json);
  const bytes = new Uint8Array(8 + header.length + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  for (const [i, { values }] of tensors.entries()) {
    const [begin = 0] = entries[i]?.[1].data_offsets ?? [];
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), 8 + header.length + begin);
  }
  return bytes;
}
