/** What a run is called that nobody has named. */

import { describe, expect, it } from 'vitest';
import { objectiveOf } from '../../losses/objective.ts';
import { presetNamed } from '../../losses/presets.ts';
import type { RunSpec } from '../../training/link/protocol.ts';
import { isTitled, namesOf, retitled, switchesText, switchStepsText } from './run-title.ts';

const of = (name: string) => presetNamed(name).objective;
const softmax = of('S');
const margin = of('M');
/** Softmax with a little center: no preset. */
const weak = objectiveOf({ head: 1, centre: 0.03, metric: 0 });

const run = (title: string, objective = softmax, before?: RunSpec['before']): RunSpec =>
  before === undefined ? { title, objective } : { title, objective, before };
/** The title after a change of one run beside others. */
const titleAfter = (old: RunSpec, changed: Omit<RunSpec, 'title'>, ...others: RunSpec[]) =>
  retitled([old, ...others], [{ title: old.title, ...changed }, ...others])[0]?.title;

describe('a title that nobody has typed', () => {
  it('says the switch, in longer chains the ends', () => {
    const once = { objective: margin, before: [{ until: 30, objective: softmax }] };
    expect(titleAfter(run('Softmax'), once)).toBe('Softmax → Margin');
    const twice = { objective: of('S+C'), before: [...once.before, { until: 40, objective: margin }] };
    expect(titleAfter({ title: 'Softmax → Margin', ...once }, twice)).toBe('Softmax → … → Softmax + center');
    const back = { ...twice, objective: softmax };
    expect(titleAfter({ title: 'Softmax → Margin', ...once }, back)).toBe('Softmax → … → Softmax');
  });

  it('is another loss’s before the first step, and differs from all others', () => {
    expect(titleAfter(run('Softmax'), { objective: margin }, run('Margin', margin))).toBe('Margin 2');
    expect(titleAfter(run('Margin 2', margin), { objective: softmax }, run('Margin', margin))).toBe(
      'Softmax',
    );
    const others = [run('Softmax → Margin', margin, [{ until: 9, objective: softmax }])];
    const switched = { objective: margin, before: [{ until: 30, objective: softmax }] };
    expect(titleAfter(run('Softmax'), switched, ...others)).toBe('Softmax → Margin 2');
  });

  it('stays where only weights or knobs move, while it is true', () => {
    expect(titleAfter(run('Softmax'), { objective: weak })).toBe('Softmax');
    const live = { objective: weak, before: [{ until: 30, objective: softmax }] };
    expect(titleAfter(run('Softmax'), live)).toBe('Softmax');
    const other = objectiveOf({ head: 0, centre: 0, metric: 0.7 });
    expect(titleAfter(run('Softmax'), { objective: other })).toBe('Margin');
    expect(titleAfter(run('Softmax'), { ...live, objective: other })).toBe('Softmax → Margin');
    // And it goes on being one that nobody typed.
    expect(isTitled(run('Softmax', weak))).toBe(false);
  });

  it('is short where the full names have no room, and goes on from there', () => {
    const once = { objective: of('C+M'), before: [{ until: 30, objective: of('S+C+M') }] };
    expect(titleAfter(run('Softmax + center + margin', of('S+C+M')), once)).toBe('S+C+M → C+M');
    const again = { objective: of('S+C'), before: [...once.before, { until: 40, objective: of('C+M') }] };
    expect(titleAfter({ title: 'S+C+M → C+M', ...once }, again)).toBe('S+C+M → … → S+C');
    expect(isTitled({ title: 'S+C+M → … → S+C 2', ...again })).toBe(false);
  });

  it('does not count a warm-up as a switch', () => {
    const warm = [{ until: 5, objective: softmax, isWarmUp: true as const }];
    expect(namesOf(run('Margin', margin, warm))).toEqual([{ step: 0, name: 'Margin' }]);
    const later = [...warm, { until: 9, objective: margin }];
    expect(namesOf(run('Margin', of('S+C'), later))).toEqual([
      { step: 0, name: 'Margin' },
      { step: 9, name: 'Softmax + center' },
    ]);
  });

  it('names terms that no preset has together', () => {
    const own = objectiveOf({ head: 0, centre: 0.2, metric: 0 });
    expect(namesOf(run('Softmax', own))).toEqual([{ step: 0, name: 'Center' }]);
    expect(namesOf(run('A', objectiveOf({ head: 0, centre: 0, metric: 0 })))[0]?.name).toBe('No loss');
  });
});

it('the switches are told with their steps, of many the last', () => {
  const before = [1664, 2000].map((until, i) => ({ until, objective: i === 0 ? softmax : margin }));
  const once = run('Softmax → Margin', margin, before.slice(0, 1));
  expect(switchesText(once)).toBe('Softmax → Margin at step 1,664');
  expect(switchStepsText(once)).toBe('at step 1,664');
  const twice = run('A', softmax, before);
  expect(switchesText(twice)).toBe('Softmax → Margin at step 1,664 → Softmax at step 2,000');
  expect(switchStepsText(twice)).toBe('at steps 1,664, 2,000');
  const many = [1, 2, 3, 4].map((until, i) => ({ until, objective: i % 2 === 0 ? softmax : margin }));
  expect(switchesText(run('A', softmax, many))).toBe('Softmax → … → Softmax at step 4 (4 switches)');
  expect(switchStepsText(run('A', softmax, many))).toBe('4 switches, the last at step 4');
  expect([switchesText(run('A')), switchStepsText(run('A'))]).toEqual([undefined, undefined]);
});

it('a title that somebody has typed stays', () => {
  expect([run('Mine'), run('Margin'), run('Softmax 2 b')].map(isTitled)).toEqual([true, true, true]);
  expect([run('Softmax'), run('Softmax 2')].map(isTitled)).toEqual([false, false]);
  expect(titleAfter(run('Mine'), { objective: margin, before: [{ until: 30, objective: softmax }] })).toBe(
    'Mine',
  );
});
