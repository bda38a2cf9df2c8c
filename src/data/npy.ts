/** NumPy's file format 1.0, for arrays that are read on in Python. Source: numpy.lib.format. */

type Writable = Float32Array | Float64Array | Uint8Array | Uint32Array | Int32Array;

const DTYPES: readonly (readonly [new (length: number) => Writable, string])[] = [
  [Float32Array, '<f4'],
  [Float64Array, '<f8'],
  [Uint8Array, '|u1'],
  [Uint32Array, '<u4'],
  [Int32Array, '<i4'],
];
const MAGIC = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0);
/** Where the values begin is a multiple of it. */
const ALIGNMENT = 64;

/** @throws RangeError where the shape does not hold the values */
export function npy(values: Writable, shape: readonly number[]): Uint8Array {
  if (shape.reduce((product, length) => product * length, 1) !== values.length) {
    throw new RangeError(`An array of shape [${shape}] does not hold ${values.length} values.`);
  }
  const dtype = DTYPES.find(([type]) => values instanceof type)?.[1];
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const description = `{'descr': '${dtype}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const fixed = MAGIC.length + 2;
  const length = Math.ceil((fixed + description.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(length + values.byteLength);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint16(MAGIC.length, length - fixed, true);
  bytes.set(new TextEncoder().encode(`${description.padEnd(length - fixed - 1)}\n`), fixed);
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), length);
  return bytes;
}
