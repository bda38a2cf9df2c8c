/** Which pairs range loss sees: a choice, made on numbers, through which no gradient goes. */

/** The k pairs of each class that are farthest apart; fewer where it has fewer. */
export function farthestPairs(
  distances: Float32Array,
  labels: ArrayLike<number>,
  k: number,
): { readonly label: number; readonly pairs: readonly (readonly [number, number])[] }[] {
  const count = labels.length;
  const byClass = new Map<number, [number, number][]>();
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      if (labels[i] !== labels[j]) continue;
      const label = labels[i] as number;
      const kept = byClass.get(label) ?? [];
      const isFarther = ([a, b]: [number, number]) =>
        (distances[i * count + j] as number) > (distances[a * count + b] as number);
      const place = kept.findIndex(isFarther);
      kept.splice(place < 0 ? kept.length : place, 0, [i, j]);
      byClass.set(label, kept.slice(0, k));
    }
  }
  return [...byClass].map(([label, pairs]) => ({ label, pairs }));
}

/** The two rows that are nearest to each other; undefined where there are fewer than two. @param rows [count × dim] */
export function nearestRows(rows: Float32Array, dim: number): readonly [number, number] | undefined {
  let nearest: [number, number] | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < rows.length / dim; i++) {
    for (let j = i + 1; j < rows.length / dim; j++) {
      let squared = 0;
      for (let axis = 0; axis < dim; axis++)
        squared += ((rows[i * dim + axis] as number) - (rows[j * dim + axis] as number)) ** 2;
      // Without a number there is no order: the first pair is as good as any, and what is wrong shows in the value.
      if (nearest === undefined || squared < least) {
        nearest = [i, j];
        least = squared;
      }
    }
  }
  return nearest;
}
