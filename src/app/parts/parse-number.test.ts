import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEARNING_RATE_RANGE, SEED_RANGE } from '../../training/experiment.ts';
import { afterArrow } from './number-steps.ts';
import { isIncomplete, parseNumber, readNumber } from './parse-number.ts';

describe('a number that is typed', () => {
  it.each([
    ['0.1', 0.1],
    ['0,1', 0.1],
    [' ,5 ', 0.5],
    ['.25', 0.25],
    ['0,250', 0.25],
    ['3.', 3],
    ['+2', 2],
    ['-0', 0],
    ['−1,5', -1.5],
    ['1e-3', 0.001],
    ['1,5E-3', 0.0015],
    ['1.234,5', 1234.5],
    ['1,234.5', 1234.5],
    ['1 234,5', 1234.5],
    ['1\u202f234\u00a0567', 1234567],
    ['1’234.5', 1234.5],
    ['1.234.567', 1234567],
    ['۰٫۵', 0.5],
    ['１，５', 1.5],
  ])('%j is %d', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it.each([
    ...['', ' ', '-', ',', 'e5', '1e', 'abc', '5 %', '0x10', 'Infinity', 'NaN', '1_000', '10²', '1/2', '½'],
    ...[
      '1,2,3',
      '1.2.3',
      '1,23.4',
      '12,34,567',
      '1.234.5',
      '1,234,5',
      '1 2',
      '0.1 0.2',
      '1,5,',
      '--1',
      '1e5.5',
    ],
    ...['1e999', '1e-999', '0,1\n0,2'],
  ])('%j is none', (text) => {
    expect(parseNumber(text)).toBeUndefined();
  });

  it('is read back as it is shown, with either mark', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = String(value);
        expect(parseNumber(text)).toBe(value + 0);
        expect(parseNumber(text.replace('.', ','))).toBe(value + 0);
      }),
    );
  });

  it('is what JavaScript reads, or none, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."0123456789.,e-+ '"), maxLength: 9 }), (text) => {
        const value = parseNumber(text);
        // A text without groups has one meaning.
        const isPlain = /^\s*[-+\de]*[.,]?[-+\de]*\s*$/.test(text);
        if (value !== undefined && isPlain) expect(value).toBe(Number(text.trim().replace(',', '.')) + 0);
        // No digit is lost or made up.
        if (value !== undefined && !text.includes('e')) {
          const digits = (of: string) => of.replace(/\D/g, '').replace(/^0+|0+$/g, '');
          expect(digits(text)).toContain(digits(String(value)));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('may be unfinished', () => {
    for (const text of ['', '-', ',', '1e', '0,1e-', ' ']) expect(isIncomplete(text)).toBe(true);
    for (const text of ['1', '0,', 'e', '1e5', 'x']) expect(isIncomplete(text)).toBe(false);
  });
});

describe('an entry', () => {
  const seed = { range: SEED_RANGE, isWhole: true } as const;
  const weight = { range: [0, 2] } as const;

  it('takes what is in its range, and of whole numbers no others', () => {
    expect(readNumber('0,1', 'λ₁ center', weight)).toEqual({ value: 0.1 });
    expect(readNumber('2', 'λ₁ center', weight)).toEqual({ value: 2 });
    expect(readNumber('7.0', 'Seed', seed)).toEqual({ value: 7 });
    expect(readNumber('4294967295', 'Seed', seed)).toEqual({ value: 4294967295 });
  });

  it('says its range for all else', () => {
    const range = { problem: 'λ₁ center is a number from 0 to 2.' };
    for (const text of ['5', '-0,1', '2,0001', 'abc', '', '1.234,5'])
      expect(readNumber(text, 'λ₁ center', weight)).toEqual(range);
    const whole = { problem: 'Seed is a whole number from 1 to 4294967295.' };
    for (const text of ['2.5', '2,5', '0', '4294967296', '1e99'])
      expect(readNumber(text, 'Seed', seed)).toEqual(whole);
    expect(readNumber('1', 'Learning rate', { range: LEARNING_RATE_RANGE })).toEqual({
      problem: 'Learning rate is a number from 0.00001 to 0.03.',
    });
  });

  it('takes no number that may be two', () => {
    const problem = '“1.234” may be 1.234 or 1234: write 1234.';
    expect(readNumber('1.234', 'Seed', seed)).toEqual({ problem });
    expect(readNumber('1.000', 'Seed', seed)).toEqual({
      problem: '“1.000” may be 1 or 1000: write 1 or 1000.',
    });
    expect(readNumber('1,234', 'A', { range: [0, 2000] })).toEqual({
      problem: '“1,234” may be 1.234 or 1234: write 1.2340 or 1234.',
    });
    expect(readNumber('1,234', 'λ₁ center', weight)).toEqual({ value: 1.234 });
    expect(readNumber('1 234', 'Seed', seed)).toEqual({ value: 1234 });
    expect(readNumber('1.234.567', 'Seed', seed)).toEqual({ value: 1234567 });
  });
});

describe('an arrow', () => {
  const bare = { altKey: false, shiftKey: false, ctrlKey: false, metaKey: false };
  const up = { ...bare, key: 'ArrowUp' };
  const weight = { value: 0.1, step: 0.001, range: [0, 2] } as const;

  it('steps by the step, Alt finer, Shift coarser, without the noise of sums', () => {
    expect(afterArrow(up, weight)).toBe(0.101);
    expect(afterArrow({ ...up, altKey: true }, weight)).toBe(0.1001);
    expect(afterArrow({ ...up, shiftKey: true }, weight)).toBe(0.11);
    expect(afterArrow({ ...bare, key: 'ArrowLeft' }, weight)).toBe(0.099);
    expect(afterArrow({ ...up, key: 'ArrowRight' }, { ...weight, value: 0.2, step: 0.1 })).toBe(0.3);
    expect(afterArrow(up, { ...weight, value: 0.12345 })).toBe(0.12445);
    expect(afterArrow(up, { value: 0.001, step: 0.0001, range: LEARNING_RATE_RANGE })).toBe(0.0011);
  });

  it('stops at the ends, keeps whole numbers whole, and leaves other keys alone', () => {
    expect(afterArrow({ ...bare, key: 'ArrowDown' }, { ...weight, value: 0.0004 })).toBe(0);
    expect(afterArrow({ ...up, shiftKey: true }, { ...weight, value: 1.999 })).toBe(2);
    const seed = { value: 4, step: 1, range: SEED_RANGE, isWhole: true } as const;
    expect(afterArrow({ ...up, altKey: true }, seed)).toBe(5);
    expect(afterArrow({ ...up, shiftKey: true }, seed)).toBe(14);
    expect(afterArrow({ ...up, ctrlKey: true }, weight)).toBeUndefined();
    expect(afterArrow({ ...bare, key: 'PageUp' }, weight)).toBeUndefined();
  });
});
