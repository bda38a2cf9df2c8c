/** Values of flags, checked: what is wrong is one clear line. */

import { UsageError } from './lib/commands.mjs';

export { UsageError };

/** @throws UsageError */
export function oneOf<T extends string>(flag: string, text: string, names: readonly T[]): T {
  const name = names.find((candidate) => candidate === text);
  if (name === undefined) throw new UsageError(`${flag} is one of ${names.join(', ')}, not “${text}”.`);
  return name;
}

/** Numbers with commas between, one in each range. @throws UsageError */
export function numbers(
  flag: string,
  text: string,
  ranges: readonly (readonly [number, number])[],
): number[] {
  const parts = text.split(',');
  if (parts.length !== ranges.length) {
    throw new UsageError(`${flag} takes ${ranges.length} numbers with commas between, not “${text}”.`);
  }
  return ranges.map((range, i) => number(flag, parts[i] ?? '', range));
}

/** @throws UsageError */
export function number(flag: string, text: string, [min, max]: readonly [number, number]): number {
  const value = numberIn(text);
  if (!(value >= min && value <= max))
    throw new UsageError(`${flag} is a number from ${min} to ${max}, not “${text}”.`);
  return value;
}

/** Written in digits alone: 1000, not 1e3. @throws UsageError */
export function whole(flag: string, text: string, range: readonly [number, number]): number {
  const value = number(flag, text, range);
  if (!/^\s*\d+\s*$/.test(text)) throw new UsageError(`${flag} is a whole number, not “${text}”.`);
  return value;
}

const DECIMAL = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

/** NaN where the text is no decimal number: 0x10 and Infinity are none. */
export function numberIn(text: string): number {
  return DECIMAL.test(text) ? Number(text) : Number.NaN;
}

/** @throws UsageError where something is in a list twice */
export function refuseTwice(flag: string, texts: readonly string[]): void {
  const twice = texts.find((text, i) => texts.indexOf(text) !== i);
  if (twice !== undefined) throw new UsageError(`${flag}: ${twice} is given twice.`);
}
