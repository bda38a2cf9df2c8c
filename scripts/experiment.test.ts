/** `npm run experiment` as it is called: its line of JSON, its features, its refusals. */

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { commandInTests, temporaryFolder } from './in-tests.ts';

const experiment = commandInTests('experiment');
const run = (...flags: string[]) => experiment(flags);

it('prints one line of JSON a run, the same measures each time, and the features', () => {
  const file = path.join(temporaryFolder(), 'features.csv');
  const flags = ['--preset', 'M', '--epochs', '0.02', '--seed', '1', '--json'];
  const first = run(...flags, '--features', file);
  expect(first.stderr).toBe('');
  expect(first.status).toBe(0);
  const result = JSON.parse(first.stdout);
  expect(Object.keys(result).slice(0, 13)).toEqual([
    'preset',
    'seed',
    'network',
    'data',
    'epochs',
    'steps',
    'seconds',
    'backend',
    'kernels',
    'commit',
    'command',
    'objective',
    'measures',
  ]);
  expect(result).toMatchObject({
    preset: 'M',
    seed: 1,
    network: 'compact',
    data: 'mnist',
    epochs: 0.02,
    steps: 9,
  });
  for (const name of [
    'D1',
    'D2',
    'D3',
    'D1OnCentres',
    'accuracy',
    'accuracyByTrainingMean',
    'euclideanEER',
  ]) {
    expect(result.measures[name], name).toEqual(expect.any(Number));
  }
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  expect(lines).toHaveLength(10_001);
  expect([lines[0], lines[1]?.split(',')[0]]).toEqual(['label,x,y,prediction', '7']);
  const centres = readFileSync(file.replace('.csv', '.centres.csv'), 'utf8').trim().split('\n');
  expect([centres[0], centres.length]).toEqual(['label,x,y', 11]);
  expect(readdirSync(path.dirname(file))).toEqual(['features.centres.csv', 'features.csv']);
  expect(JSON.parse(run(...flags).stdout).measures).toEqual(result.measures);
});

it('trains in more dimensions and without some digits', () => {
  const { stdout, status } = run(
    '--preset',
    'S',
    '--epochs',
    '0.01',
    '--dim',
    '3',
    '--hold-out',
    '8,9',
    '--json',
  );
  expect(status).toBe(0);
  const { measures, heldOut, dim } = JSON.parse(stdout);
  expect([heldOut, dim]).toEqual([[8, 9], 3]);
  expect(measures.openSetAUROC).toEqual(expect.any(Number));
});

it('refuses what it does not know in one line, with exit code 2', () => {
  const { stdout, stderr, status } = run('--preset', 'M', '--colour', 'red');
  expect([stdout, status]).toEqual(['', 2]);
  expect(stderr).toMatch(/^There is no flag --colour: known are --preset, .*, --help\.\n$/);
});

it('says before it trains that the features have nowhere to go', () => {
  const { stdout, stderr, status } = run('--preset', 'M', '--features', '/nowhere/features.csv');
  expect([stdout, status, stderr]).toEqual([
    '',
    2,
    '/nowhere/features.csv can’t be written: there is no such folder.\n',
  ]);
});

it('ends without a word with the reader of the features', () => {
  const flags = ['--preset', 'S', '--epochs', '0.002', '--json', '--features'];
  const { status, stderr } = experiment.sent(flags, '>(head -1 > /dev/null)');
  expect([status, stderr]).toEqual([141, '']);
});

it('does not train for measures that can’t be printed, features or not', () => {
  const file = path.join(temporaryFolder(), 'features.csv');
  const { status, stderr } = experiment.sent(['--preset', 'S', '--features', file], '>&-');
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^Standard output is closed, .*\n$/)]);
  expect(readdirSync(path.dirname(file))).toEqual([]);
});

it('says what changes nothing, and fails where the features do not fit on the device', () => {
  const { stdout, stderr, status } = run(
    ...['--preset', 'S', '--set', 'rho=1', '--warm-up', '0', '--epochs', '0.002', '--json'],
    ...['--features', '/dev/full'],
  );
  expect(JSON.parse(stdout)).toMatchObject({ preset: 'S', warmUp: 0, steps: 1 });
  expect(stderr.trim().split('\n')).toEqual([
    '--set sets rho of center, whose weight is 0: it changes nothing.',
    '--warm-up changes nothing: what is minimised needs none.',
    '/dev/full can’t be written: there is no space left on the device.',
  ]);
  expect(status).toBe(1);
});

it('trains several runs side by side, prints them in the order asked for, and keeps them for the next time', () => {
  const kept = path.join(temporaryFolder(), 'kept.jsonl');
  const flags = ['--preset', 'S,M', '--epochs', '0.002', '--json', '--keep', kept];
  const first = run(...flags, '--jobs', '2');
  expect([first.status, first.stderr]).toEqual([0, '']);
  const presets = first.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).preset);
  expect(presets).toEqual(['S', 'M']);
  const again = run(...flags, '--jobs', '1');
  expect([again.status, again.stderr, again.stdout]).toEqual([
    0,
    `2 of 2 runs stand in ${kept} already.\n`,
    first.stdout,
  ]);
  const alone = run('--preset', 'M', '--epochs', '0.002', '--json');
  expect(JSON.parse(alone.stdout).measures).toEqual(JSON.parse(first.stdout.split('\n')[1] ?? '').measures);
});
