/** What a page hands over to be kept: all once, then what is new, whatever the length of the timeline. */

import { describe, expect, it } from 'vitest';
import { type CurvePoint, withPoint } from '../../timeline/history.ts';
import { bytesOf, type Frame, withFrame } from '../../timeline/timeline.ts';
import { frameAt } from '../state/in-tests.ts';
import { FrameLog, KEPT_TIMELINE } from './frame-log.ts';
import { changedCurve, curveChanges } from './session-update.ts';

/** What has been handed over, put together. */
class Kept {
  frames: readonly Frame[] = [];

  take({ isWhole, until, fresh }: ReturnType<FrameLog['take']>): void {
    const stays = isWhole ? [] : this.frames.filter(({ step }) => step < until);
    this.frames = [...stays, ...fresh];
  }
}

const stepsOf = (frames: readonly Frame[]) => frames.map(({ step }) => step);

describe('a timeline', () => {
  it('is handed over in pieces that do not grow with it', () => {
    const log = new FrameLog();
    const budget = 1000 * bytesOf(frameAt(0));
    let frames: readonly Frame[] = [];
    const sizes: number[] = [];
    for (let step = 0; step < 3000; step++) {
      frames = withFrame(frames, frameAt(step), budget);
      log.follow(frames);
      if (step % 10 === 9) sizes.push(log.take().fresh.length);
    }
    expect(frames.length).toBe(1000);
    expect(new Set(sizes)).toEqual(new Set([10]));
  });

  it('is the same on the other side after frames were replaced, cut off and begun anew', () => {
    const log = new FrameLog();
    const kept = new Kept();
    const changes: ((frames: readonly Frame[]) => readonly Frame[])[] = [
      (frames) => withFrame(frames, frameAt(10)),
      (frames) => withFrame(frames, frameAt(20)),
      (frames) => withFrame(frames, frameAt(20)),
      // A worker that took over began again at an earlier step.
      (frames) => frames.filter(({ step }) => step <= 10),
      (frames) => withFrame(frames, frameAt(15)),
      (frames) => withFrame(frames, frameAt(30)),
      (frames) => withFrame(frames, frameAt(5)),
      () => [],
      (frames) => withFrame(frames, frameAt(0)),
      (frames) => withFrame(frames, frameAt(40)),
    ];
    for (const every of [1, 2, 3, 5]) {
      let frames: readonly Frame[] = [frameAt(0)];
      log.follow(frames);
      for (const [index, change] of changes.entries()) {
        frames = change(frames);
        log.follow(frames);
        if (index % every === 0) {
          kept.take(log.take());
          expect(stepsOf(kept.frames)).toEqual(stepsOf(frames));
          expect(kept.frames).toEqual(frames);
        }
      }
    }
  });

  it('that nobody asked for is handed over thinned, with its first and its newest frame', () => {
    const log = new FrameLog();
    const samples = 20_000;
    const most = Math.floor(KEPT_TIMELINE / bytesOf(frameAt(0, 2, samples)));
    const frames = Array.from({ length: 3 * most }, (_, step) => frameAt(step, 2, samples));
    log.follow(frames.slice(0, 1));
    log.take();
    for (let count = 2; count <= frames.length; count++) log.follow(frames.slice(0, count));
    const { isWhole, fresh } = log.take();
    expect(isWhole).toBe(true);
    expect(fresh).toHaveLength(most);
    expect([fresh[0], fresh.at(-1)]).toEqual([frames[0], frames.at(-1)]);
  });
});

it('curves are handed over as their new points, and come out the same', () => {
  let before: readonly CurvePoint[] = [];
  let kept: readonly CurvePoint[] = [];
  let now: readonly CurvePoint[] = [];
  let most = 0;
  for (let step = 0; step < 500; step++) {
    now = withPoint(now, { step, values: { total: step } }, 100);
    if (step % 7 !== 0) continue;
    const changes = curveChanges(before, now);
    kept = changedCurve(kept, changes);
    before = now;
    expect(kept).toEqual(now);
    if (changes.same > 1) most = Math.max(most, changes.fresh.length);
  }
  expect(most).toBeLessThanOrEqual(8);
});
