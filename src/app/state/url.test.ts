import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DATA_SET_IDS } from '../../data/sets.ts';
import { type Objective, objectiveOf, WEIGHT_RANGE, weightedTerm } from '../../losses/objective.ts';
import { presetNamed } from '../../losses/presets.ts';
import type { Knob, KnobValue, Slot } from '../../losses/term.ts';
import { TERM_RECORDS, termsIn } from '../../losses/terms.ts';
import {
  BACKEND_NAMES,
  type Experiment,
  LEARNING_RATE_RANGE,
  NETWORK_NAMES,
  SEED_RANGE,
  WARM_UP_RANGE,
} from '../../training/link/protocol.ts';
import { tidyTitle, withUniqueTitles } from './titles.ts';
import { DEFAULT_EXPERIMENT, formatHash, parseHash } from './url.ts';

const within = ([min, max]: readonly [number, number]) =>
  fc.double({ min, max, noNaN: true }).map((x) => x + 0);
const whole = ([min, max]: readonly [number, number]) => fc.integer({ min, max });
const knobValue = (knob: Knob): fc.Arbitrary<KnobValue> => {
  if (knob.kind === 'choice') return fc.constantFrom(...knob.options.map(({ value }) => value));
  return fc.oneof(fc.constant(knob.default), knob.isWhole ? whole(knob.range) : within(knob.range));
};
/** Any term of the slot with any knobs. */
const termIn = (slot: Slot) =>
  fc.constantFrom(...termsIn(slot)).chain(({ id, knobs }) => {
    const values = fc.record(Object.fromEntries(knobs.map((knob) => [knob.key, knobValue(knob)])));
    return fc.tuple(within(WEIGHT_RANGE), values).map(([weight, own]) => weightedTerm(id, weight, own));
  });
const objective: fc.Arbitrary<Objective> = fc.record({
  head: termIn('head'),
  centre: termIn('centre'),
  metric: termIn('metric'),
});
const title = fc.string({ unit: 'binary' }).map((text) => tidyTitle(text) ?? 'A');
const experiment: fc.Arbitrary<Experiment> = fc.record({
  data: fc.constantFrom(...DATA_SET_IDS),
  network: fc.constantFrom(...NETWORK_NAMES),
  backend: fc.constantFrom('auto' as const, ...BACKEND_NAMES),
  seed: whole(SEED_RANGE),
  learningRate: within(LEARNING_RATE_RANGE),
  warmUpSteps: whole(WARM_UP_RANGE),
  heldOut: fc.subarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], { maxLength: 8 }),
  runs: fc.array(fc.record({ title, objective }), { minLength: 1, maxLength: 4 }).map(withUniqueTitles),
});

