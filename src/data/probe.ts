/** A fixed, balanced part of the test set: what the plots show while training. */

/**
 * The first `perClass` samples of every label, as rising indices.
 *
 * @throws RangeError where a label from 0 to 9 has fewer samples
 */
export function balancedProbe(labels: Uint8Array, perClass: number): Uint32Array {
  const taken = new Uint32Array(10);
  const indices: number[] = [];
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    const count = taken[label] ?? 0;
    if (count >= perClass) continue;
    taken[label] = count + 1;
    indices.push(i);
  }
  const short = taken.findIndex((count) => count < perClass);
  if (short >= 0) throw new RangeError(`There are fewer than ${perClass} samples of the digit ${short}.`);
  return Uint32Array.from(indices);
}
