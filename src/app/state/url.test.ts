import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DATA_SET_IDS } from '../../data/sets.ts';
import {
  type Objective,
  objectiveOf,
  softmaxAlone,
  WEIGHT_RANGE,
  weightedTerm,
} from '../../losses/objective.ts';
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
import { DEFAULT_EXPERIMENT, fitsLink, formatHash, parseHash } from './url.ts';

const within = ([min, max]: readonly [number, number]) =>
  fc.double({ min, max, noNaN: true }).map((x) => x + 0);
const whole = ([min, max]: readonly [number, number]) => fc.integer({ min, max });
const knobValue = (knob: Knob): fc.Arbitrary<KnobValue> => {
  if (knob.kind === 'flag') return fc.boolean();
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
/** Rising steps, each with a thing. */
const later = <T>(thing: fc.Arbitrary<T>) =>
  fc
    .tuple(fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 31 }), { maxLength: 5 }), fc.infiniteStream(thing))
    .map(([steps, things]) =>
      steps.sort((a, b) => a - b).map((until) => ({ until, thing: things.next().value })),
    );
const run = fc
  .tuple(title, objective, later(objective), fc.boolean())
  .map(([title, last, stages, startsWarm]) => {
    if (stages.length === 0) return { title, objective: last };
    const before = stages.map(({ until, thing }, index) =>
      index === 0 && startsWarm
        ? { until, objective: softmaxAlone(thing), isWarmUp: true as const }
        : { until, objective: thing },
    );
    return { title, objective: last, before };
  });
const experiment: fc.Arbitrary<Experiment> = fc
  .record({
    data: fc.constantFrom(...DATA_SET_IDS),
    network: fc.constantFrom(...NETWORK_NAMES),
    backend: fc.constantFrom('auto' as const, ...BACKEND_NAMES),
    seed: whole(SEED_RANGE),
    learningRate: within(LEARNING_RATE_RANGE),
    warmUpSteps: whole(WARM_UP_RANGE),
    heldOut: fc.subarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], { maxLength: 8 }),
    runs: fc.array(run, { minLength: 1, maxLength: 4 }).map(withUniqueTitles),
  })
  .chain((made) =>
    later(within(LEARNING_RATE_RANGE)).map((rates) => {
      // A rate that did not change is not said twice.
      const changed = rates.filter(({ thing }, i) => thing !== (rates[i + 1]?.thing ?? made.learningRate));
      const ratesBefore = changed.map(({ until, thing }) => ({ until, learningRate: thing }));
      return changed.length === 0 ? made : { ...made, ratesBefore };
    }),
  );

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

  it('says what was done, with the steps from which on it holds', () => {
    const text =
      '#network=compact&backend=auto&seed=1&lr=0.001*at:1664*0.0005&warmup=468' +
      '&run=Softmax+→+Margin*1*0*0*0.5*8*at:1664*0*0*1*0.5*8&run=Own*1*0*0*0.5*8*warmup:20*0*0*1*0.5*8*at:30*1*0*0*0.5*8*head:arcface' +
      '&run=Margin*0*0*1*0.5*8*warmup:0&run=Margin+2*1*0*0*0.5*8*warmup:468*0*0*1*0.5*8';
    const { experiment: parsed, problems } = parseHash(text);
    expect(problems).toEqual([]);
    expect(parsed).toMatchObject({ learningRate: 5e-4, ratesBefore: [{ until: 1664, learningRate: 1e-3 }] });
    const [softmax, margin, arcface] = ['S', 'M', 'arcface'].map((name) => presetNamed(name).objective);
    expect(parsed.runs).toEqual([
      { title: 'Softmax → Margin', objective: margin, before: [{ until: 1664, objective: softmax }] },
      {
        title: 'Own',
        objective: arcface,
        before: [
          { until: 20, objective: softmax, isWarmUp: true },
          { until: 30, objective: margin },
        ],
      },
      { title: 'Margin', objective: margin, before: [] },
      // What the link's warm-up says already goes without saying.
      { title: 'Margin 2', objective: margin },
    ]);
    expect(parseHash(formatHash(parsed)).experiment).toEqual(parsed);
  });

  it.each([
    ['at:5*0*0*1*0.5*8*at:5*1*0*0*0.5*8', [5], '“at:5*1*0*0*0.5*8” in the run “A” could not be read'],
    ['at:5*0*0*1*0.5*8*at:4*1*0*0*0.5*8', [5], '“at:4*1*0*0*0.5*8” in the run “A” could not be read'],
    ['at:0*0*0*1*0.5*8', undefined, '“at:0*0*0*1*0.5*8” in the run “A” could not be read'],
    ['at:1.5*0*0*1*0.5*8', undefined, '“at:1.5*0*0*1*0.5*8”'],
    ['at:99999999999*0*0*1*0.5*8', undefined, '“at:99999999999*0*0*1*0.5*8”'],
    ['at:*0*0*1*0.5*8', undefined, '“at:*0*0*1*0.5*8”'],
    ['at:5', undefined, '“at:5” in the run “A” could not be read'],
    ['at:5*0*0*9*0.5*8', undefined, '“at:5*0*0*9*0.5*8”'],
    ['at:5*0*0*1*0.5*8*7', [5], '“7” in the run “A” is no loss term'],
    ['at:5*0*0*1*0.5*8*warmup:9*1*0*0*0.5*8', [5], '“warmup:9*1*0*0*0.5*8”'],
    ['at:5*0*0*1*0.5*8*warmup:0', [5], '“warmup:0” in the run “A” stands behind other steps'],
  ])('of a run with “%s” behind keeps what can be read, and reports the rest', (part, untils, sentence) => {
    const { experiment: parsed, problems } = parseHash(`#run=A*1*0*0*0.5*8*${part}`);
    expect(parsed.runs[0]?.before?.map(({ until }) => until)).toEqual(untils);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(sentence);
  });

  it.each([
    ['0.002*at:5*1', [], '“at:5*1” is no later value for lr'],
    ['0.002*at:5*0.001*at:5*0.003', [5], '“at:5*0.003” is no later value for lr'],
    ['0.002*at:5', [], '“at:5*” is no later value for lr'],
    ['0.002*5*0.001', [], '“5*0.001” is no later value for lr'],
    ['7*at:5*0.001', [5], '“7” is no value for lr; 0.001 is used'],
  ])('with the rates %s keeps what can be read', (text, untils, sentence) => {
    const { experiment: parsed, problems } = parseHash(`#lr=${text}`);
    if (text.startsWith('0.002')) expect(parsed.ratesBefore?.[0]?.learningRate ?? 0.002).toBe(0.002);
    expect(parsed.ratesBefore?.map(({ until }) => until) ?? []).toEqual(untils.filter(() => text[0] !== '7'));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(sentence);
  });

  it.each([
    'seed=1&seed=2',
    'lr=0.001&lr=0.002',
    'out=8,8',
    'out=8&out=8',
    'warmup=1&warmup=2',
    'data=mnist&data=mnist',
  ])('reports what is repeated in %s, at its default', (text) => {
    const { experiment: parsed, problems } = parseHash(`#${text}`);
    expect(parsed).toEqual(DEFAULT_EXPERIMENT);
    expect(problems).toHaveLength(1);
  });

  it('that would be too long begins with what is set now', () => {
    const [margin, center] = ['M', 'S+C'].map((name) => presetNamed(name).objective);
    if (margin === undefined || center === undefined) throw new Error('There are presets.');
    const stages = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ until: 100 + i, objective: i % 2 === 0 ? margin : center }));
    const with_ = (count: number) => ({
      ...DEFAULT_EXPERIMENT,
      runs: [{ title: 'A', objective: presetNamed('S').objective, before: stages(count) }],
    });
    expect(fitsLink(with_(250))).toBe(true);
    expect(parseHash(formatHash(with_(250))).experiment).toEqual(with_(250));
    expect(fitsLink(with_(400))).toBe(false);
    const { experiment: parsed, problems } = parseHash(formatHash(with_(400)));
    expect(problems).toEqual([]);
    expect(parsed.runs).toEqual([{ title: 'A', objective: presetNamed('S').objective }]);
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
      fc
        .array(
          fc.constantFrom(
            'at:5',
            'at:9',
            'warmup:5',
            'warmup:0',
            '0*0*1*0.5*8',
            '1*0*0*0.5*8',
            'at:',
            '7',
            '',
          ),
        )
        .map((parts) => `#lr=0.001*${parts.join('*')}&run=A*1*0*0*0.5*8*${parts.join('*')}`),
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

