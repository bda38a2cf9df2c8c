import { describe, expect, it } from 'vitest';
import {
  decisionRuleOf,
  distanceOf,
  isSameObjective,
  ObjectiveError,
  objectiveOf,
  parseObjective,
  weightedTerm,
  withTerm,
} from './objective.ts';
import { PRESETS, presetLike, presetNamed, withKnobsOf } from './presets.ts';

const margin = presetNamed('M').objective;
const arcface = presetNamed('arcface').objective;

describe('presets', () => {
  it('are known by their terms, weights and variants, whatever the numbers', () => {
    for (const preset of PRESETS) expect(presetLike(preset.objective)).toBe(preset);
    const wide = withTerm(margin, 'metric', { knobs: { alphaPlus: 1, alphaMinus: 9 } });
    expect(presetLike(wide)?.name).toBe('M');
    expect(presetLike(withTerm(margin, 'head', { weight: 0.5 }))).toBeUndefined();
    const nearest = withTerm(margin, 'metric', {
      knobs: { ...margin.metric.knobs, variant: 'nearest', alphaMinus: 4 },
    });
    expect(presetLike(nearest)?.name).toBe('margin-nearest');
  });

  it('do not look at a term that rests', () => {
    expect(presetLike(withTerm(margin, 'head', weightedTerm('arcface', 0)))?.name).toBe('M');
  });

  it('take over knobs of the same term only', () => {
    const wide = withTerm(margin, 'metric', { knobs: { alphaPlus: 1, alphaMinus: 9 } });
    expect(withKnobsOf(presetNamed('S+C'), wide).metric).toEqual({ ...wide.metric, weight: 0 });
    expect(withKnobsOf(presetNamed('cosface'), arcface).head.knobs).toEqual({ s: 16, m: 0.1 });
  });

  it('keep what makes them what they are', () => {
    const wide = withTerm(margin, 'metric', { knobs: { ...margin.metric.knobs, alphaMinus: 9 } });
    const { knobs } = withKnobsOf(presetNamed('margin-nearest'), wide).metric;
    expect(knobs).toMatchObject({ variant: 'nearest', alphaMinus: 9 });
    expect(
      withKnobsOf(presetNamed('M'), withKnobsOf(presetNamed('margin-nearest'), wide)).metric.knobs,
    ).toEqual(wide.metric.knobs);
  });
});

it('decides as its head does while that is active, else as its metric term does', () => {
  expect(decisionRuleOf(presetNamed('S+M').objective)).toBe('logits');
  expect(decisionRuleOf(arcface)).toBe('cosine');
  expect(decisionRuleOf(presetNamed('C+M').objective)).toBe('nearest centre');
  expect(decisionRuleOf(objectiveOf({ head: 0, centre: 1, metric: 0 }))).toBe('nearest centre');
  expect([distanceOf(margin), distanceOf(arcface)]).toEqual(['euclidean', 'cosine']);
});

describe('an objective from outside', () => {
  it.each(PRESETS)('$name comes back as it was', ({ objective }) => {
    expect(parseObjective(JSON.parse(JSON.stringify(objective)))).toEqual(objective);
  });

  it('may have the first form of the lab', () => {
    const first = { lambda0: 0, lambda1: 0.1, lambda2: 1, alphaPlus: 0.5, alphaMinus: 8 };
    expect(isSameObjective(parseObjective(first), presetNamed('C+M').objective)).toBe(true);
  });

  it('gets defaults for knobs that it leaves out', () => {
    const { head, ...rest } = arcface;
    expect(parseObjective({ ...rest, head: { id: head.id, weight: 1 } })).toEqual(arcface);
  });

  it.each([
    ['nothing', undefined, 'An objective is missing.'],
    ['an unknown term', withTerm(margin, 'head', { id: 'hard' }), '“hard” is no head.'],
    [
      'a term in the wrong slot',
      withTerm(margin, 'metric', { id: 'softmax' }),
      '“softmax” is no metric term.',
    ],
    ['a weight out of range', withTerm(margin, 'centre', { weight: 3 }), 'λ₁ is a number from 0 to 2.'],
    ['no number', withTerm(margin, 'head', { weight: Number.NaN }), 'λ₀ is a number from 0 to 2.'],
    [
      'a knob out of range',
      withTerm(arcface, 'head', { knobs: { m: 2 } }),
      'ArcFace: m is a number from 0 to 0.6.',
    ],
    ['an unknown knob', withTerm(arcface, 'head', { knobs: { q: 1 } }), 'ArcFace has no knob “q”.'],
    ['a first form with a hole', { lambda0: 1 }, 'λ₁ is a number from 0 to 2.'],
  ])('with %s is refused with a sentence', (_, value, sentence) => {
    expect(() => parseObjective(value)).toThrow(new ObjectiveError(sentence));
  });
});
