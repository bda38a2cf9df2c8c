/** What the curves show: a bounded series of points over steps, thinned evenly as it grows. */

/** Loss terms of the last batch and measures of the last snapshot at a step; NaN where unknown. */
export interface CurvePoint {
  readonly step: number;
  readonly values: Readonly<Record<string, number>>;
}

/** More than a plot has pixels to show. */
export const MOST_POINTS = 1000;

/**
 * The series with a point added. Over the bound, every second point but the first and the newest goes;
 * what it alone knew (losses and measures come at different steps) passes to the next one.
 * A point at or before the last step (after a reset) starts the series anew.
 */
export function withPoint(
  points: readonly CurvePoint[],
  point: CurvePoint,
  most = MOST_POINTS,
): readonly CurvePoint[] {
  const last = points.at(-1);
  if (last !== undefined && point.step < last.step) return [point];
  const kept = last?.step === point.step ? points.slice(0, -1) : points;
  const merged =
    last?.step === point.step ? { step: point.step, values: { ...last.values, ...point.values } } : point;
  const series = [...kept, merged];
  if (series.length <= most) return series;
  return series.flatMap((each, index) => {
    const isKept = index % 2 === 0 || index === series.length - 1;
    if (!isKept) return [];
    const before = index % 2 === 0 ? series[index - 1] : undefined;
    return [before === undefined ? each : { step: each.step, values: { ...before.values, ...each.values } }];
  });
}
