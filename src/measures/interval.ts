/** What a few runs say of a mean. */

export interface Interval {
  readonly mean: number;
  /** Over the runs, n − 1. */
  readonly deviation: number;
  /** Ends of the 95 % interval of the mean, by Student's t. */
  readonly low: number;
  readonly high: number;
}

/** Two-sided, 95 %, by degrees of freedom from 1. */
const STUDENT = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086,
];
const NORMAL = 1.959964;

/** Beyond the table the first terms of its expansion about the normal's (Fisher and Cornish 1960), right to three digits. */
function studentOf(freedom: number): number {
  const z = NORMAL;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  return STUDENT[freedom - 1] ?? z + first / freedom + second / freedom ** 2;
}

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
  const half = studentOf(count - 1) * Math.sqrt(variance / count);
  return { mean, deviation: Math.sqrt(variance), low: mean - half, high: mean + half };
}
