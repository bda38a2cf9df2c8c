import { describe, expect, it } from 'vitest';
import type { Checkpoint, HaltedRun } from '../checkpoint.ts';
import { Checkpoints } from './checkpoints.ts';

/** A state of runs that are halted so. */
const at = (step: number, ...halted: (HaltedRun | undefined)[]) =>
  ({
    step,
    runs: halted.map((own) => ({ halted: own })),
    experiment: { runs: halted },
  }) as unknown as Checkpoint;

it('is due at once, then after two seconds, or after fifty steps that took their time', () => {
  let now = 0;
  const checkpoints = new Checkpoints(() => now);
  expect(checkpoints.isDue(0)).toBe(true);
  checkpoints.keep(at(0, undefined));
  now = 1999;
  expect(checkpoints.isDue(49)).toBe(false);
  expect(checkpoints.isDue(50)).toBe(true);
  now = 2000;
  expect(checkpoints.isDue(1)).toBe(true);
  checkpoints.keep(at(1, undefined));
  now = 2249;
  expect(checkpoints.isDue(500)).toBe(false);
  now = 2250;
  expect(checkpoints.isDue(500)).toBe(true);
});

it('takes in changes at once, and while they come fast, soon', () => {
  let now = 1000;
  const checkpoints = new Checkpoints(() => now);
  expect(checkpoints.waitAfterChange).toBe(0);
  checkpoints.keep(at(0, undefined));
  now = 1100;
  expect(checkpoints.waitAfterChange).toBe(150);
  now = 5000;
  expect(checkpoints.waitAfterChange).toBe(0);
});

describe('while a run waits', () => {
  const halted = { step: 10, reason: 'its loss is no longer a number' };

  it('keeps the newest state, and the newest in which all runs learnt', () => {
    const checkpoints = new Checkpoints();
    checkpoints.keep(at(10, undefined, undefined));
    checkpoints.keep(at(20, halted, undefined));
    expect(checkpoints.last).toEqual({
      ...at(20, halted, undefined),
      lastGood: at(10, undefined, undefined),
    });
    expect(checkpoints.lastGood).toEqual(at(10, undefined, undefined));
    checkpoints.forget();
    expect(checkpoints.last).toBeUndefined();
    expect(checkpoints.lastGood).toBeUndefined();
  });

  it('takes over from the worker before it what that one went back to', () => {
    const checkpoints = new Checkpoints();
    const lastGood = at(10, undefined);
    checkpoints.keep({ ...at(20, halted), lastGood });
    checkpoints.keep(at(30, halted));
    expect(checkpoints.last).toEqual({ ...at(30, halted), lastGood });
  });

  it('forgets the run that is removed, everywhere', () => {
    const checkpoints = new Checkpoints();
    checkpoints.keep(at(10, undefined, undefined));
    checkpoints.keep(at(20, undefined, halted));
    checkpoints.removeRun(0);
    expect(checkpoints.last).toMatchObject({ step: 20, runs: [{ halted }], lastGood: { step: 10 } });
    expect(checkpoints.lastGood?.runs).toHaveLength(1);
    checkpoints.removeRun(0);
    expect(checkpoints.last).toBeUndefined();
    expect(checkpoints.lastGood).toBeUndefined();
  });

  it('needs no way back once all runs learn again', () => {
    const checkpoints = new Checkpoints();
    checkpoints.keep(at(10, undefined, undefined));
    checkpoints.keep(at(20, halted, undefined));
    checkpoints.removeRun(0);
    checkpoints.keep(at(30, undefined));
    expect(checkpoints.last).toBe(checkpoints.lastGood);
  });
});
