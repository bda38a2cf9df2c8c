/** Labelled features as comma-separated values, for any other program. */

/**
 * `label,x,y` in two dimensions, `label,f0,f1,…` else; a line a sample.
 *
 * @param features [count × dim]
 * @param labels [count]
 */
export function featuresCsv(features: Float32Array, labels: Uint8Array, dim: number): string {
  const names = axisNames(dim);
  const lines = [`label,${names.join(',')}`];
  for (let i = 0; i < labels.length; i++) {
    lines.push(`${labels[i]},${features.subarray(i * dim, (i + 1) * dim).join(',')}`);
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
