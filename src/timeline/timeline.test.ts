import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpolate, quantise } from './quantise.ts';
import { type Frame, frameBefore, momentBetween, neighbours, withFrame, withoutRun } from './timeline.ts';

/** A frame of one run whose two points lie at (step, 0) and (0, −step). */
function frame(step: number): Frame {
  const run = {
    points: quantise(Float32Array.from([step, 0, 0, -step])),
    centres: new Float32Array(20).fill(step),
    means: new Float32Array(20),
    predictions: new Uint8Array(2),
    measures: { D1: step },
  };
  return { step, runs: [run] };
}

describe('quantised features', () => {
  it('come back within half a level', () => {
    fc.assert(
      fc.property(
        fc.float32Array({ minLength: 1, noNaN: true, noDefaultInfinity: true, min: -1e4, max: 1e4 }),
        (features) => {
          const quantised = quantise(features);
          const back = interpolate(quantised, quantised, 0);
          const bound = quantised.level * 0.51 + 1e-3;
          expect(features.every((value, i) => Math.abs(value - (back[i] as number)) <= bound)).toBe(true);
        },
      ),
    );
  });

  it('are never NaN or infinite', () => {
    expect(() => quantise(Float32Array.from([1, Number.NaN]))).toThrow(RangeError);
  });
});

describe('the timeline', () => {
  const all = (steps: readonly number[], budget?: number) =>
    steps.reduce<readonly Frame[]>((frames, step) => withFrame(frames, frame(step), budget), []);
  const count = (n: number) => Array.from({ length: n }, (_, i) => i);

  it('stays in its budget, keeps the first and the newest, and stays even', () => {
    const steps = all(count(500), 20_000).map(({ step }) => step);
    expect(steps.length).toBeLessThan(40);
    expect(steps.length).toBeGreaterThan(20);
    expect([steps[0], steps.at(-1)]).toEqual([0, 499]);
    const gaps = steps.slice(1).map((step, i) => step - (steps[i] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(64);
  });

  it('drops what follows when the step goes back', () => {
    expect(all([0, 5, 9, 3]).map(({ step }) => step)).toEqual([0, 3]);
  });

  it('finds the frame before a step', () => {
    const frames = all([0, 10, 30]);
    expect([-1, 0, 9.5, 10, 99].map((step) => frameBefore(frames, step))).toEqual([-1, 0, 0, 1, 2]);
  });

  it('interpolates between frames and holds at the ends', () => {
    const frames = all([10, 30]);
    const at = (step: number) => {
      const { before, after, t } = neighbours(frames, step);
      const from = before?.runs[0];
      if (from === undefined) throw new Error('There is no frame.');
      return momentBetween(from, after?.runs[0] ?? from, t);
    };
    expect(at(15).features[0]).toBeCloseTo(15, 2);
    expect(at(0).features[0]).toBeCloseTo(10, 2);
    expect(at(99).features[0]).toBeCloseTo(30, 2);
    expect(at(20).centres[3]).toBeCloseTo(20, 5);
    expect(at(20).measures).toEqual({ D1: 10 });
    expect(neighbours([], 20)).toEqual({ before: undefined, after: undefined, t: 0 });
  });

  it('forgets a run that is removed', () => {
    expect(withoutRun(all([1]), 0)[0]?.runs).toEqual([]);
  });
});
