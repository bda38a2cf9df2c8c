/** The pace of a worker whose clock is set by hand. */

import { describe, expect, it } from 'vitest';
import { Pace } from './pace.ts';

function paced() {
  let now = 0;
  const pace = new Pace(() => now);
  /** Milliseconds until the next snapshot is due, in steps of ten. */
  const untilDue = () => {
    const from = now;
    while (!pace.snapshotIsDue()) now += 10;
    return now - from;
  };
  return { pace, untilDue };
}

describe('snapshots', () => {
  it('come at once, then as often as both worker and page can bear', () => {
    for (const [taking, drawing, interval] of [
      [1, 1, 150],
      [100, 1, 400],
      [1, 200, 800],
    ] as const) {
      const { pace, untilDue } = paced();
      expect(untilDue()).toBe(0);
      pace.snapshotTook(taking);
      pace.drawnIn(drawing);
      expect(untilDue()).toBe(interval);
    }
  });

  it('wait for a page that has not drawn the last one, but not for ever', () => {
    const { pace, untilDue } = paced();
    pace.snapshotTook(1);
    expect(untilDue()).toBe(2000);
    pace.snapshotTook(1);
    pace.drawnIn(1);
    expect(untilDue()).toBe(150);
  });
});

it('tells progress as often as it can be read', () => {
  let now = 0;
  const pace = new Pace(() => now);
  expect(pace.progressIsDue()).toBe(true);
  pace.progressTold();
  now = 199;
  expect(pace.progressIsDue()).toBe(false);
  now = 200;
  expect(pace.progressIsDue()).toBe(true);
});

it('the whole test set is told at most every two seconds where epochs are short', () => {
  let now = 0;
  const pace = new Pace(() => now);
  expect(pace.wholeIsDue()).toBe(true);
  pace.wholeTold();
  now = 1999;
  expect(pace.wholeIsDue()).toBe(false);
  now = 2000;
  expect(pace.wholeIsDue()).toBe(true);
});
