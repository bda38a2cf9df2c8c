/** Other libraries on the same machine, network, batch and optimiser; repetitions interleaved with ours. */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './setup.mjs';

const REPETITIONS = 5;
const STEPS = { ours: 150, tfjs: 3, pytorch: 150 };

/** Medians, and ours divided by theirs; a peer that is not here is named on stderr. */
export function benchPeers() {
  const python = findPython();
  if (python === undefined)
    console.error('The peer pytorch is missing: no python3 on the PATH can import torch.');
  console.error('The peer jax-js is not measured yet.');
  const runners = {
    ours: [process.execPath, ['scripts/run.mjs', 'peers/ours']],
    tfjs: [process.execPath, ['scripts/run.mjs', 'peers/tfjs']],
    ...(python === undefined ? {} : { pytorch: [python, ['scripts/peers/pytorch.py']] }),
  };
  const speeds = Object.fromEntries(Object.keys(runners).map((name) => [name, []]));
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    for (const [name, [command, args]] of Object.entries(runners)) {
      speeds[name].push(measure(name, command, [...args, String(STEPS[name])]));
    }
  }
  const { ours, ...peers } = speeds;
  return Object.entries(peers).map(([name, values]) => ({
    name,
    network: 'compact',
    imagesPerSecond: round(median(values)),
    lowest: round(Math.min(...values)),
    highest: round(Math.max(...values)),
    ours: round(median(ours)),
    ratio: Math.round((100 * median(ours)) / median(values)) / 100,
  }));
}

function measure(name, command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8' });
  const speed = Number(stdout);
  if (status !== 0 || !(speed > 0))
    throw new Error(`The peer ${name} failed: ${stderr.trim().split('\n').at(-1)}`);
  return speed;
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
