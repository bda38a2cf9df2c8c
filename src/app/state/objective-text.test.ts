import { describe, expect, it } from 'vitest';
import { objectiveOf, weightedTerm } from '../../losses/objective.ts';
import { presetNamed, RADIO_PRESETS } from '../../losses/presets.ts';
import { startingSchedule } from '../../losses/schedule.ts';
import { nameOf, phaseOf, settingsText } from './objective-text.ts';

const arcface = presetNamed('arcface').objective;
const mixed = objectiveOf({ head: 0.5, centre: 0.25, metric: 0 }, { head: weightedTerm('cosface', 0.5) });

describe('an objective in words', () => {
  it.each([
    [presetNamed('S').objective, 'Softmax', 'λ 1, 0, 0'],
    [presetNamed('M').objective, 'Margin (α₊ 0.5, α₋ 8)', 'λ 0, 0, 1, α₊ 0.5, α₋ 8'],
    [arcface, 'ArcFace (s 64, m 0.5)', 'ArcFace, λ 1, 0, 0, s 64, m 0.5'],
    [objectiveOf({ head: 1, centre: 0.25, metric: 0 }), 'λ 1, 0.25, 0', 'λ 1, 0.25, 0'],
    [mixed, 'CosFace, λ 0.5, 0.25, 0 (s 16, m 0.1)', 'CosFace, λ 0.5, 0.25, 0, s 16, m 0.1'],
  ])('%#', (objective, name, settings) => {
    expect(nameOf(objective)).toBe(name);
    expect(settingsText(objective)).toBe(settings);
  });
});

describe('the phase', () => {
  it('is the word of what a radio describes', () => {
    const words = RADIO_PRESETS.map(({ objective }) => phaseOf([{ step: 0, objective }], 0));
    expect(words).toEqual(['softmax', 'center', 'margin']);
  });

  it('is warm-up until the planned end of the softmax beginning', () => {
    const schedule = startingSchedule(arcface, 20);
    expect([0, 19, 20].map((step) => phaseOf(schedule, step))).toEqual(['warm-up', 'warm-up', 'arcface']);
  });

  it('is custom for combinations and weights of one’s own', () => {
    for (const objective of [presetNamed('S+M').objective, mixed]) {
      expect(phaseOf([{ step: 0, objective }], 5)).toBe('custom');
    }
    expect(phaseOf(undefined, 0)).toBe('–');
  });
});
