/** The runs' measures side by side: which is best in each column, and the table as text for elsewhere. */

export interface TableColumn {
  /** Key in a row's values, and in JSON. */
  readonly measure: string;
  /** As the field writes it. */
  readonly heading: string;
  readonly digits: number;
  readonly better: 'higher' | 'lower';
}

/** The letter's measures (Gao et al. 2018, Table II) and the accuracy. */
export const COLUMNS: readonly TableColumn[] = [
  { measure: 'accuracy', heading: 'Accuracy', digits: 4, better: 'higher' },
  { measure: 'D1', heading: 'D1', digits: 3, better: 'lower' },
  { measure: 'D2', heading: 'D2', digits: 3, better: 'higher' },
  { measure: 'D3', heading: 'D3', digits: 3, better: 'higher' },
  { measure: 'D2OverD1', heading: 'D2/D1', digits: 3, better: 'higher' },
];

export interface TableRow {
  readonly title: string;
  /** Numbers by name; one that is missing or not finite is shown as a dash. */
  readonly values: Readonly<Record<string, number | undefined>>;
}

/** Positions of the best rows of a column, all of equals; none where fewer than two rows have a number. */
export function bestOf(rows: readonly TableRow[], { measure, better }: TableColumn): ReadonlySet<number> {
  const values = rows.map(({ values }) => values[measure]);
  const known = values.filter(isNumber);
  if (known.length < 2) return new Set();
  const best = better === 'higher' ? Math.max(...known) : Math.min(...known);
  return new Set(values.flatMap((value, row) => (value === best ? [row] : [])));
}

/** A cell as shown. */
export function cellText(value: number | undefined, digits: number): string {
  return isNumber(value) ? value.toFixed(digits) : '–';
}

export const TABLE_FORMATS = ['Markdown', 'CSV', 'JSON'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** The table as text. Markdown has the digits shown and the best in bold; CSV and JSON all digits. */
export function tableText(format: TableFormat, rows: readonly TableRow[], step: number): string {
  if (format === 'Markdown') return markdown(rows, step);
  if (format === 'CSV') return csv(rows, step);
  const runs = rows.map(({ title, values }) => ({
    title,
    step,
    ...Object.fromEntries(
      COLUMNS.map(({ measure }) => [measure, isNumber(values[measure]) ? values[measure] : null]),
    ),
  }));
  return `${JSON.stringify(runs, null, 2)}\n`;
}

function markdown(rows: readonly TableRow[], step: number): string {
  const best = COLUMNS.map((column) => bestOf(rows, column));
  const lines = rows.map(({ title, values }, row) => {
    const cells = COLUMNS.map(({ measure, digits }, index) => {
      const text = cellText(values[measure], digits);
      return best[index]?.has(row) ? `**${text}**` : text;
    });
    return `| ${[title.replaceAll('|', '\\|'), ...cells].join(' | ')} |`;
  });
  return [
    `| Step ${step} | ${COLUMNS.map(({ heading }) => heading).join(' | ')} |`,
    `| --- |${' ---: |'.repeat(COLUMNS.length)}`,
    ...lines,
    '',
  ].join('\n');
}

function csv(rows: readonly TableRow[], step: number): string {
  const lines = rows.map(({ title, values }) =>
    [
      quoted(title),
      step,
      ...COLUMNS.map(({ measure }) => (isNumber(values[measure]) ? values[measure] : '')),
    ].join(','),
  );
  return [`run,step,${COLUMNS.map(({ measure }) => measure).join(',')}`, ...lines, ''].join('\n');
}

/** A field of CSV; one that a spreadsheet would take for a formula is made text. */
function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value);
}
