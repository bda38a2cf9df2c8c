import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseObjective } from '../src/losses/objective.ts';
import { presetNamed } from '../src/losses/presets.ts';
import { TERM_RECORDS } from '../src/losses/terms.ts';
import { FURTHER_CANDIDATES, LETTER_CANDIDATES, rowStart } from './candidates.ts';

it("the letter's candidates are the measured rows of docs/defaults.md, in their order", () => {
  const rows = readFileSync('docs/defaults.md', 'utf8').split('\n');
  const measured = rows.filter((line) => /^\| [01] /.test(line));
  expect(measured).toHaveLength(LETTER_CANDIDATES.length);
  LETTER_CANDIDATES.forEach((candidate, i) => {
    expect(measured[i]?.startsWith(rowStart(candidate)), rowStart(candidate)).toBe(true);
  });
});

it('every other term is tried, at its defaults first, and nothing twice', () => {
  const starts = FURTHER_CANDIDATES.map(rowStart);
  expect(new Set(starts).size).toBe(starts.length);
  const letters = ['softmax', 'center', 'margin'];
  for (const { id } of TERM_RECORDS.filter((record) => !letters.includes(record.id))) {
    const own = FURTHER_CANDIDATES.filter(({ cells }) => cells[0] === id);
    expect(own.length, id).toBeGreaterThan(0);
    expect(own[0]?.objective).toEqual(presetNamed(id).objective);
  }
  expect(starts).toContain('| arcface | 1 | s 16, m 0.3 |');
});

it('no candidate leaves the ranges of its terms', () => {
  for (const { objective } of [...LETTER_CANDIDATES, ...FURTHER_CANDIDATES]) {
    expect(parseObjective(objective)).toEqual(objective);
  }
});
