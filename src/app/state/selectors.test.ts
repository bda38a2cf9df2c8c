/** What is selected of the page's state: live, of the past, or of the recording. */

import { describe, expect, it } from 'vitest';
import { frameAt, labAt, pageWith, recordingAt, samples, snapshotAt } from './in-tests.ts';
import {
  createMomentOf,
  curveShown,
  isLive,
  litClassShown,
  neighbouringStep,
  objectiveShown,
  positionShown,
  samplesShown,
  scheduleShown,
  stepShown,
  stepsShown,
  valueShown,
} from './selectors.ts';

const point = (step: number, values: Record<string, number>) => ({ step, values });
/** Live at step 20. */
const live = pageWith({
  samples: samples(),
  frames: [frameAt(0), frameAt(10), frameAt(20)],
  snapshot: snapshotAt(20),
  lab: labAt(20, { schedules: [[], []] }),
  curves: [[point(0, { D1: 1 }), point(10, { D1: 2 }), point(20, { total: 3 })], []],
});
const past = { ...live, at: 15 };
const recorded = { ...live, recording: recordingAt(0, 100), showsRecording: true };

describe('the step shown', () => {
  it('is the newest where nothing else is asked for', () => {
    expect([live, past, recorded].map(stepShown)).toEqual([20, 15, 100]);
    expect([live, past, recorded].map(isLive)).toEqual([true, false, false]);
    expect(stepShown({ ...live, snapshot: snapshotAt(23) })).toBe(23);
  });

  it('is never beyond the timeline', () => {
    expect(stepShown({ ...live, at: 99 })).toBe(20);
    expect(stepsShown(live)).toEqual([0, 20]);
    expect(stepsShown(pageWith())).toEqual([0, 0]);
  });

  it('has neighbours on the timeline', () => {
    const beside = (at: number | undefined) =>
      ([-1, 1] as const).map((direction) => neighbouringStep({ ...live, at }, direction));
    expect([undefined, 15, 10, 0].map(beside)).toEqual([
      [10, 20],
      [10, 20],
      [0, 20],
      [0, 10],
    ]);
    expect(neighbouringStep(pageWith(), 1)).toBe(0);
  });
});

describe('a run', () => {
  it('stands at its own position, in the recording at that of its objective or of what is most like it', () => {
    expect([0, 1].map((run) => positionShown(live, run))).toEqual([0, 1]);
    expect([0, 1, 2].map((run) => positionShown(recorded, run))).toEqual([0, 0, -1]);
  });

  it('has the objective of the schedule at the step shown, before there is one that of the experiment', () => {
    const [first, second] = live.experiment.runs.map(({ objective }) => objective);
    if (first === undefined || second === undefined) throw new Error('There are two runs.');
    const schedule = [
      { step: 0, objective: first },
      { step: 17, objective: second },
    ];
    const switched = { ...live, lab: labAt(20, { schedules: [schedule, []] }) };
    expect(scheduleShown(switched, 0)).toBe(schedule);
    expect(objectiveShown(switched, 0)).toEqual(second);
    expect(objectiveShown({ ...switched, at: 15 }, 0)).toEqual(first);
    expect(objectiveShown(pageWith(), 1)).toEqual(second);
    expect(objectiveShown(recorded, 1)).toEqual(second);
  });

  it('has the newest value at or before the step shown', () => {
    expect(valueShown(live, 0, 'D1')).toBe(2);
    expect(valueShown(live, 0, 'total')).toBe(3);
    expect(valueShown(past, 0, 'D1')).toBe(2);
    expect(valueShown({ ...past, at: 9 }, 0, 'D1')).toBe(1);
    expect(valueShown(past, 0, 'total')).toBeUndefined();
    expect(valueShown(live, 1, 'D1')).toBeUndefined();
  });

  it('has the recording’s curves while that is shown, made once', () => {
    expect(curveShown(recorded, 1)).toEqual([point(0, { D1: 0 }), point(100, { D1: 100 })]);
    expect(curveShown(recorded, 1)).toBe(curveShown({ ...recorded, at: 3 }, 1));
    expect(curveShown(recorded, 2)).toEqual([]);
  });
});

describe('a moment', () => {
  it('is the live snapshot itself', () => {
    expect(createMomentOf()(live, 1)).toBe(live.snapshot?.runs[1]);
  });

  it('is the identical object until something of it changes', () => {
    const momentOf = createMomentOf();
    const moment = momentOf(past, 0);
    expect(moment?.features[0]).toBeCloseTo(15, 1);
    expect(momentOf({ ...past, litClass: 3 }, 0)).toBe(moment);
    expect(momentOf({ ...past, at: 16 }, 0)).not.toBe(moment);
  });

  it('holds its features until the second one after it', () => {
    const momentOf = createMomentOf();
    const [first, second, third] = [11, 12, 13].map((at) => momentOf({ ...past, at }, 0));
    expect(second?.features).not.toBe(first?.features);
    expect(third?.features).toBe(first?.features);
  });

  it('is nothing where the recording has no such run', () => {
    expect(createMomentOf()(recorded, 2)).toBeUndefined();
    expect(createMomentOf()(recorded, 1)?.features[0]).toBeCloseTo(100, 1);
  });
});

it('has the samples of what is shown', () => {
  expect(samplesShown(live)).toBe(live.samples);
  expect(samplesShown(recorded)).toBe(recorded.recording);
});

it('lights the class under the pointer, else the pinned one', () => {
  expect(
    [{}, { pinnedClass: 2 }, { pinnedClass: 2, litClass: 0 }].map((part) => litClassShown(pageWith(part))),
  ).toEqual([undefined, 2, 0]);
});
