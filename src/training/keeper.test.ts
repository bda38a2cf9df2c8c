import { expect, it } from 'vitest';
import { Keeper } from './keeper.ts';
import type { Checkpoint, HaltedRun } from './protocol.ts';

const at = (step: number, halted?: HaltedRun) => ({ step, runs: [{ halted }] }) as unknown as Checkpoint;

it('is due at once, then after two seconds, or after fifty steps that took their time', () => {
  let now = 0;
  const keeper = new Keeper(() => now);
  expect(keeper.isDue(0)).toBe(true);
  keeper.keep(at(0));
  now = 1999;
  expect(keeper.isDue(49)).toBe(false);
  expect(keeper.isDue(50)).toBe(true);
  now = 2000;
  expect(keeper.isDue(1)).toBe(true);
  keeper.keep(at(1));
  now = 2249;
  expect(keeper.isDue(500)).toBe(false);
  now = 2250;
  expect(keeper.isDue(500)).toBe(true);
});

it('keeps the newest state, and the newest in which all runs learnt', () => {
  const keeper = new Keeper();
  keeper.keep(at(10));
  keeper.keep(at(20, { step: 10, reason: 'its loss is no longer a number' }));
  expect(keeper.last?.step).toBe(20);
  expect(keeper.lockStep?.step).toBe(10);
  keeper.forget();
  expect(keeper.last).toBeUndefined();
  expect(keeper.lockStep).toBeUndefined();
});
