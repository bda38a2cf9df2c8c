/** What goes between a worker and its lanes. */

import type { PartResult, PartTask } from '../lab/lanes.ts';

export interface ToLane {
  readonly id: number;
  readonly task: PartTask;
}

/** A lane says whether it can compute, then answers tasks in their order, until it can compute no more. */
export type FromLane =
  | { readonly type: 'ready' }
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'done'; readonly id: number; readonly result: PartResult };

/** The arrays of a result, which are handed over. */
export function transferOf({ gradient, features, terms }: PartResult): ArrayBuffer[] {
  return [gradient, features, terms].map(({ buffer }) => buffer as ArrayBuffer);
}