describe('pinned samples', () => {
  it('are at the end of the hash, and leave one without any as it was', () => {
    const plain = formatHash(DEFAULT_EXPERIMENT);
    const pinned = formatHash(DEFAULT_EXPERIMENT, [12, 345]);
    expect(formatHash(DEFAULT_EXPERIMENT, [])).toBe(plain);
    expect(pinned).toBe(`${plain}&pin=12*345`);
    expect(parseHash(pinned)).toEqual({ experiment: DEFAULT_EXPERIMENT, pins: [12, 345], problems: [] });
    expect(parseHash(plain).pins).toBeUndefined();
  });

  it('that are none are reported, and so are too many', () => {
    const { pins, problems } = parseHash('#pin=3*10000*x*-1*3*2.5');
    expect(pins).toEqual([3]);
    expect(problems).toHaveLength(4);
    const many = parseHash('#pin=0*1*2*3*4*5*6');
    expect(many.pins).toEqual([0, 1, 2, 3, 4, 5]);
    expect(many.problems).toEqual(['Only 6 samples can be pinned; 6 was left out.']);
  });
});

describe('images of one’s own', () => {
  const own = { name: 'faces', digest: '0123abcd', classNames: ['ann', 'bob', 'eve'], sizes: [10, 10, 10] };
  const made: Experiment = { ...DEFAULT_EXPERIMENT, data: 'faces@0123abcd', own, heldOut: [2], dim: 16 };

  it('are in the hash by name and digest, and what they are is known where they are', () => {
    const hash = formatHash(made, [13]);
    expect(hash).toMatch(/data=faces%400123abcd/);
    expect(hash).toMatch(/dim=16/);
    expect(hash).not.toMatch(/ann/);
    expect(parseHash(hash, [own])).toMatchObject({ experiment: made, pins: [13], problems: [] });
  });

  it('that are not in this browser are said to be missing, and the rest of the link is shown', () => {
    const { experiment: shown, problems } = parseHash(formatHash(made), [{ ...own, digest: '99999999' }]);
    expect(problems.join(' ')).toMatch(/“faces”, which are not in this browser: choose Open images…/);
    expect(shown).toMatchObject({ data: 'mnist', dim: 16 });
    expect(shown.own).toBeUndefined();
  });

  it('have no more pins than tested images, and a width within its range', () => {
    // Two of ten of each learnt class are tested, and all ten of the other.
    const { problems } = parseHash(`${formatHash(made)}&pin=13*14`, [own]);
    expect(problems).toEqual(['“14” is no test sample that could be pinned.']);
    expect(parseHash('#dim=129').problems).toEqual(['“129” is no value for dim; none is used.']);
  });
});
