import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_TITLE, tidyTitle, uniqueTitle, withUniqueTitles } from './titles.ts';

describe('titles', () => {
  it('lose odd spaces and invisible characters', () => {
    expect(tidyTitle('  My\t\n run\u202e\u0000 ')).toBe('My run');
    expect(tidyTitle(' \u200b ')).toBeUndefined();
  });

  it.each([
    ['a Persian word', 'می\u200cخواهم'],
    ['a Hindi one', 'क्\u200dष'],
    ['a family', '👨\u200d👩\u200d👧\u200d👦'],
    ['a profession', '🧑🏽\u200d🚀 Go'],
    ['a rainbow flag', '🏳\ufe0f\u200d🌈'],
    ['a flag of letters', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
    ['a key', '1\ufe0f\u20e3'],
    ['a name in Chinese characters', '葛\u{e0100}城'],
    ['an Arabic sign of numbers', '\u0600١٢'],
  ])('keep %s', (_, text) => {
    expect(tidyTitle(text)).toBe(text);
  });

  it('lose what shapes nothing, and what turns the direction', () => {
    expect(tidyTitle('Mar\u200dgin\u200c')).toBe('Margin');
    expect(tidyTitle('Soft\u00admax\ufe0f')).toBe('Softmax');
    expect(tidyTitle('\u202eM\u2066a\u061cr\u200fgin\u2069')).toBe('Margin');
    expect(tidyTitle('👩\u200d')).toBe('👩');
    expect(tidyTitle('Go\u{e0067}\u{e007f}')).toBe('Go');
    expect(tidyTitle('\u3164\u2800')).toBeUndefined();
  });

  it('are cut between characters as a reader counts them', () => {
    const family = '👨\u200d👩\u200d👧\u200d👦';
    expect(tidyTitle(family.repeat(9))).toBe(family.repeat(3));
    expect(tidyTitle(`${'x'.repeat(39)}e\u0301`)).toBe('x'.repeat(39));
    expect(tidyTitle('a\u0301'.repeat(30))).toBe('a\u0301'.repeat(20));
    // Of two that are the same, the second is cut once more for its number.
    const [, second] = withUniqueTitles([{ title: family.repeat(3) }, { title: family.repeat(3) }]);
    expect(second?.title).toBe(`${family.repeat(3)} 2`);
    const long = `${'x'.repeat(29)}${family}`;
    expect(uniqueTitle(long, [long])).toBe(`${'x'.repeat(29)} 2`);
  });

  it('are tidy once and for all, and whole', () => {
    expect(tidyTitle('a \u0000 b')).toBe('a b');
    const odd = fc.constantFrom(
      ...['\u200c', '\u200d', '\ufe0f', '\u180b', '\u{e0067}', '\u{e007f}', '\u{e0100}', '\u202e', '\u061c'],
      ...['م', 'ی', 'क', '्', 'a', '1', ' ', '葛', 'ᠠ', '👩', '🏽', '🏴', '❤', '\u0301', '\ud83d'],
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 90 }),
      fc.string({ unit: odd, maxLength: 60 }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const title = tidyTitle(text);
        if (title === undefined) return;
        expect(tidyTitle(title)).toBe(title);
        expect(title.length).toBeLessThanOrEqual(LONGEST_TITLE);
        expect(() => encodeURIComponent(title)).not.toThrow();
      }),
      { numRuns: 1000 },
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