describe('the hash', () => {
  it('gives back every experiment', () => {
    fc.assert(
      fc.property(experiment, (original) => {
        const { experiment: parsed, problems } = parseHash(formatHash(original));
        expect(problems).toEqual([]);
        expect(parsed).toEqual(original);
      }),
    );
  });

  it('is as it was before there was a choice of data, as long as it is MNIST', () => {
    const link = '#network=compact&backend=auto&seed=1&lr=0.001&warmup=468&out=8%2C9&run=Softmax*1*0*0*0.5*8';
    const { experiment: parsed } = parseHash(link);
    expect(parsed).toMatchObject({ data: 'mnist', heldOut: [8, 9] });
    expect(formatHash(parsed)).toBe(link);
    expect(parseHash(`${link}&data=mnist`)).toEqual({ experiment: parsed, problems: [] });
  });

  it('is answered with the defaults where it says nothing', () => {
    expect(parseHash('')).toEqual({ experiment: DEFAULT_EXPERIMENT, problems: [] });
  });

  it.each([
    '#seed=0',
    '#seed=1.5',
    '#lr=1e9',
    '#network=vgg',
    '#warmup=NaN',
    '#data=letters',
    '#out=8;9',
    '#out=10',
    '#out=08',
    '#out=0,1,2,3,4,5,6,7,8',
    '#run=A*1*0',
    '#run=A*9*0*0*1*1',
    '#__proto__=1',
  ])('%s falls back to the defaults and is reported', (hash) => {
    const { experiment: parsed, problems } = parseHash(hash);
    expect(parsed).toEqual(DEFAULT_EXPERIMENT);
    expect(problems).toHaveLength(1);
  });

  it.each([
    ['S', 'Softmax*1*0*0*0.5*8'],
    ['S+C+M', 'Softmax + center + margin*1*0.1*0.015*0.5*8'],
    ['M', 'Margin*0*0*1*0.5*8'],
    ['arcface', 'ArcFace*1*0*0*0.5*8*head:arcface'],
  ])('says %s as %s', (name, text) => {
    const { title, objective } = presetNamed(name);
    const link = formatHash({ ...DEFAULT_EXPERIMENT, runs: [{ title, objective }] });
    expect(new URLSearchParams(link.slice(1)).getAll('run')).toEqual([text]);
  });

  const arc = objectiveOf(
    { head: 1, centre: 0, metric: 0.5 },
    {
      head: weightedTerm('arcface', 1, { s: 16, m: 0.1 }),
      metric: weightedTerm('margin', 1, { alphaMinus: 5 }),
    },
  );

  it('says another term by its name, and its knobs where they are not at their defaults', () => {
    const text = 'A*1*0*0.5*0.5*5*head:arcface;s:16;m:0.1';
    const runs = [{ title: 'A', objective: arc }];
    const { experiment: parsed, problems } = parseHash(`#run=${text}`);
    expect(problems).toEqual([]);
    expect(parsed.runs).toEqual(runs);
    expect(decodeURIComponent(formatHash(parsed))).toContain(text);
  });

  const usual = weightedTerm('arcface', 1);
  const softmax = weightedTerm('softmax', 1);
  it.each([
    ['head:circle', softmax, '“head:circle” in the run “A” is no loss term'],
    ['head', softmax, '“head” in the run “A” is no loss term'],
    ['', softmax, '“” in the run “A” is no loss term'],
    ['metric:arcface', softmax, '“metric:arcface” in the run “A” is no loss term'],
    ['tail:arcface', softmax, '“tail:arcface” in the run “A” is no loss term'],
    ['head:arcface*head:normface', softmax, 'The run “A” has two terms for head'],
    ['head:arcface;x:1', usual, '“x:1” is no setting of ArcFace'],
    ['head:arcface;s', usual, '“s:” is no setting of ArcFace; 64 is used'],
    ['head:arcface;s:65', usual, '“s:65” is no setting of ArcFace; 64 is used'],
    ['head:arcface;s:0x10', usual, '“s:0x10” is no setting of ArcFace; 64 is used'],
    ['head:arcface;s:65;m:0.1', weightedTerm('arcface', 1, { m: 0.1 }), '“s:65” is no setting of ArcFace'],
    ['metric:margin;alphaPlus:1', softmax, '“alphaPlus:1” is no setting of Margin; 0.5 is used'],
  ])('of a run with “%s” appended keeps what can be read, and reports the rest', (part, head, sentence) => {
    const { experiment: parsed, problems } = parseHash(`#run=A*1*0*0*0.25*8*${part}`);
    const metric = weightedTerm('margin', 0, { alphaPlus: 0.25 });
    const objective = objectiveOf({ head: 1, centre: 0, metric: 0 }, { head, metric });
    expect(parsed.runs).toEqual([{ title: 'A', objective }]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(sentence);
  });

  it('reports a key that is said twice, at its default', () => {
    const { experiment: parsed, problems } = parseHash('#run=A*1*0*0*0.5*8*head:arcface;s:16;s:32');
    expect(parsed.runs[0]?.objective.head).toEqual(usual);
    expect(problems).toHaveLength(2);
  });

  it('has names of terms and knobs that stand in a link as they are', () => {
    for (const { id, knobs } of TERM_RECORDS) {
      const values = knobs.flatMap((knob) =>
        knob.kind === 'choice' ? knob.options.map(({ value }) => value) : [],
      );
      for (const word of [id, ...knobs.map(({ key }) => key), ...values]) expect(word).toMatch(/^[\w.-]+$/);
    }
  });

  it('survives any text', () => {
    const part = fc.oneof(
      fc.string(),
      fc
        .tuple(
          fc.constantFrom('head', 'metric', '', 'x'),
          fc.constantFrom('arcface', 'margin', '', 'x'),
          fc.array(fc.constantFrom(';s:2', ';m:9', ';s:', ';:', ';', '*', ';alphaPlus:1')),
        )
        .map(([slot, id, settings]) => `${slot}:${id}${settings.join('')}`),
    );
    const links = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.string().map((text) => `#run=${text}*0*0*0*0*1&seed=${text}`),
      part.map((text) => `#run=A*0*0*0*0*1*${text}`),
    );
    fc.assert(
      fc.property(links, (hash) => {
        const { experiment: parsed } = parseHash(hash);
        expect(parseHash(formatHash(parsed)).experiment).toEqual(parsed);
      }),
      { numRuns: 10_000 },
    );
  });
});
