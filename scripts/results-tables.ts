/** What the tables of docs/results.md are made of: means and spreads over seeds, paired differences, cells and rows. */

import { intervalOf, spreadText } from '../src/measures/interval.ts';
import { measureNamed } from '../src/measures/measures.ts';
import {
  PRESETS,
  type Preset,
  presetIn,
  type Result,
  type StudyName,
  studyOf,
  TUNED_RATE,
  USUAL_RATE,
  variantOf,
} from './letter-study.ts';

/** Gao et al. 2018, Table II. D2/D1 is computed from its rounded numbers. */
export const LETTER = {
  S: { D1: 3.5, D2: 5.6, D3: 6.4 },
  'S+C': { D1: 1.8, D2: 5.9, D3: 6.1 },
  'C+M': { D1: 1.7, D2: 7.4, D3: 7.6 },
  M: { D1: 1.9, D2: 6.9, D3: 7.8 },
};

const NAMES: Partial<Record<Preset, string>> = { 'C+M': 'C+M (tuned)', M: 'M (tuned)' };
export const nameOf = (preset: Preset) => NAMES[preset] ?? preset;

/** The results of one study, by preset. */
export type Study = Readonly<Record<Preset, readonly Result[]>>;

export function resultsOf(results: readonly Result[], study: StudyName): Study {
  const own = results.filter((result) => studyOf(result) === study);
  const entries = PRESETS.map((preset) => [preset, own.filter((result) => presetIn(result) === preset)]);
  return Object.fromEntries(entries) as Study;
}

/** Runs of a combination at the rate that is best for it: those of the usual rate where that is the one. */
export function atTunedRate(results: readonly Result[], preset: Preset): readonly Result[] {
  return resultsOf(results, TUNED_RATE[preset] === USUAL_RATE ? 'closed set' : 'tuned rate')[preset];
}

/** Those that the runs have; one of few pairs has no ten folds. */
export function valuesOf(results: readonly Result[], name: string): number[] {
  return results.flatMap(({ measures: { [name]: value } }) =>
    value !== undefined && Number.isFinite(value) ? [value] : [],
  );
}

export function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** 'mean ± deviation' with the digits of the measure, the mean alone of a single run, a dash of none. */
export function spread(results: readonly Result[], name: string): string {
  const { digits } = measureNamed(name);
  const values = valuesOf(results, name);
  const interval = intervalOf(values);
  if (interval !== undefined) return spreadText(interval, digits);
  return values.length === 0 ? '–' : average(values).toFixed(digits);
}

/** What a run says, as a number. */
export type Reading = (result: Result) => number;

export const reading =
  (name: string): Reading =>
  ({ measures }) =>
    measures[name] ?? Number.NaN;

/** Differences of the two runs of each seed, or of each held-out pair: `a` less `b`. */
export function differences(
  a: readonly Result[],
  b: readonly Result[],
  readA: Reading,
  readB: Reading = readA,
): number[] {
  const byVariant = new Map(b.map((result) => [variantOf(result), result]));
  return a.flatMap((result) => {
    const other = byVariant.get(variantOf(result));
    return other === undefined ? [] : [readA(result) - readB(other)];
  });
}

export function table(headings: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(headings), `|${headings.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

/** Combinations from the largest to the smallest mean, with it. */
export function orderBy(study: Study, presets: readonly Preset[], name: string): string {
  const { digits } = measureNamed(name);
  const means = presets
    .map((preset) => ({ preset, mean: average(valuesOf(study[preset], name)) }))
    .filter(({ mean }) => Number.isFinite(mean))
    .sort((a, b) => b.mean - a.mean);
  return means.map(({ preset, mean }) => `${preset} ${mean.toFixed(digits)}`).join(', ');
}

export type Cell = string | number | { readonly mean: number; readonly deviation: number };

/** A table of a page, for a machine. */
export interface PlainTable {
  readonly section: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Every table of a page in Markdown, in order; numbers as numbers, "mean ± deviation" as both. */
export function tablesOf(page: string): PlainTable[] {
  const tables: PlainTable[] = [];
  let section = '';
  let open: { headings: string[]; rows: Cell[][] } | undefined;
  for (const line of page.split('\n')) {
    if (line.startsWith('#')) section = line.replace(/^#+ /, '');
    if (!line.startsWith('| ')) {
      if (!line.startsWith('|---')) open = undefined;
      continue;
    }
    const cells = line.slice(2, -2).split(' | ');
    if (open === undefined) {
      open = { headings: cells.map((cell) => cell.trim()), rows: [] };
      tables.push({ section, ...open });
    } else open.rows.push(cells.map(cellOf));
  }
  return tables;
}

/** The tables of a page as JSON, a row a line. */
export function tablesJson(page: string): string {
  const tables = tablesOf(page).map(({ section, headings, rows }) => {
    const lines = rows.map((row) => `      ${JSON.stringify(row)}`).join(',\n');
    return `  {\n    "section": ${JSON.stringify(section)},\n    "headings": ${JSON.stringify(headings)},\n    "rows": [\n${lines}\n    ]\n  }`;
  });
  return `[\n${tables.join(',\n')}\n]\n`;
}

function cellOf(text: string): Cell {
  const plain = text.trim().replaceAll('**', '');
  const [mean, deviation] = plain.split(' ± ').map(Number);
  if (deviation !== undefined && Number.isFinite(mean) && Number.isFinite(deviation))
    return { mean: mean as number, deviation };
  return plain !== '' && Number.isFinite(Number(plain)) ? Number(plain) : plain;
}
