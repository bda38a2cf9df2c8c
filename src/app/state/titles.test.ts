import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_TITLE, tidyTitle, uniqueTitle, withUniqueTitles } from './titles.ts';

describe('titles', () => {
  it('lose odd spaces and invisible characters', () => {
    expect(tidyTitle('  My\t\n run\u202e\u0000 ')).toBe('My run');
    expect(tidyTitle(' \u200b ')).toBeUndefined();
  });

  it('are tidy once and for all, and whole', () => {
    expect(tidyTitle('a \u0000 b')).toBe('a b');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 90 }), (text) => {
        const title = tidyTitle(text);
        if (title === undefined) return;
        expect(tidyTitle(title)).toBe(title);
        expect(title.length).toBeLessThanOrEqual(LONGEST_TITLE);
        expect(() => encodeURIComponent(title)).not.toThrow();
      }),
    );
  });

  it('differ from each other', () => {
    expect(uniqueTitle('Margin', ['Margin', 'Margin 2'])).toBe('Margin 3');
    const long = 'x'.repeat(LONGEST_TITLE);
    const titles = withUniqueTitles([{ title: long }, { title: long }]).map(({ title }) => title);
    expect(new Set(titles).size).toBe(2);
    expect(titles.every(({ length }) => length <= LONGEST_TITLE)).toBe(true);
  });
});
