/** What all commands have in common, as they are called: their help, before there is anything else. */

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import manifest from '../package.json';
import { COMMANDS, type CommandName, flagsIn, helpOf } from './lib/commands.mjs';

const NAMES = Object.keys(COMMANDS) as CommandName[];

/** As after `git clone`, of which this is all that is needed. */
const root = mkdtempSync(path.join(tmpdir(), 'lab-'));
for (const file of ['scripts', 'package.json']) cpSync(file, path.join(root, file), { recursive: true });
afterAll(() => rmSync(root, { recursive: true, force: true }));
const { LAB_ROOT: _, ...env } = process.env;

const run = (args: readonly string[], preload: readonly string[] = []) =>
  spawnSync(process.execPath, [...preload, path.join(root, 'scripts/run.mjs'), ...args], {
    encoding: 'utf8',
    env,
  });

it('every command has its help', () => {
  for (const name of NAMES) {
    expect(COMMANDS[name].flags).toHaveProperty('help');
    expect(flagsIn(name, ['-h'])).toEqual({ help: true });
    expect(helpOf(name)).toContain(`Usage: ${COMMANDS[name].usage}\n`);
  }
});

it.each(['start', 'experiment', 'test'] as const)(
  '%s --help is answered before anything is installed, and no more is done',
  (name) => {
    const { status, stdout, stderr } = run([name, '--help']);
    expect([status, stderr, stdout]).toEqual([0, '', `${helpOf(name)}\n`]);
    expect(existsSync(path.join(root, 'node_modules'))).toBe(false);
  },
);

it('a command or a flag that there is not is refused before anything is installed', () => {
  const unknown = run(['trane']);
  expect([unknown.status, unknown.stderr]).toEqual([
    2,
    expect.stringContaining('There is no command “trane”: '),
  ]);
  const flag = run(['soak', '--step', '1']);
  expect([flag.status, flag.stderr]).toEqual([2, 'There is no flag --step: did you mean --steps?\n']);
});

it('flags that npm keeps to itself are refused, and a second -- is', () => {
  const npm = spawnSync('npm', ['run', '--silent', 'reproduce', '--write'], {
    cwd: root,
    encoding: 'utf8',
    env,
  });
  expect([npm.status, npm.stderr]).toEqual([
    2,
    'npm has kept --write to itself: flags stand behind --. Usage: npm run reproduce -- [--losses] [--write] [--prove] [--jobs N] [--faces FOLDER]\n',
  ]);
  expect(() => flagsIn('bench', ['--', '--json'])).toThrow('“--” is there for npm, once. Usage: npm run');
});

it('every command of package.json is known', () => {
  const called = Object.values(manifest.scripts).flatMap((line) => /run\.mjs (\S+)/.exec(line)?.[1] ?? []);
  expect(called.filter((name) => !(name in COMMANDS))).toEqual([]);
});
