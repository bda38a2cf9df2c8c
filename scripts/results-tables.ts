/** What the tables of docs/results.md are made of: means and spreads over seeds, paired differences, cells and rows. */

import { intervalOf, spreadText } from '../src/measures/interval.ts';
import { measureNamed } from '../src/measures/measures.ts';
import { type Judgement, judged } from '../src/measures/verdict.ts';
import {
  PRESETS,
  type Preset,
  presetIn,
  type Result,
  type StudyName,
  studyOf,
  variantOf,
} from './letter-study.ts';

/** The results of one study, by preset. */
export type Study = Readonly<Record<Preset, readonly Result[]>>;

export function resultsOf(results: readonly Result[], study: StudyName): Study {
  const own = results.filter((result) => studyOf(result) === study);
  const entries = PRESETS.map((preset) => [preset, own.filter((result) => presetIn(result) === preset)]);
  return Object.fromEntries(entries) as Study;
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

/** A claim as a row: what is claimed to be above zero, and what came. */
export function claimRow(
  claim: string,
  values: readonly number[],
  { digits, note = '' }: { readonly digits: number; readonly note?: string },
): string[] {
  const found = judged(values);
  if (found === undefined) return [claim, '–', '–', String(values.length), note];
  return [claim, verdictText(found), intervalText(found, digits), String(found.pairs), note];
}

function verdictText({ verdict }: Judgement): string {
  return verdict === 'holds' ? 'holds' : `**${verdict}**`;
}

function intervalText({ mean, low, high }: Judgement, digits: number): string {
  return `${mean.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`;
}

export function table(headings: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(headings), `|${headings.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}
