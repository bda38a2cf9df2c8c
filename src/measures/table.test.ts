import { describe, expect, it } from 'vitest';
import { bestOf, COLUMNS, tableText } from './table.ts';

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
    expect([...bestOf(rows, column('D1'))]).toEqual([1]);
    expect([...bestOf(rows, column('D3'))]).toEqual([1]);
    expect([...bestOf(rows, column('accuracy'))]).toEqual([0, 1]);
    expect([...bestOf(rows, column('D2'))]).toEqual([]);
  });

  it('is Markdown with the best in bold', () => {
    expect(tableText('Markdown', rows, 40, columns)).toBe(
      [
        '| Step 40 | Accuracy | D1 | D2 | D3 | D2/D1 |',
        '| --- | ---: | ---: | ---: | ---: | ---: |',
        '| Softmax | **0.9000** | 3.000 | 6.000 | 6.500 | 2.000 |',
        '| A\\|B, "C" | **0.9000** | **1.000** | – | **7.000** | – |',
        '',
      ].join('\n'),
    );
  });

  it('is CSV with quoted titles, none of them a formula', () => {
    const [header, , second] = tableText('CSV', rows, 40, columns).split('\n');
    expect(header).toBe('run,step,accuracy,D1,D2,D3,D2OverD1');
    expect(second).toBe('"A|B, ""C""",40,0.9,1,,7,');
    expect(tableText('CSV', [{ title: '=1+1', values: {} }], 0)).toContain("'=1+1,0");
  });

  it('is JSON with all digits, null where there is no number', () => {
    expect(JSON.parse(tableText('JSON', rows, 40, columns))).toEqual([
      { title: 'Softmax', step: 40, accuracy: 0.9, D1: 3, D2: 6, D3: 6.5, D2OverD1: 2 },
      { title: 'A|B, "C"', step: 40, accuracy: 0.9, D1: 1, D2: null, D3: 7, D2OverD1: null },
    ]);
  });
});
