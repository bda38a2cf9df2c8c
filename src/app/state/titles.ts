/** Titles of panels: what a reader types, made fit to be a name. No two panels have the same. */

import { cut, visibleText } from '../../data/visible-text.ts';

/** In UTF-16 units, as files and links count. */
export const LONGEST_TITLE = 40;

/** The title without odd spaces and invisible characters, cut to the longest allowed; undefined where nothing is left. */
export function tidyTitle(text: string): string | undefined {
  // What is cut off may be what an invisible character stood before.
  const tidy = visibleText(cut(visibleText(text), LONGEST_TITLE));
  return tidy === '' ? undefined : tidy;
}

/** Their titles, but for one of them. */
export function titlesOf(items: readonly { readonly title: string }[], except?: number): string[] {
  return items.filter((_, index) => index !== except).map(({ title }) => title);
}

/** The title, with a number behind it where others have it already. */
export function uniqueTitle(title: string, others: readonly string[]): string {
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? '' : ` ${number}`;
    const candidate = (cut(title, LONGEST_TITLE - suffix.length) + suffix).trim();
    if (!others.includes(candidate)) return candidate;
  }
}

/** The same items with titles that differ from each other. */
export function withUniqueTitles<T extends { readonly title: string }>(items: readonly T[]): readonly T[] {
  const taken: string[] = [];
  return items.map((item) => {
    const title = uniqueTitle(item.title, taken);
    taken.push(title);
    return title === item.title ? item : { ...item, title };
  });
}
