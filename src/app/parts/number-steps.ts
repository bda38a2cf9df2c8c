/** Arrow keys on a number: a step of its record's, Alt a tenth of it, Shift ten. */

import type { KeyPress } from './keys.ts';
import type { NumberRange } from './parse-number.ts';

export interface Stepped extends NumberRange {
  readonly value: number;
  readonly step: number;
}

const UP = ['ArrowUp', 'ArrowRight'];
const DOWN = ['ArrowDown', 'ArrowLeft'];

/** The number after a press of an arrow, within its range; undefined for a key that steps nothing. */
export function afterArrow(
  { key, altKey, shiftKey, ctrlKey, metaKey }: Omit<KeyPress, 'code' | 'isComposing' | 'keyCode'>,
  { value, step, range: [min, max], isWhole = false }: Stepped,
): number | undefined {
  const direction = UP.includes(key) ? 1 : DOWN.includes(key) ? -1 : undefined;
  if (direction === undefined || ctrlKey || metaKey) return undefined;
  const wanted = step * (altKey ? 0.1 : 1) * (shiftKey ? 10 : 1);
  const size = isWhole ? Math.max(1, Math.round(wanted)) : wanted;
  // 0.1 + 0.2 is 0.3 here.
  const next = Number((value + direction * size).toPrecision(12));
  return Math.min(max, Math.max(min, next));
}
