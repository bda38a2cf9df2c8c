import { describe, expect, it } from 'vitest';
import { Keeper } from './keeper.ts';
import type { Checkpoint, HaltedRun } from './protocol.ts';

/** A state of runs that are halted so. */
const at = (step: number, ...halted: (HaltedRun | undefined)[]) =>
  ({
    step,
    runs: halted.map((own) => ({ halted: own })),
    experiment: { runs: halted },
  }) as unknown as Checkpoint;

it('is due at once, then after two seconds, or after fifty steps that took their time', () => {
  let now = 0;
  const keeper = new Keeper(() => now);
  expect(keeper.isDue(0)).toBe(true);
  keeper.keep(at(0, undefined));
  now = 1999;
  expect(keeper.isDue(49)).toBe(false);
  expect(keeper.isDue(50)).toBe(true);
  now = 2000;
  expect(keeper.isDue(1)).toBe(true);
  keeper.keep(at(1, undefined));
  now = 2249;
  expect(keeper.isDue(500)).toBe(false);
  now = 2250;
  expect(keeper.isDue(500)).toBe(true);
});

describe('while a run waits', () => {
  const halted = { step: 10, reason: 'its loss is no longer a number' };

  it('keeps the newest state, and the newest in which all runs learnt', () => {
    const keeper = new Keeper();
    keeper.keep(at(10, undefined, undefined));
    keeper.keep(at(20, halted, undefined));
    expect(keeper.last).toEqual({ ...at(20, halted, undefined), lastGood: at(10, undefined, undefined) });
    expect(keeper.lastGood).toEqual(at(10, undefined, undefined));
    keeper.forget();
    expect(keeper.last).toBeUndefined();
    expect(keeper.lastGood).toBeUndefined();
  });

  it('takes over from the worker before it what that one went back to', () => {
    const keeper = new Keeper();
    const lastGood = at(10, undefined);
    keeper.keep({ ...at(20, halted), lastGood });
    keeper.keep(at(30, halted));
    expect(keeper.last).toEqual({ ...at(30, halted), lastGood });
  });

  it('forgets the run that is removed, everywhere', () => {
    const keeper = new Keeper();
    keeper.keep(at(10, undefined, undefined));
    keeper.keep(at(20, undefined, halted));
    keeper.removeRun(0);
    expect(keeper.last).toMatchObject({ step: 20, runs: [{ halted }], lastGood: { step: 10 } });
    expect(keeper.lastGood?.runs).toHaveLength(1);
    keeper.removeRun(0);
    expect(keeper.last).toBeUndefined();
    expect(keeper.lastGood).toBeUndefined();
  });

  it('needs no way back once all runs learn again', () => {
    const keeper = new Keeper();
    keeper.keep(at(10, undefined, undefined));
    keeper.keep(at(20, halted, undefined));
    keeper.removeRun(0);
    keeper.keep(at(30, undefined));
    expect(keeper.last).toBe(keeper.lastGood);
  });
});
