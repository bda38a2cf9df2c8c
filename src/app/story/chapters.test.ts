import { describe, expect, it } from 'vitest';
import type { Moment } from '../../timeline/timeline.ts';
import { pageWith } from '../state/in-tests.ts';
import { CHAPTER_COUNT } from '../state/slices/guide.ts';
import { CHAPTERS } from './chapters.ts';
import { contraryIn, mendedIn, type Shown } from './shown.ts';

/** Three runs of four samples: on a line at 0, 1, 9 and 30; the last one is taken wrongly by the first run. */
function shown(): Shown {
  const labels = Uint8Array.of(0, 1, 0, 1);
  const moment = (predictions: Uint8Array): Moment => ({
    features: Float32Array.of(0, 0, 1, 0, 9, 0, 30, 0),
    centres: new Float32Array(4),
    means: new Float32Array(4),
    agents: undefined,
    predictions,
    measures: { D1: 1, D2OverD1: 4 },
  });
  return {
    moments: [moment(Uint8Array.of(0, 1, 0, 0)), moment(labels), moment(labels)],
    labels,
    indices: Uint32Array.of(7, 8, 9, 10),
    names: ['zero', 'eight'],
    switchStep: 400,
    lastStep: 2000,
    heldOut: [],
  };
}

describe('the guide', () => {
  it('has as many chapters as its links may name', () => {
    expect(CHAPTERS).toHaveLength(CHAPTER_COUNT);
    expect(new Set(CHAPTERS.map(({ title }) => title)).size).toBe(CHAPTER_COUNT);
  });

  it.each(CHAPTERS)('says and shows only what is there: $title', ({ text, scene }) => {
    for (const given of [shown(), { ...shown(), labels: new Uint8Array(4) }]) {
      expect(text(given)).toMatch(/^[A-Z].*\.$/);
      expect(text(given)).not.toMatch(/NaN|undefined/);
      const rows = [
        ...(scene.pins?.(given) ?? []),
        ...(scene.pairs?.(given) ?? []).flatMap(({ first }) => [...first]),
      ];
      for (const row of rows) if (row !== undefined) expect(given.indices[row]).toBeDefined();
      const [from = 0, to = 0] = scene.play?.(given) ?? [];
      expect(to).toBeLessThanOrEqual(given.lastStep);
      expect(from).toBeLessThanOrEqual(to);
    }
  });

  it('ends with something to be done', () => {
    const isDone = CHAPTERS.at(-1)?.isDone;
    const start = pageWith();
    expect(isDone?.(start)).toBe(false);
    const [, ...others] = start.experiment.runs;
    const margin = { ...start.experiment.runs[0], title: 'M', objective: marginOf() };
    expect(isDone?.({ ...start, experiment: { ...start.experiment, runs: [margin, ...others] } })).toBe(true);
  });
});

function marginOf() {
  const { head, centre, metric } = pageWith().experiment.runs[0]?.objective ?? {};
  if (head === undefined || centre === undefined || metric === undefined) throw new Error('There is a run.');
  return { head: { ...head, weight: 0 }, centre, metric: { ...metric, weight: 1 } };
}

describe('an example in the recorded run', () => {
  it('is two of one class that are farther apart than two of different ones, none of them a mistake', () => {
    // The sample at 30 is a mistake, and 1 has no other of its class then.
    expect(contraryIn(shown(), 0)).toEqual({ first: 0, second: 2, other: 1, within: 9, between: 1 });
    expect(contraryIn({ ...shown(), labels: new Uint8Array(4) }, 1)).toBeUndefined();
  });

  it('is a mistake of one run that another one does not make', () => {
    expect(mendedIn(shown(), [0], 2)).toBe(3);
    expect(mendedIn(shown(), [2], 0)).toBeUndefined();
  });
});
