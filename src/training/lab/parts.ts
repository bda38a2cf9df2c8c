/**
 * How a batch is cut so that several workers can share its work. The cut depends on the batch's size alone, never on how
 * many workers there are: so what comes out does not either.
 */

import { activeTerms, type Objective } from '../../losses/objective.ts';
import { termOf } from '../../losses/terms.ts';
import type { BackendName } from '../experiment.ts';

/** Samples of a part: a step of so many costs half of one of twice as many, of fewer it costs more (docs/performance.md). */
const PART = 64;

/** Rows start … start + count of a batch. */
export interface Rows {
  readonly start: number;
  readonly count: number;
}

/** A batch in parts, on WebAssembly. A GPU takes it whole, and a term that compares samples needs all of them. */
export function partsOf(batchSize: number, backend: BackendName, objective: Objective): readonly Rows[] {
  const isWhole = activeTerms(objective).some(({ id, knobs }) => termOf(id).needs(knobs).wholeBatch === true);
  if (backend !== 'wasm' || isWhole) return [{ start: 0, count: batchSize }];
  return Array.from({ length: Math.ceil(batchSize / PART) }, (_, part) => ({
    start: part * PART,
    count: Math.min(PART, batchSize - part * PART),
  }));
}
