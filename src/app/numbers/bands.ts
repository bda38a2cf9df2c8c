/** Curves of several seeds as one band: mean ± standard deviation at steps that all of them have. */

import { intervalOf } from '../../measures/interval.ts';
import type { BandValue } from '../../plots/curves.ts';
import type { CurvePoint } from '../../timeline/history.ts';
import type { Repeats } from '../state/slices/measures.ts';

/** Places along the band. */
const PLACES = 60;

const known = new WeakMap<Repeats['done'], Map<string, BandValue[]>>();

/** The band of a value of a run, computed once for the seeds that are done: charts are drawn several times a second. */
export function bandOfRun({ done, goal }: Repeats, run: number, name: string): BandValue[] {
  const bands = known.get(done) ?? new Map<string, BandValue[]>();
  known.set(done, bands);
  const key = `${run} ${name}`;
  const curves = () => done.map((seed) => seed.runs[run]?.curve ?? []);
  const band = bands.get(key) ?? bandOf(curves(), name, goal);
  bands.set(key, band);
  return band;
}

/** @param curves a seed each, rising in step; empty where fewer than two have the value */
export function bandOf(curves: readonly (readonly CurvePoint[])[], name: string, goal: number): BandValue[] {
  const series = curves
    .map((points) => points.filter(({ values }) => Number.isFinite(values[name])))
    .filter((points) => points.length > 1);
  if (series.length < 2) return [];
  return Array.from({ length: PLACES + 1 }, (_, i) => (i * goal) / PLACES).flatMap((step) => {
    const values = series.flatMap((points) => valueAt(points, name, step) ?? []);
    const spread = values.length === series.length ? intervalOf(values) : undefined;
    if (spread === undefined) return [];
    return [{ step, low: spread.mean - spread.deviation, high: spread.mean + spread.deviation }];
  });
}

/** Between two points on the line that joins them; undefined outside of the series. */
function valueAt(points: readonly CurvePoint[], name: string, step: number): number | undefined {
  const next = points.findIndex((point) => point.step >= step);
  const after = points[next];
  const before = points[next - 1] ?? after;
  if (after === undefined || before === undefined || step < before.step) return undefined;
  const [low, high] = [before.values[name] as number, after.values[name] as number];
  const span = after.step - before.step;
  return span === 0 ? high : low + ((high - low) * (step - before.step)) / span;
}
