import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { JOBS, keyOfJob, keyOfResult, type Result } from './letter-study.ts';
import { resultsPage } from './results-page.ts';

const results = readFileSync('docs/results.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line): Result => JSON.parse(line));

it('docs/results.md is what docs/results.jsonl says', () => {
  expect(resultsPage(results)).toBe(readFileSync('docs/results.md', 'utf8'));
});

it('every run of the study has one result, and one of another data set is none of them', () => {
  expect(new Set(results.map(keyOfResult))).toEqual(new Set(JOBS.map(keyOfJob)));
  const [result] = results;
  if (result === undefined) throw new Error('There are no results.');
  expect(keyOfResult({ ...result, data: 'mnist' })).toBe(keyOfResult(result));
  expect(JOBS.map(keyOfJob)).not.toContain(keyOfResult({ ...result, data: 'fashion-mnist' }));
});

it('without results every cell is a dash', () => {
  const empty = resultsPage([]);
  expect(empty).toContain('| S | 3.5 | 5.6 | 6.4 | 1.60 | – | – | – | – |');
  expect(empty).not.toContain('undefined');
});
