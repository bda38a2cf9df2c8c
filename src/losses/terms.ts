/**
 * All loss terms. A loss is a folder (record, loss, test) and a line here; whatever else the lab knows of
 * it is derived from its record. The page reads records; only the worker loads tensors.
 */

import { arcface } from './arcface/record.ts';
import { center } from './center/record.ts';
import { cosface } from './cosface/record.ts';
import { margin } from './margin/record.ts';
import { normface } from './normface/record.ts';
import { softmax } from './softmax/record.ts';
import type { Slot, TermEntry, TermRecord } from './term.ts';

/** In the order of menus. */
export const TERMS: readonly TermEntry[] = [
  { record: softmax, load: () => import('./softmax/loss.ts') },
  { record: normface, load: () => import('./normface/loss.ts') },
  { record: cosface, load: () => import('./cosface/loss.ts') },
  { record: arcface, load: () => import('./arcface/loss.ts') },
  { record: center, load: () => import('./center/loss.ts') },
  { record: margin, load: () => import('./margin/loss.ts') },
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
