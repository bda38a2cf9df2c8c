/** A fixed, balanced part of the test set: what the plots show while training. */

/** The first `perClass` samples of every class, all of a class that has fewer; as rising indices. */
export function balancedProbe(
  labels: Uint8Array,
  { perClass, classes }: { perClass: number; classes: number },
): Uint32Array {
  const taken = new Uint32Array(classes);
  const indices: number[] = [];
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    const count = taken[label] ?? 0;
    if (count >= perClass) continue;
    taken[label] = count + 1;
    indices.push(i);
  }
  return Uint32Array.from(indices);
}
