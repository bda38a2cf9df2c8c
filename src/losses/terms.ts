/**
 * All loss terms. A loss is a folder (record, loss, test) and a line here; whatever else the lab knows of
 * it is derived from its record. The page reads records; only the worker loads tensors.
 */

import { aSoftmax } from './a-softmax/record.ts';
import { arcface } from './arcface/record.ts';
import { center } from './center/record.ts';
import { contrastive } from './contrastive/record.ts';
import { cosface } from './cosface/record.ts';
import { git } from './git/record.ts';
import { hinge } from './hinge/record.ts';
import { lSoftmax } from './l-softmax/record.ts';
import { lgm } from './lgm/record.ts';
import { margin } from './margin/record.ts';
import { normface } from './normface/record.ts';
import { range } from './range/record.ts';
import { relative } from './relative/record.ts';
import { ring } from './ring/record.ts';
import { softmax } from './softmax/record.ts';
import { supcon } from './supcon/record.ts';
import type { Slot, TermEntry, TermRecord } from './term.ts';
import { triplet } from './triplet/record.ts';

/** In the order of menus. */
export const TERMS: readonly TermEntry[] = [
  { record: softmax, load: () => import('./softmax/loss.ts') },
  { record: lSoftmax, load: () => import('./l-softmax/loss.ts') },
  { record: aSoftmax, load: () => import('./a-softmax/loss.ts') },
  { record: normface, load: () => import('./normface/loss.ts') },
  { record: cosface, load: () => import('./cosface/loss.ts') },
  { record: arcface, load: () => import('./arcface/loss.ts') },
  { record: hinge, load: () => import('./hinge/loss.ts') },
  { record: lgm, load: () => import('./lgm/loss.ts') },
  { record: center, load: () => import('./center/loss.ts') },
  { record: ring, load: () => import('./ring/loss.ts') },
  { record: git, load: () => import('./git/loss.ts') },
  { record: margin, load: () => import('./margin/loss.ts') },
  { record: relative, load: () => import('./relative/loss.ts') },
  { record: contrastive, load: () => import('./contrastive/loss.ts') },
  { record: triplet, load: () => import('./triplet/loss.ts') },
  { record: range, load: () => import('./range/loss.ts') },
  { record: supcon, load: () => import('./supcon/loss.ts') },
];

/** The letter's term of each slot: what an objective holds where nothing else is asked for. */
export const LETTER_TERMS: Readonly<Record<Slot, string>> = {
  head: softmax.id,
  centre: center.id,
  metric: margin.id,
};

export const TERM_RECORDS: readonly TermRecord[] = TERMS.map(({ record }) => record);

const byId: ReadonlyMap<string, TermRecord> = new Map(TERM_RECORDS.map((record) => [record.id, record]));

/** The record of that id, or undefined. */
export function maybeTerm(id: string): TermRecord | undefined {
  return byId.get(id);
}

/** The record of that id. @throws RangeError with a sentence for an unknown one */
export function termOf(id: string): TermRecord {
  const record = byId.get(id);
  if (record === undefined) throw new RangeError(`There is no loss “${id.slice(0, 40)}”.`);
  return record;
}

/** The terms that may stand in a slot. */
export function termsIn(slot: Slot): readonly TermRecord[] {
  return TERM_RECORDS.filter((record) => record.slot === slot);
}
