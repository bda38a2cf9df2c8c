/** What the tables of docs/results.md are made of: means and spreads over seeds, cells and rows. */

import { intervalOf, spreadText } from '../src/measures/interval.ts';
import { measureNamed } from '../src/measures/measures.ts';
import { PRESETS, type Preset, type Result, type StudyName, studyOf } from './letter-study.ts';

/** The results of one study, by preset. */
export type Study = Readonly<Record<Preset, readonly Result[]>>;

export function resultsOf(results: readonly Result[], study: StudyName): Study {
  const own = results.filter((result) => studyOf(result) === study);
  const entries = PRESETS.map((preset) => [preset, own.filter((result) => result.preset === preset)]);
  return Object.fromEntries(entries) as Study;
}

/** Those that the runs have; an old line has fewer. */
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

export function table(headings: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(headings), `|${headings.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}
