import { expect, it } from 'vitest';
import { defaultKnobs } from '../../losses/objective.ts';
import { byKnobs } from '../../losses/term.ts';
import { TERM_RECORDS } from '../../losses/terms.ts';
import { symbolsOf } from './symbols.ts';

it.each(TERM_RECORDS.map((record) => [record.id, record] as const))(
  'the equation of %s has its symbols explained, and no others',
  (_, record) => {
    const knobs = defaultKnobs(record);
    const symbols = symbolsOf(record, knobs);
    expect(symbols.length).toBeGreaterThan(1);
    for (const { text } of symbols) expect(text).not.toMatch(/undefined|NaN/);
    const tex = byKnobs(record.tex, knobs);
    const has = (symbol: string) => symbols.some((each) => each.tex === symbol);
    expect(has('x_i')).toBe(tex.includes('x_'));
    expect(has('w_j')).toBe(tex.includes('w_'));
    expect(has('c_j')).toBe(tex.includes('c_'));
  },
);
