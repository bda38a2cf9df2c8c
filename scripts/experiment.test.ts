/** `npm run experiment` as it is called: its line of JSON, its features, its refusals. */

import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { commandInTests } from './in-tests.ts';

const experiment = commandInTests('experiment');
const run = (...flags: string[]) => experiment(flags);

it('prints one line of JSON a run, the same measures each time, and the features', () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'experiment-')), 'features.csv');
  const flags = ['--preset', 'M', '--epochs', '0.02', '--seed', '1', '--json'];
  const first = run(...flags, '--features', file);
  expect(first.stderr).toBe('');
  expect(first.status).toBe(0);
  const result = JSON.parse(first.stdout);
  expect(Object.keys(result).slice(0, 9)).toEqual([
    'preset',
    'seed',
    'network',
    'data',
    'epochs',
    'steps',
    'seconds',
    'backend',
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
  expect([lines[0], lines[1]?.split(',')[0]]).toEqual(['label,x,y', '7']);
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
  expect([stdout, stderr, status]).toEqual(['', "Unknown option '--colour'.\n", 2]);
});

it('says before it trains that the features have nowhere to go', () => {
  const { stdout, stderr, status } = run('--preset', 'M', '--features', '/nowhere/features.csv');
  expect([stdout, status]).toEqual(['', 2]);
  expect(stderr).toContain('there is no folder /nowhere');
});
