import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BY_ITSELF } from '../src/app/story/experiments.ts';
import { commandInTests } from './in-tests.ts';
import {
  ALONE,
  ELSEWHERE,
  FACES,
  JOBS,
  keyOfJob,
  keyOfResult,
  type Result,
  studyOf,
} from './letter-study.ts';
import { codeDigest } from './lib/code-digest.mjs';
import { mapJson, resultsFigures } from './results-figures.ts';
import { resultsPage } from './results-page.ts';
import { differences, PROVEN_EVERYWHERE, readProof } from './results-proof.ts';
import { tablesJson, tablesOf } from './results-tables.ts';

const experiment = commandInTests('experiment');
const results = readFileSync('docs/results.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line): Result => JSON.parse(line));

describe('docs/results.md', () => {
  it('is what docs/results.jsonl says', () => {
    expect(resultsPage(results, readProof())).toBe(readFileSync('docs/results.md', 'utf8'));
  });

  it('has its figures, its tables for a machine, and the map of the page', () => {
    const page = resultsPage(results, readProof());
    for (const [name, svg] of Object.entries(resultsFigures(results))) {
      expect(readFileSync(`docs/results/${name}.svg`, 'utf8') === svg, name).toBe(true);
      expect(page).toContain(`(results/${name}.svg)`);
    }
    expect(readFileSync('docs/results-tables.json', 'utf8')).toBe(tablesJson(page));
    expect(readFileSync('src/app/story/from-the-start.json', 'utf8')).toBe(mapJson(results));
  });

  it('is of this code, or of code that gave the same: where this fails, `npm run reproduce -- --prove` says whether it does', async () => {
    const own = results.filter((result) => !ELSEWHERE.includes(studyOf(result)));
    const [made, ...others] = new Set(own.map(({ code }) => code));
    expect(others).toEqual([]);
    const code = await codeDigest();
    if (made !== code) {
      const runs = expect.arrayContaining(PROVEN_EVERYWHERE);
      expect(readProof()).toEqual({ made, code, runs });
    }
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

it('one bit is a difference', () => {
  const [first] = results as [Result];
  const measures = { ...first.measures, D1: (first.measures.D1 as number) + Number.EPSILON * 16 };
  expect(differences(first, first)).toEqual([]);
  expect(differences(first, { ...first, measures })).toEqual(['D1']);
  expect(differences(first, { ...first, pairDraws: [] })).toEqual(['pairDraws']);
  const { D1: _, ...fewer } = first.measures;
  expect(differences({ ...first, measures: fewer }, first)).toEqual(['D1']);
});

it('tables are read back, numbers as numbers', () => {
  const page =
    '# P\n\n|  | a | b |\n|---|---|---|\n| x | 1.50 ± 0.25 | **fails** |\n| y | – | 3 |\n\n## Q\n\n| n |\n|---|\n| 1 |\n';
  expect(tablesOf(page)).toEqual([
    {
      section: 'P',
      headings: ['', 'a', 'b'],
      rows: [
        ['x', { mean: 1.5, deviation: 0.25 }, 'fails'],
        ['y', '–', 3],
      ],
    },
    { section: 'Q', headings: ['n'], rows: [[1]] },
  ]);
});

it('margin loss by itself is on the page as it is in the study', () => {
  const { margins, learningRate } = BY_ITSELF;
  expect({ ...margins, learningRate }).toEqual(ALONE);
});

it('a job without faces at hand names their place', () => {
  expect(JOBS.filter(({ study }) => study === 'faces').every(({ flags }) => flags.includes(FACES))).toBe(
    true,
  );
});
