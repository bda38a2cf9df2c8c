import { describe, expect, it } from 'vitest';
import { ObjectiveError, objectiveOf, weightedTerm, withTerm } from './objective.ts';
import { presetLike, presetNamed } from './presets.ts';
import {
  changeAt,
  defaultWarmUp,
  isWarmingUp,
  objectiveActingAt,
  objectiveAt,
  parseSchedule,
  startingSchedule,
  targetOf,
} from './schedule.ts';

const margin = presetNamed('M').objective;
const softmax = presetNamed('S').objective;
const arcface = presetNamed('arcface').objective;

describe('schedule', () => {
  it.each([
    ['margin', margin],
    ['center alone', objectiveOf({ head: 0, centre: 1, metric: 0 })],
    ['nothing', objectiveOf({ head: 0, centre: 0, metric: 0 })],
    ['ArcFace', arcface],
    ['ArcFace beside margin', withTerm(arcface, 'metric', { weight: 0.1 })],
  ])('trains softmax first for %s', (_, objective) => {
    const schedule = startingSchedule(objective, 100);
    expect(presetLike(objectiveAt(schedule, 99))?.name).toBe('S');
    expect(objectiveAt(schedule, 100)).toEqual(objective);
    expect(isWarmingUp(schedule, 99)).toBe(true);
    expect(isWarmingUp(schedule, 100)).toBe(false);
    expect(targetOf(schedule)).toEqual(objective);
  });

  it('keeps the knobs through the softmax beginning', () => {
    const wide = withTerm(margin, 'metric', { knobs: { alphaPlus: 1, alphaMinus: 9 } });
    expect(startingSchedule(wide, 10)[0]?.objective.metric).toEqual({ ...wide.metric, weight: 0 });
  });

  it('has no warm-up with softmax on, or with a warm-up of 0', () => {
    expect(startingSchedule(presetNamed('S+C').objective, 100)).toHaveLength(1);
    expect(startingSchedule(presetNamed('S+C+M').objective, 100)).toHaveLength(1);
    expect(startingSchedule(margin, 0)).toEqual([{ step: 0, objective: margin }]);
  });

  it('lets a live change act at its step and drops what was planned later', () => {
    const schedule = changeAt(startingSchedule(margin, 100), 40, margin);
    expect(presetLike(objectiveAt(schedule, 39))?.name).toBe('S');
    expect(objectiveAt(schedule, 40)).toEqual(margin);
    expect(isWarmingUp(schedule, 40)).toBe(false);
    expect(changeAt(schedule, 40, softmax)).toHaveLength(2);
  });

  it('is no warm-up where another head than softmax came first', () => {
    const schedule = [
      { step: 0, objective: withTerm(softmax, 'head', weightedTerm('normface', 1)) },
      { step: 10, objective: margin },
    ];
    expect(isWarmingUp(schedule, 5)).toBe(false);
  });
});

it('warms up for an epoch, or half of a shorter run', () => {
  expect(defaultWarmUp(9360)).toBe(468);
  expect(defaultWarmUp(101)).toBe(50);
});

describe('a schedule from outside', () => {
  const entry = (step: unknown) => ({ step, objective: margin });

  it('comes back as it was', () => {
    const schedule = startingSchedule(arcface, 20);
    expect(parseSchedule(JSON.parse(JSON.stringify(schedule)))).toEqual(schedule);
  });

  it.each([
    ['nothing', undefined],
    ['no entry', []],
    ['a late beginning', [entry(1)]],
    ['steps that fall', [entry(0), entry(5), entry(4)]],
    ['half a step', [entry(0), entry(1.5)]],
    ['an entry that is none', [null]],
    ['no objective', [{ step: 0 }]],
  ])('with %s is refused', (_, value) => {
    expect(() => parseSchedule(value)).toThrow(ObjectiveError);
  });
});

describe('what a term anneals by itself', () => {
  const annealed = presetNamed('a-softmax').objective;
  const lambdaAt = (schedule: Parameters<typeof objectiveAt>[0], step: number) =>
    objectiveActingAt(schedule, step).head.knobs.lambda;

  it('falls as in the official code, from the step at which the term begins to act', () => {
    const schedule = changeAt([{ step: 0, objective: softmax }], 100, annealed);
    expect(lambdaAt(schedule, 99)).toBeUndefined();
    expect(lambdaAt(schedule, 100)).toBeCloseTo(1000 / 1.12, 9);
    expect(lambdaAt(schedule, 100 + 935)).toBeCloseTo(1000 / (1 + 0.12 * 936), 9);
    expect(lambdaAt(schedule, 100 + 5000)).toBe(5);
  });

  it('goes on through changes of its knobs and of other terms, and begins anew after a rest', () => {
    const wider = withTerm(annealed, 'head', { knobs: { m: 2, lambdaMin: 0 } });
    const changed = changeAt(
      changeAt([{ step: 0, objective: annealed }], 50, wider),
      60,
      withTerm(wider, 'centre', { weight: 0.1 }),
    );
    expect(lambdaAt(changed, 70)).toBeCloseTo(1000 / (1 + 0.12 * 71), 9);
    const rested = changeAt(changeAt(changed, 80, softmax), 90, annealed);
    expect(lambdaAt(rested, 90)).toBeCloseTo(1000 / 1.12, 9);
  });

  it('stands where it is given', () => {
    const fixed = withTerm(annealed, 'head', { knobs: { ...annealed.head.knobs, lambda: 3 } });
    expect(lambdaAt([{ step: 0, objective: fixed }], 7)).toBe(3);
    expect(parseSchedule([{ step: 0, objective: fixed }])).toEqual([{ step: 0, objective: fixed }]);
  });

  it('is nothing of other terms', () => {
    expect(objectiveActingAt([{ step: 0, objective: margin }], 7)).toBe(margin);
  });
});
