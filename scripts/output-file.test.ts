/** A file that a command writes at its end. */

import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from './in-tests.ts';
import { openOutput } from './lib/output-file.ts';

it('stays as it was until all of the new one is written, behind a link, too', async () => {
  const file = path.join(temporaryFolder(), 'a.csv');
  const link = path.join(temporaryFolder(), 'link.csv');
  writeFileSync(file, 'before');
  symlinkSync(file, link);
  const output = await openOutput(link);
  expect(readFileSync(file, 'utf8')).toBe('before');
  await output.write('after');
  expect([readFileSync(file, 'utf8'), readFileSync(link, 'utf8')]).toEqual(['after', 'after']);
  expect(readdirSync(path.dirname(file))).toEqual(['a.csv']);
});

it.each([
  ['nowhere/a.csv', 'there is no such folder'],
  ['file/a.csv', 'a file is in the place of a folder'],
  ['folder', 'it is a folder'],
  [`${'a'.repeat(300)}.csv`, 'the name is too long'],
])('%.20s is refused with a sentence', async (name, reason) => {
  const here = temporaryFolder();
  mkdirSync(path.join(here, 'folder'));
  writeFileSync(path.join(here, 'file'), '');
  const target = path.join(here, name);
  await expect(openOutput(target)).rejects.toThrow(`${target} can’t be written: ${reason}.`);
  expect(readdirSync(here).sort()).toEqual(['file', 'folder']);
});
