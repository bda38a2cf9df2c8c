/** Labelled features as comma-separated values, for any other program. */

/**
 * `label,x,y` in two dimensions, `label,f0,f1,…` else; a line a sample. Predictions, where there are any, are the last column.
 *
 * @param features [count × dim]
 * @param labels [count]
 * @param predictions [count]
 */
export function featuresCsv(
  features: Float32Array,
  labels: Uint8Array,
  dim: number,
  predictions?: Uint8Array,
): string {
  const names = axisNames(dim);
  const lines = [`label,${names.join(',')}${predictions === undefined ? '' : ',prediction'}`];
  for (let i = 0; i < labels.length; i++) {
    const own = `${labels[i]},${features.subarray(i * dim, (i + 1) * dim).join(',')}`;
    lines.push(predictions === undefined ? own : `${own},${predictions[i]}`);
  }
  return `${lines.join('\n')}\n`;
}

/** How the numbers of a feature are called in tables. */
export function axisNames(dim: number): readonly string[] {
  return dim === 2 ? ['x', 'y'] : Array.from({ length: dim }, (_, k) => `f${k}`);
}

/** Any table: a header and lines, each value quoted where it must be (RFC 4180). */
export function table(header: readonly string[], lines: readonly (readonly (string | number)[])[]): string {
  return `${[header, ...lines].map((line) => line.map(quoted).join(',')).join('\n')}\n`;
}

function quoted(value: string | number): string {
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
