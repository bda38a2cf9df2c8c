/** `npm run loss` as it is called, and its door: what comes from outside is a case or one sentence. */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import file from '../src/losses/loss-cases.json';
import { commandInTests, temporaryFolder } from './in-tests.ts';
import { casesIn, nameOf, parseCase } from './loss-cases.ts';

const run = commandInTests('loss');

it('answers every case with a line, with exit code 1 where one has no answer', () => {
  const { stdout, stderr, status } = run(['--cases', 'src/losses/loss-cases.json']);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ id }) => id)).toEqual(file.cases.map(({ id }) => id));
  const failed = lines.filter(({ error }) => error !== undefined);
  expect(stderr).toBe(failed.length > 0 ? `${failed.length} of 47 cases can't be evaluated.\n` : '');
  expect(status).toBe(failed.length > 0 ? 1 : 0);
  const softmax = lines.find(({ id }) => id === 'C15');
  expect(Object.keys(softmax)).toEqual(['id', 'value', 'gradFeatures', 'gradAgents']);
  expect(softmax.value).toBeCloseTo(1.360439931, 6);
});

it('reads standard input, and is done with exit code 0', () => {
  const cases = file.cases.filter(({ id }) => id === 'C02');
  const { stdout, stderr, status } = run(['--cases', '-'], JSON.stringify({ cases }));
  expect([stderr, status]).toEqual(['', 0]);
  expect(JSON.parse(stdout)).toEqual({
    id: 'C02',
    value: 6.5,
    gradFeatures: [
      [1.5, 2],
      [0, -0.5],
    ],
  });
});

/** More than a pipe holds, so that its writer meets the end of its reader. */
function manyCases(): string {
  const features = Array.from({ length: 2000 }, (_, i) => [i / 7, 1]);
  const numbers = { features, labels: features.map(() => 0), classes: 1, centres: [[0, 0]] };
  const cases = Array.from({ length: 8 }, (_, id) => ({ id, loss: 'center', ...numbers }));
  const target = path.join(temporaryFolder(), 'cases.json');
  writeFileSync(target, JSON.stringify({ cases }));
  return target;
}

it('ends without a word with its reader, and fails with a sentence where its output can’t be written', () => {
  const flags = ['--cases', manyCases()];
  const closed = run.sent(flags, '| head -1');
  expect([closed.status, closed.stderr]).toEqual([141, '']);
  expect(JSON.parse(closed.stdout)).toMatchObject({ id: 0 });
  const full = run.sent(flags, '> /dev/full');
  expect([full.status, full.stderr]).toEqual([
    1,
    'Standard output can’t be written, and the results are lost: there is no space left on the device.\n',
  ]);
  const none = run.sent(flags, '>&-');
  expect([none.status, none.stderr]).toEqual([1, expect.stringMatching(/^Standard output is closed, .*\n$/)]);
  expect(run.sent(flags, '> /dev/null').status).toBe(0);
});

it.each([
  [[], 2, /^Usage: .*--cases FILE/],
  [['--case', 'a.json'], 2, /^There is no flag --case: did you mean --cases\?$/],
  [['--cases', '/nowhere.json'], 1, /^There is no file \/nowhere.json\.$/],
] as const)('%j is refused in one line', (flags, code, sentence) => {
  const { stdout, stderr, status } = run([...flags]);
  expect([stdout, status]).toEqual(['', code]);
  expect(stderr.trim()).toMatch(sentence);
});

it('a file that is no JSON is refused with a sentence', () => {
  expect(() => casesIn('{"cases":', 'a.json')).toThrow('a.json is not JSON.');
});

it.each(['[]', 'null', '{}', '{"cases":{}}'])('%s holds no cases', (text) => {
  expect(() => casesIn(text, 'a.json')).toThrow('a.json has no list of cases: {"cases":[…]}.');
});

const small = {
  id: 'a',
  loss: 'softmax',
  features: [
    [1, 2],
    [3, 4],
  ],
  labels: [0, 1],
  classes: 2,
};

it('takes a case with what it leaves out', () => {
  expect(parseCase(small)).toMatchObject({ loss: 'softmax', params: {}, features: small.features });
  expect([nameOf(small, 0), nameOf({ id: 7 }, 0), nameOf({ id: {} }, 4), nameOf(null, 0)]).toEqual([
    'a',
    7,
    '#5',
    '#1',
  ]);
});

it.each([
  [null, 'A case is an object.'],
  [[], /^A case /],
  [{ ...small, classes: undefined }, '“classes” is a whole number from 1.'],
  [{ id: 'a', loss: 'softmax' }, 'A case needs “features”.'],
  [{ ...small, loss: 3 }, '“loss” is the id of a loss.'],
  [{ ...small, params: [1] }, '“params” is an object of values by key.'],
  [{ ...small, features: 'x' }, '“features” is a list of rows of numbers.'],
  [{ ...small, features: [[1, 2], [3]] }, 'Row 1 of “features” has 1 numbers and not 2.'],
  [{ ...small, features: [[1, '2']] }, '“features” is a list of rows of numbers.'],
  [{ ...small, features: [[], []] }, 'Features have at least one dimension.'],
  [{ ...small, features: [[1, 1e300]] }, '“features” is a list of rows of numbers.'],
  [{ ...small, labels: [0] }, 'There are 2 features and 1 labels.'],
  [{ ...small, labels: [0, 2] }, 'The label 2 is not from 0 to 1.'],
  [{ ...small, labels: [0, 0.5] }, /“labels” is a list/],
  [{ ...small, classes: 0 }, '“classes” is a whole number from 1.'],
  [{ ...small, classes: 1e9 }, /^Samples × classes × dimensions are more than/],
  [{ ...small, agents: [[1, 2]] }, '“agents” has 1 rows and not one for each of 2 classes.'],
  [{ ...small, centres: [[1], [2]] }, 'Row 0 of “centres” has 1 numbers and not 2.'],
  [{ ...small, present: [1] }, '“present” has 1 numbers and not one for each of 2 classes.'],
  [{ ...small, present: [1, 2] }, /“present” is a list/],
  [{ ...small, present: [1, 0] }, 'Class 1 takes no part, and a sample has it as label.'],
])('%j is refused with a sentence', (given, sentence) => {
  expect(() => parseCase(given)).toThrow(sentence);
});
