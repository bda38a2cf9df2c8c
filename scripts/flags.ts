/** Values of flags, checked: what is wrong is one clear line. */

/** Thrown with a sentence for flags that can't be followed. */
export class UsageError extends Error {}

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

/** @throws UsageError */
export function whole(flag: string, text: string, range: readonly [number, number]): number {
  const value = number(flag, text, range);
  if (!Number.isInteger(value)) throw new UsageError(`${flag} is a whole number, not “${text}”.`);
  return value;
}

/** NaN where the text is no number. */
export function numberIn(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

/** For commands without flags, which take hours: a mistyped one must not begin. @throws UsageError */
export function refuseFlags(command: string, args: readonly string[]): void {
  if (args.length > 0)
    throw new UsageError(`npm run ${command} takes no flags, and was given ${args.join(' ')}.`);
}
