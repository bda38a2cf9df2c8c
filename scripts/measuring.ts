/** What the benchmarks have in common. */

import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds that `work` takes, after a turn for signals and timers, which `work` may give none. */
export async function timed(work: () => unknown): Promise<number> {
  await nextTurn();
  const started = performance.now();
  await work();
  return performance.now() - started;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** To one decimal place. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
