/** `npm run study` as it is called: tasks one by one and side by side, joined; what is wrong is a sentence. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandInTests, temporaryFolder } from './in-tests.ts';
import { UsageError } from './lib/commands.mjs';
import { fileOf, numbersText, parsePlan } from './study-plan.ts';

const study = commandInTests('study');
const FOUR = {
  name: 'four',
  flags: ['--epochs', '0.002'],
  grid: { preset: ['S', 'M'] },
  tasks: [
    ['--preset', 'S', '--seed', '2'],
    ['--head', 'arcface'],
  ],
};

function written(plan: unknown): { file: string; folder: string } {
  const folder = temporaryFolder();
  const file = path.join(folder, 'plan.json');
  writeFileSync(file, JSON.stringify(plan));
  return { file, folder: path.join(folder, 'results') };
}

describe('a study', () => {
  it('lists its tasks, does one, then those that are missing, and joins them in their order', () => {
    const { file, folder } = written(FOUR);
    const listed = study(['list', file]);
    const tasks = listed.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(tasks.map(({ task, file: name }) => [task, name])).toEqual(
      [0, 1, 2, 3].map((task) => [task, `task-${task}.json`]),
    );
    expect(study(['run', file, '--task', '2', '--out', folder]).status).toBe(0);
    expect(readdirSync(folder)).toEqual(['task-2.json']);
    const early = study(['merge', file, '--out', folder]);
    expect([early.status, early.stderr]).toEqual([1, `3 of 4 tasks have no result in ${folder}: 0-1, 3.\n`]);
    const rest = study(['run', file, '--out', folder, '--jobs', '2']);
    expect([rest.status, rest.stderr]).toEqual([
      0,
      expect.stringContaining('1 of 4 tasks are finished already.\n'),
    ]);
    expect(study(['merge', file, '--out', folder]).status).toBe(0);
    const lines = readFileSync(`${folder}.jsonl`, 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).command)).toEqual(tasks.map(({ command }) => command));

    // Another plan's results are not taken for its own, and results of other code are not joined.
    const other = written({ ...FOUR, tasks: [] });
    const foreign = study(['merge', other.file, '--out', folder]);
    expect(foreign.status).toBe(0);
    const last = path.join(folder, 'task-3.json');
    const line = JSON.parse(readFileSync(last, 'utf8'));
    writeFileSync(last, JSON.stringify({ ...line, commit: 'another' }));
    expect(study(['merge', file, '--out', folder]).stderr).toMatch(
      /commit is .+ here and another there\.\n$/,
    );
    writeFileSync(last, JSON.stringify({ ...line, command: [] }));
    expect(study(['run', file, '--out', folder]).stderr).toMatch(
      /task-3\.json is the result of another task/,
    );
  });
});

describe('a plan', () => {
  it.each([
    ['{', 'no JSON'],
    ['{"name":"a/b"}', 'name: name is letters'],
    ['{"name":"a","extra":1}', 'extra: '],
    ['{"name":"a"}', 'has no tasks'],
    ['{"name":"a","tasks":[["--preset","S","--seeds","2"]]}', 'it is 2 runs'],
    ['{"name":"a","tasks":[["--preset","S"],["--lambda","1,0,0"]]}', 'tasks 0 and 1 are the same run'],
    ['{"name":"a","tasks":[["--colour","red"]]}', 'There is no flag --colour'],
    ['{"name":"a","grid":{"seed":[]}}', 'grid.seed: '],
  ])('%s is refused: %s', (text, sentence) => {
    expect(() => parsePlan(text, 'plan.json')).toThrow(UsageError);
    expect(() => parsePlan(text, 'plan.json')).toThrow(sentence);
  });

  it('has files whose names sort as its tasks, and ranges as engines take them', () => {
    expect([fileOf(7, 10), fileOf(7, 11), fileOf(999, 1000)]).toEqual([
      'task-7.json',
      'task-07.json',
      'task-999.json',
    ]);
    expect(numbersText([0, 1, 2, 5, 7, 8])).toBe('0-2, 5, 7-8');
  });
});
