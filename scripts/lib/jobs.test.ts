/** Tasks side by side, in real processes. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../in-tests.ts';
import { sideBySide } from './jobs.ts';
import { openKept } from './kept-lines.ts';

it('all tasks are done, one that is killed once more, and one that fails is named', async () => {
  const folder = temporaryFolder();
  const killedOnce = path.join(folder, 'killed');
  const tasks = [
    { name: 'fine', args: ['say', 'one'] },
    { name: 'killed once', args: ['killed-unless', killedOnce] },
    { name: 'killed always', args: ['killed-unless', path.join(folder, 'nowhere/at/all')] },
    { name: 'fails', args: ['fail', 'It had a reason.'] },
    { name: 'last', args: ['say', 'two'] },
  ];
  const done: [string, string][] = [];
  const failures = await sideBySide('lib/jobs-in-tests', tasks, 2, async ({ name }, output) => {
    done.push([name, output.trim()]);
  });
  expect(done.sort()).toEqual([
    ['fine', 'one'],
    ['killed once', 'alive'],
    ['last', 'two'],
  ]);
  expect(failures.map(({ sentence }) => sentence).sort()).toEqual([
    'fails: It had a reason.',
    'killed always: it was ended by SIGKILL, 2 times.',
  ]);
  expect(existsSync(killedOnce)).toBe(true);
});

it('a file of finished runs goes on where it was cut off, and takes no other file for one', async () => {
  const file = path.join(temporaryFolder(), 'kept.jsonl');
  const line = (seed: number) => JSON.stringify({ preset: 'S', command: ['--seed', String(seed)] });
  const kept = await openKept(file);
  await kept.add(line(1));
  writeFileSync(file, line(2).slice(0, 20), { flag: 'a' });
  const again = await openKept(file);
  expect(again.lineOf(['--seed', '1'])).toBe(line(1));
  expect(again.lineOf(['--seed', '2'])).toBeUndefined();
  await again.add(line(2));
  expect(readFileSync(file, 'utf8')).toBe(`${line(1)}\n${line(2)}\n`);
  const other = path.join(temporaryFolder(), 'notes.txt');
  for (const text of ['My notes', 'My notes\n']) {
    writeFileSync(other, text);
    await expect(openKept(other)).rejects.toThrow('Line 1 of');
    expect(readFileSync(other, 'utf8')).toBe(text);
  }
});
