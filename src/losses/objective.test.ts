import { describe, expect, it } from 'vitest';
import {
  changeAt,
  defaultWarmUp,
  isWarmingUp,
  lossNameOf,
  objectiveAt,
  objectiveOf,
  startingSchedule,
  targetOf,
} from './objective.ts';

const margin = presetNamed('M').objective;
const softmax = presetNamed('S').objective;

describe('schedule', () => {
  it('trains softmax first where the objective has none of its own', () => {
    const schedule = startingSchedule(margin, 100);
    expect(lossNameOf(objectiveAt(schedule, 99))).toBe('softmax');
    expect(objectiveAt(schedule, 100)).toEqual(margin);
    expect(isWarmingUp(schedule, 99)).toBe(true);
    expect(isWarmingUp(schedule, 100)).toBe(false);
    expect(targetOf(schedule)).toEqual(margin);
  });

  it('has no warm-up with softmax on, or with a warm-up of 0', () => {
    expect(startingSchedule(presetNamed('S+C').objective, 100)).toHaveLength(1);
    expect(startingSchedule(margin, 0)).toEqual([{ step: 0, objective: margin }]);
  });

  it('lets a live change act at its step and drops what was planned later', () => {
    const schedule = changeAt(startingSchedule(margin, 100), 40, margin);
    expect(lossNameOf(objectiveAt(schedule, 39))).toBe('softmax');
    expect(objectiveAt(schedule, 40)).toEqual(margin);
    expect(isWarmingUp(schedule, 40)).toBe(false);
    expect(changeAt(schedule, 40, softmax)).toHaveLength(2);
  });
});

it('names the weights of the radios and no others', () => {
  expect(lossNameOf({ ...margin, alphaMinus: 9 })).toBe('margin');
  expect(lossNameOf({ ...margin, lambda0: 0.5 })).toBeUndefined();
});

it('warms up for an epoch, or half of a shorter run', () => {
  expect(defaultWarmUp(9360)).toBe(468);
  expect(defaultWarmUp(101)).toBe(50);
});
