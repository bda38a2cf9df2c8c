/** How many cores compute, on a machine of make-believe: what a turn takes is told, not timed. */

import { expect, it } from 'vitest';
import { Cores } from './cores.ts';
import type { FromLane } from './messages.ts';
import type { LaneWorker } from './pool.ts';

function coresOf(machine: number, answers: FromLane = { type: 'ready' }) {
  let started = 0;
  let ended = 0;
  const told: number[] = [];
  const start = (): LaneWorker => {
    started++;
    return {
      post() {},
      listen: (onMessage) => queueMicrotask(() => onMessage(answers)),
      terminate: () => ended++,
    };
  };
  const cores = new Cores({
    start,
    machine,
    onLost: () => {},
    onChange: (computing) => told.push(computing),
  });
  /** Turns of training, with this many milliseconds a step by how many compute. */
  const train = async (milliseconds: (computing: number) => number, turns = 40) => {
    for (let i = 0; i < turns; i++) {
      cores.turn(10, 10 * milliseconds(cores.computing));
      await Promise.resolve();
    }
  };
  return { cores, told, train, alive: () => started - ended };
}

it('starts nothing before training, and nothing where the backend shares no steps', async () => {
  const { cores, alive } = coresOf(8);
  cores.choose(3);
  cores.open(false);
  cores.begin('compact');
  expect(alive()).toBe(0);
  const other = coresOf(8);
  other.cores.open(true);
  expect(other.alive()).toBe(0);
});

it('takes by itself as many as are fastest, four at most, and leaves one for the page', async () => {
  for (const [machine, milliseconds, best] of [
    [1, () => 1, 1],
    [2, (n) => 1 / n, 1],
    [3, (n) => 1 / n, 2],
    [16, (n) => 1 / n, 4],
    // Beyond two they are in each other's way.
    [16, (n) => 1 + Math.abs(n - 2), 2],
    [16, (n) => n, 1],
  ] as [number, (computing: number) => number, number][]) {
    const { cores, told, train, alive } = coresOf(machine);
    cores.open(true);
    cores.begin('compact');
    await train(milliseconds);
    expect([machine, cores.computing, alive()]).toEqual([machine, best, best - 1]);
    expect(told).toEqual(best === 1 ? [] : [best]);
    cores.begin('compact');
    await train(() => 5);
    expect(cores.computing).toBe(best);
  }
});

it('does what the reader says, in the midst of training too', async () => {
  const { cores, told, train, alive } = coresOf(2);
  cores.open(true);
  cores.begin('compact');
  await train((n) => 1 / n);
  cores.choose(5);
  await Promise.resolve();
  expect([cores.computing, alive()]).toEqual([5, 4]);
  cores.choose(2);
  expect([cores.computing, alive()]).toEqual([2, 1]);
  cores.choose('auto');
  await train((n) => n);
  expect([cores.computing, alive(), told.at(-1)]).toEqual([1, 0, 1]);
});

it('goes on alone where no lane can compute', async () => {
  const { cores, train, alive } = coresOf(8, { type: 'refused', reason: 'it has no WebAssembly' });
  cores.open(true);
  cores.begin('compact');
  await train(() => 1);
  expect([cores.computing, alive()]).toEqual([1, 0]);
});
