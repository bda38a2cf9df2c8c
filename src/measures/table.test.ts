import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MEASURES } from './measures.ts';
import { bestOf, COLUMNS, directionOf, explanationOf, ROWS, tableText } from './table.ts';

const rows = [
  { title: 'Softmax', values: { accuracy: 0.9, D1: 3, D2: 6, D3: 6.5, D2OverD1: 2 } },
  { title: 'A|B, "C"', values: { accuracy: 0.9, D1: 1, D2: Number.NaN, D3: 7 } },
];
/** More measures may have a column; the expected texts are of these. */
const OF_LETTER = ['accuracy', 'D1', 'D2', 'D3', 'D2OverD1'];
const columns = COLUMNS.filter(({ name }) => OF_LETTER.includes(name));
const column = (name: string) => {
  const found = COLUMNS.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};

describe('the table of measures', () => {
  it('marks the best: the highest or lowest, all of equals, none of one', () => {
    const run = (EER: number, silhouette: number) => ({
      title: '',
      values: { euclideanEER: EER, silhouette },
    });
    const three = [run(0.1, 0.5), run(0.05, 0.25), run(0.2, 0.5)];
    expect([...bestOf(three, column('euclideanEER'))]).toEqual([1]);
    expect([...bestOf(three, column('silhouette'))]).toEqual([0, 2]);
    expect([...bestOf(rows, column('accuracy'))]).toEqual([0, 1]);
    expect([...bestOf(rows, column('D2OverD1'))]).toEqual([]);
  });

  it('calls nothing best whose scale is arbitrary, and says why', () => {
    const arbitrary = MEASURES.filter(({ scale }) => scale === 'arbitrary');
    expect(arbitrary.map(({ name }) => name)).toEqual(expect.arrayContaining(['D1', 'D2', 'D3']));
    for (const measure of arbitrary) {
      const both = [1, 2].map((value) => ({ title: String(value), values: { [measure.name]: value } }));
      expect([...bestOf(both, measure)]).toEqual([]);
      expect(directionOf(measure)).toBeUndefined();
      expect(explanationOf(measure)).toContain('no run is best by it');
    }
    for (const measure of MEASURES.filter(({ scale }) => scale === undefined)) {
      expect(directionOf(measure)).toBe(measure.better);
      expect(explanationOf(measure)).toBe(measure.sentence);
    }
  });

  it('leads with what compares runs of different scale, and so does the list of all measures', () => {
    expect(COLUMNS.map(({ heading }) => heading).slice(0, 3)).toEqual(['D2/D1', 'EER', 'Silhouette']);
    expect(ROWS.map(({ title }) => title).slice(0, 3)).toEqual(['D2/D1', 'EER, Euclidean', 'Silhouette']);
    expect(new Set(ROWS)).toEqual(new Set(MEASURES));
  });

  it('is Markdown with the best in bold', () => {
    expect(tableText('Markdown', rows, 40, columns)).toBe(
      [
        '| Step 40 | D2/D1 | Accuracy | D1 | D2 | D3 |',
        '| --- | ---: | ---: | ---: | ---: | ---: |',
        '| Softmax | 2.000 | **0.9000** | 3.000 | 6.000 | 6.500 |',
        '| A\\|B, "C" | – | **0.9000** | 1.000 | – | 7.000 |',
        '',
      ].join('\n'),
    );
  });

  it('is Markdown in which a title is text, whatever it says', () => {
    const [, , line] = tableText(
      'Markdown',
      [{ title: '\\|a* _b_ <b>`c`[d](e)\n~f~ &amp; $g$', values: {} }],
      0,
      [],
    ).split('\n');
    expect(line).toBe(String.raw`| \\\|a\* \_b\_ \<b\>\`c\`\[d\](e) \~f\~ \&amp; \$g\$ |`);
    // Undone as CommonMark does, it is the title again.
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (title) => {
        const cell =
          tableText('Markdown', [{ title, values: {} }], 0, [])
            .split('\n')[2]
            ?.slice(2, -2) ?? '';
        const escapes = /\\([!-/:-@[-`{-~])/g;
        expect(cell.replace(escapes, '$1')).toBe(title.replace(/\s+/g, ' '));
        expect(cell.replace(escapes, '')).not.toMatch(/[\\|*_`<>[\]~&$]/);
      }),
    );
  });

  it('is CSV with quoted titles, none of them a formula', () => {
    const [header, , second] = tableText('CSV', rows, 40, columns).split('\n');
    expect(header).toBe('run,step,D2OverD1,accuracy,D1,D2,D3');
    expect(second).toBe('"A|B, ""C""",40,,0.9,1,,7');
    expect(tableText('CSV', [{ title: '=1+1', values: {} }], 0)).toContain("'=1+1,0");
    expect(tableText('CSV', [{ title: '＝1+1', values: {} }], 0)).toContain("'＝1+1,0");
    expect(tableText('CSV', [{ title: '@a,"b"\r', values: {} }], 0)).toContain(`"'@a,""b""\r",0`);
  });

  it('is JSON with all digits, null where there is no number', () => {
    expect(JSON.parse(tableText('JSON', rows, 40, columns))).toEqual([
      { title: 'Softmax', step: 40, accuracy: 0.9, D1: 3, D2: 6, D3: 6.5, D2OverD1: 2 },
      { title: 'A|B, "C"', step: 40, accuracy: 0.9, D1: 1, D2: null, D3: 7, D2OverD1: null },
    ]);
  });
});
