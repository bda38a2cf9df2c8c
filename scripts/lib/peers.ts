/** Other libraries on the same machine, network, batch and optimiser; repetitions interleaved with ours. */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { median, round } from '../measuring.ts';
import { ROOT } from './project.mjs';

type Command = readonly string[];

const node = (name: string): Command => [process.execPath, 'scripts/run.mjs', `peers/${name}`];

interface Contest {
  readonly network: string;
  readonly repetitions: number;
  /** A repetition's, by name; a peer that is left out of a network would take minutes for a step. */
  readonly steps: Readonly<Record<string, number>>;
}

const CONTESTS: readonly Contest[] = [
  { network: 'compact', repetitions: 5, steps: { ours: 200, tfjs: 3, 'jax-js': 3, pytorch: 200 } },
  { network: 'lenets++', repetitions: 3, steps: { ours: 1, pytorch: 1 } },
];

type PeerRow = Readonly<Record<string, string | number>>;

/** Medians, and ours divided by theirs; a peer that is not here is named on stderr. */
export function benchPeers(): PeerRow[] {
  const python = findPython();
  if (python === undefined)
    console.error('The peer pytorch is missing: no python3 on the PATH can import torch.');
  const runners: Record<string, Command> = {
    ours: node('ours'),
    tfjs: node('tfjs'),
    'jax-js': node('jax'),
    ...(python === undefined ? {} : { pytorch: [python, 'scripts/peers/pytorch.py'] }),
  };
  return CONTESTS.flatMap((contest) => compete(contest, runners));
}

function compete(
  { network, repetitions, steps }: Contest,
  runners: Readonly<Record<string, Command>>,
): PeerRow[] {
  const present = Object.entries(runners).filter(([name]) => name in steps);
  const speeds = new Map(present.map(([name]) => [name, [] as number[]]));
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const [name, [command = '', ...args]] of present) {
      const speed = measure(name, command, [...args, String(steps[name]), network]);
      if (speed !== undefined) speeds.get(name)?.push(speed);
      process.stderr.write('.');
    }
  }
  process.stderr.write('\n');
  const ours = speeds.get('ours') ?? [];
  speeds.delete('ours');
  return [...speeds]
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
function measure(name: string, command: string, args: readonly string[]): number | undefined {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8' });
  const speed = Number(stdout);
  if (status === 0 && speed > 0) return speed;
  const sentence = `The peer ${name} failed: ${stderr.trim().split('\n').at(-1)}`;
  if (name === 'ours') throw new Error(sentence);
  console.error(sentence);
  return undefined;
}

/** The first python3 that can import torch: Debian's own is often behind another on the PATH. */
function findPython(): string | undefined {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, 'python3'))
    .filter((file) => existsSync(file))
    .find((file) => spawnSync(file, ['-c', 'import torch']).status === 0);
}
