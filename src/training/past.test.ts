/** What was done to an experiment: in its own words and as the lab's schedules. */

import { describe, expect, it } from 'vitest';
import { presetNamed, runOf } from '../losses/presets.ts';
import { objectiveAt } from '../losses/schedule.ts';
import { afterChange, type Change } from './changes.ts';
import type { Experiment } from './experiment.ts';
import { experimentOf } from './in-tests.ts';
import { begunAnew, isPast, learningRatesOf, scheduleOf, withPast } from './past.ts';

const softmax = presetNamed('S').objective;
const center = presetNamed('S+C').objective;
const margin = presetNamed('M').objective;

const experiment = experimentOf([runOf('S'), runOf('M')], { warmUpSteps: 20 });

/** After changes, each with its step. */
function changedBy(...changes: readonly (readonly [step: number, change: Change])[]): Experiment {
  return changes.reduce((done, [step, change]) => afterChange(done, change, step), experiment);
}
const objective = (run: number, chosen: typeof softmax): Change => ({
  type: 'setObjective',
  run,
  objective: chosen,
});
const rate = (learningRate: number): Change => ({ type: 'setLearningRate', learningRate });
const warmUp = (warmUpSteps: number): Change => ({ type: 'setWarmUp', warmUpSteps });
const pastOf = (done: Experiment) => ({
  schedules: done.runs.map((run) => scheduleOf(run, done.warmUpSteps)),
  learningRates: learningRatesOf(done),
});
const stepsOf = (done: Experiment, run: number) =>
  scheduleOf(done.runs[run] ?? runOf('S'), done.warmUpSteps).map(({ step }) => step);

describe('what was done', () => {
  it('is switches and rates with the steps from which on they hold', () => {
    const done = changedBy([30, objective(0, margin)], [30, rate(5e-4)], [40, objective(0, center)]);
    expect(stepsOf(done, 0)).toEqual([0, 30, 40]);
    expect(stepsOf(done, 1)).toEqual([0, 20]);
    expect(learningRatesOf(done)).toEqual([
      { step: 0, learningRate: 1e-3 },
      { step: 30, learningRate: 5e-4 },
    ]);
    expect([done.learningRate, done.runs[0]?.objective]).toEqual([5e-4, center]);
  });

  it('is nothing before the first step, and where a switch is taken back before it acts', () => {
    const replanned = changedBy([0, objective(0, margin)], [0, rate(5e-4)], [0, warmUp(7)]);
    expect(replanned.runs[0]).toEqual({ title: 'Softmax', objective: margin });
    expect(replanned).not.toHaveProperty('ratesBefore');
    expect(stepsOf(replanned, 0)).toEqual([0, 7]);
    expect(changedBy([9, objective(0, margin)], [9, objective(0, softmax)]).runs[0]).toEqual(runOf('S'));
    expect(changedBy([9, rate(5e-4)], [9, rate(1e-3)])).not.toHaveProperty('ratesBefore');
  });

  it('ends a warm-up as a choice, even for the same loss', () => {
    const done = changedBy([9, objective(1, softmax)]);
    expect(scheduleOf(done.runs[1] ?? runOf('S'), 20).map(({ isWarmUp }) => isWarmUp)).toEqual([
      true,
      undefined,
    ]);
  });

  it('keeps a warm-up as long as it was, whatever the next one will be', () => {
    const done = changedBy([9, warmUp(0)]);
    expect(stepsOf(done, 1)).toEqual([0, 20]);
    const without = afterChange(changedBy([0, warmUp(0)]), warmUp(50), 9);
    expect(stepsOf(without, 1)).toEqual([0]);
    // A run that comes after it is planned by the new one.
    const joined = afterChange(without, { type: 'addRun', run: runOf('M') }, 9);
    expect(stepsOf(joined, 2)).toEqual([0, 50]);
  });

  it('of a plan that has not begun moves the end of its warm-up, and leaves what comes later', () => {
    const planned = changedBy([25, objective(1, center)]);
    expect([0, 10, 30].map((steps) => stepsOf(afterChange(planned, warmUp(steps), 0), 1))).toEqual([
      [0, 25],
      [0, 10, 25],
      [0, 30],
    ]);
  });

  it('is dropped from the step on to which the runs go back; what was changed since holds from there', () => {
    const done = changedBy([30, objective(0, margin)], [40, rate(5e-4)]);
    const back = afterChange(done, { type: 'goBack' }, 25);
    expect(stepsOf(back, 0)).toEqual([0, 25]);
    expect(objectiveAt(scheduleOf(back.runs[0] ?? runOf('S'), 20), 25)).toEqual(margin);
    expect(learningRatesOf(back).at(-1)).toEqual({ step: 25, learningRate: 5e-4 });
  });

  it('is forgotten by a new start', () => {
    const done = changedBy([30, objective(0, margin)], [30, rate(5e-4)]);
    expect(begunAnew(done)).toEqual({
      ...experiment,
      learningRate: 5e-4,
      runs: [{ title: 'Softmax', objective: margin }, runOf('M')],
    });
  });
});

describe('a lab’s word on it', () => {
  const done = changedBy([30, objective(0, margin)], [30, rate(5e-4)], [9, warmUp(50)]);

  it('makes the experiment what it was, and the identical one where that is known', () => {
    expect(withPast(begunAnew(done), pastOf(done))).toEqual(done);
    expect(withPast(done, pastOf(done))).toBe(done);
    expect(isPast(done, pastOf(done))).toBe(true);
    // Another step than the page believed.
    const believed = changedBy([28, objective(0, margin)], [31, rate(5e-4)], [9, warmUp(50)]);
    expect(isPast(believed, pastOf(done))).toBe(false);
    expect(withPast(believed, pastOf(done))).toEqual(done);
  });

  it('says nothing of what has been changed since', () => {
    const changed = afterChange(afterChange(done, objective(0, center), 33), rate(2e-3), 33);
    expect(withPast(changed, pastOf(done))).toBe(changed);
    expect(isPast(changed, pastOf(done))).toBe(false);
    expect(isPast({ ...done, runs: done.runs.slice(1) }, pastOf(done))).toBe(false);
    expect(withPast(done, { schedules: [[], []], learningRates: [] })).toBe(done);
  });
});
