import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandInTests } from './in-tests.ts';
import { ELSEWHERE, FACES, JOBS, keyOfJob, keyOfResult, type Result, studyOf } from './letter-study.ts';
import { codeDigest } from './lib/code-digest.mjs';
import { resultsPage } from './results-page.ts';

const experiment = commandInTests('experiment');
const results = readFileSync('docs/results.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line): Result => JSON.parse(line));

describe('docs/results.md', () => {
  it('is what docs/results.jsonl says', () => {
    expect(resultsPage(results)).toBe(readFileSync('docs/results.md', 'utf8'));
  });

  it('is of this code: where this fails, `npm run reproduce` makes it anew', async () => {
    const own = results.filter((result) => !ELSEWHERE.includes(studyOf(result)));
    expect(new Set(own.map(({ code }) => code))).toEqual(new Set([await codeDigest()]));
    // Nothing that is not in the commit made it.
    expect(results.filter(({ commit }) => commit === null || commit.endsWith('-dirty'))).toEqual([]);
    expect(new Set(results.map(({ kernels }) => kernels))).toEqual(new Set(['simd']));
  });

  it('has one result of every run of the study', () => {
    expect(results.map(keyOfResult).sort()).toEqual(JOBS.map(keyOfJob).sort());
    expect(new Set(JOBS.map(keyOfJob)).size).toBe(JOBS.length);
  });

  it('without results has a dash in every cell', () => {
    const empty = resultsPage([]);
    expect(empty).toContain('| S | 3.5 | 5.6 | 6.4 | 1.60 | – | – | – | – |');
    expect(empty).not.toContain('undefined');
    expect(empty).not.toContain('NaN');
  });
});

it('a line comes out equal to the bit when its command is run again', () => {
  const short = results
    .filter((result) => !ELSEWHERE.includes(studyOf(result)) && result.network === 'compact')
    .reduce((least, result) => (result.steps < least.steps ? result : least));
  const { stdout, stderr } = experiment(short.command);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout).measures).toEqual(short.measures);
}, 180_000);

it('a job without faces at hand names their place', () => {
  expect(JOBS.filter(({ study }) => study === 'faces').every(({ flags }) => flags.includes(FACES))).toBe(
    true,
  );
});
