/** What a few runs say of a mean. */

export interface Interval {
  readonly mean: number;
  /** Over the runs, n − 1. */
  readonly deviation: number;
  /** Ends of the 95 % interval of the mean, by Student's t. */
  readonly low: number;
  readonly high: number;
}

/** Two-sided, 95 %, by degrees of freedom from 1; beyond the last the normal's. */
const STUDENT = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086,
];
const NORMAL = 1.96;

/** 'mean ± deviation'. */
export function spreadText({ mean, deviation }: Interval, digits: number): string {
  return `${mean.toFixed(digits)} ± ${deviation.toFixed(digits)}`;
}

/** Undefined for fewer than two values, which say nothing of their spread. */
export function intervalOf(values: readonly number[]): Interval | undefined {
  const count = values.length;
  if (count < 2) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  const half = (STUDENT[count - 2] ?? NORMAL) * Math.sqrt(variance / count);
  return { mean, deviation: Math.sqrt(variance), low: mean - half, high: mean + half };
}
