/** Other libraries on the same machine, network, batch and optimiser; repetitions interleaved with ours. */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './setup.mjs';

const node = (name) => [process.execPath, ['scripts/run.mjs', `peers/${name}`]];

/** Steps a repetition, by network; a peer that is left out of a network would take minutes for a step. */
const CONTESTS = [
  { network: 'compact', repetitions: 5, steps: { ours: 200, tfjs: 3, 'jax-js': 3, pytorch: 200 } },
  { network: 'lenets++', repetitions: 3, steps: { ours: 1, pytorch: 1 } },
];

/** Medians, and ours divided by theirs; a peer that is not here is named on stderr. */
export function benchPeers() {
  const python = findPython();
  if (python === undefined)
    console.error('The peer pytorch is missing: no python3 on the PATH can import torch.');
  const runners = {
    ours: node('ours'),
    tfjs: node('tfjs'),
    'jax-js': node('jax'),
    ...(python === undefined ? {} : { pytorch: [python, ['scripts/peers/pytorch.py']] }),
  };
  return CONTESTS.flatMap((contest) => compete(contest, runners));
}

function compete({ network, repetitions, steps }, runners) {
  const present = Object.keys(steps).filter((name) => name in runners);
  const speeds = Object.fromEntries(present.map((name) => [name, []]));
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const name of present) {
      const [command, args] = runners[name];
      const speed = measure(name, command, [...args, String(steps[name]), network]);
      if (speed !== undefined) speeds[name].push(speed);
      process.stderr.write('.');
    }
  }
  process.stderr.write('\n');
  const { ours, ...peers } = speeds;
  return Object.entries(peers)
    .filter(([, values]) => values.length === repetitions)
    .map(([name, values]) => ({
      name,
      network,
      imagesPerSecond: round(median(values)),
      lowest: round(Math.min(...values)),
      highest: round(Math.max(...values)),
      ours: round(median(ours)),
      ratio: Math.round((100 * median(ours)) / median(values)) / 100,
    }));
}

/** Images a second, or undefined after a line on stderr where a peer fails; ours must not. */
function measure(name, command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8' });
  const speed = Number(stdout);
  if (status === 0 && speed > 0) return speed;
  const sentence = `The peer ${name} failed: ${stderr.trim().split('\n').at(-1)}`;
  if (name === 'ours') throw new Error(sentence);
  console.error(sentence);
  return undefined;
}

/** The first python3 that can import torch: Debian's own is often behind another on the PATH. */
function findPython() {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, 'python3'))
    .filter((file) => existsSync(file))
    .find((file) => spawnSync(file, ['-c', 'import torch']).status === 0);
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function round(value) {
  return Math.round(value * 10) / 10;
}
