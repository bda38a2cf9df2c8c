/** The runs' measures side by side: which is best in each column, and the table as text for elsewhere. */

import { headingOf, type Measure, valueText } from './measure.ts';
import { MEASURES, measureNamed } from './measures.ts';
import { METRICS } from './pairs.ts';
import { verificationName } from './verification.ts';

/** The measures with a column, in its order, with the heading and the digits that they have there. */
/** Beside the columns where classes were held out: the letter's claim is about these. */
export const UNSEEN_COLUMNS: readonly Measure[] = METRICS.map((metric) => ({
  ...measureNamed(verificationName(metric, 'EER', 'unseen')),
  heading: metric === 'euclidean' ? 'EER unseen' : `by ${metric}`,
}));

export const COLUMNS: readonly Measure[] = MEASURES.flatMap((measure) => {
  const column = measure.shown?.column;
  if (column === undefined) return [];
  const { order, heading = measure.title, digits = measure.digits } = column;
  return [{ order, measure: { ...measure, heading, digits } }];
})
  .sort((a, b) => a.order - b.order)
  .map(({ measure }) => measure);

/** All measures: those with a column first. */
export const ROWS: readonly Measure[] = [
  ...COLUMNS.map(({ name }) => measureNamed(name)),
  ...MEASURES.filter(({ shown }) => shown?.column === undefined),
];

export interface TableRow {
  readonly title: string;
  /** Numbers by name; one that is missing or not finite is shown as a dash. */
  readonly values: Readonly<Record<string, number | undefined>>;
}

/** In which direction runs are compared by a measure; undefined where they are not. */
export function directionOf({ better, scale }: Pick<Measure, 'better' | 'scale'>): Measure['better'] {
  return scale === 'arbitrary' ? undefined : better;
}

/** What a measure is, and why no run is called best where its scale is arbitrary. */
export function explanationOf({
  sentence,
  letter,
  scale,
}: Pick<Measure, 'sentence' | 'letter' | 'scale'>): string {
  const parts = [sentence, ...(letter === undefined ? [] : [letter])];
  if (scale === 'arbitrary')
    parts.push('It grows with the features’ scale, which a loss may leave free: no run is best by it.');
  return parts.join(' ');
}

/**
 * Positions of the best rows by a measure, all of equals; none where fewer than two rows have a number, or where the
 * measure compares no runs.
 */
export function bestOf(
  rows: readonly TableRow[],
  measure: Pick<Measure, 'name' | 'better' | 'scale'>,
): ReadonlySet<number> {
  const values = rows.map(({ values }) => values[measure.name]);
  const known = values.filter(isNumber);
  const better = directionOf(measure);
  if (better === undefined || known.length < 2) return new Set();
  const best = better === 'higher' ? Math.max(...known) : Math.min(...known);
  return new Set(values.flatMap((value, row) => (value === best ? [row] : [])));
}

export const TABLE_FORMATS = ['Markdown', 'CSV', 'JSON'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** The table as text. Markdown has the digits shown and the best in bold; CSV and JSON all digits. */
export function tableText(
  format: TableFormat,
  rows: readonly TableRow[],
  step: number,
  columns: readonly Measure[] = COLUMNS,
): string {
  if (format === 'Markdown') return markdown(rows, step, columns);
  if (format === 'CSV') return csv(rows, step, columns);
  const runs = rows.map(({ title, values }) => ({
    title,
    step,
    ...Object.fromEntries(columns.map(({ name }) => [name, isNumber(values[name]) ? values[name] : null])),
  }));
  return `${JSON.stringify(runs, null, 2)}\n`;
}

function markdown(rows: readonly TableRow[], step: number, columns: readonly Measure[]): string {
  const best = columns.map((column) => bestOf(rows, column));
  const lines = rows.map(({ title, values }, row) => {
    const cells = columns.map((column, index) => {
      const text = valueText(column, values[column.name]);
      return best[index]?.has(row) ? `**${text}**` : text;
    });
    return `| ${[plainMarkdown(title), ...cells].join(' | ')} |`;
  });
  return [
    `| Step ${step} | ${columns.map(headingOf).join(' | ')} |`,
    `| --- |${' ---: |'.repeat(columns.length)}`,
    ...lines,
    '',
  ].join('\n');
}

/** Text that Markdown shows as it is: no emphasis, code, link, HTML, formula or cell comes of it. */
function plainMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_~|[\]<>&$]/g, '\\$&');
}

function csv(rows: readonly TableRow[], step: number, columns: readonly Measure[]): string {
  const lines = rows.map(({ title, values }) =>
    [quoted(title), step, ...columns.map(({ name }) => (isNumber(values[name]) ? values[name] : ''))].join(
      ',',
    ),
  );
  return [`run,step,${columns.map(({ name }) => name).join(',')}`, ...lines, ''].join('\n');
}

/** A field of CSV; one that a spreadsheet would take for a formula is made text. */
function quoted(text: string): string {
  const safe = /^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value);
}
