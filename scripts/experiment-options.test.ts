import { describe, expect, it } from 'vitest';
import { defaultKnobs } from '../src/losses/objective.ts';
import { PRESETS } from '../src/losses/presets.ts';
import { SLOTS, type Slot } from '../src/losses/term.ts';
import { TERM_RECORDS, termOf, termsIn } from '../src/losses/terms.ts';
import { commandOf, parseOptions, usage } from './experiment-options.ts';
import { UsageError } from './flags.ts';

const idsIn = (slot: Slot) =>
  termsIn(slot)
    .map(({ id }) => id)
    .join(', ');
const parsed = (line: string) => parseOptions(line.split(' ').filter((part) => part !== ''));
/** Id, weight and changed knobs of the terms of the first run. */
const termsOf = (line: string) => {
  const objective = parsed(line).runs[0]?.objective;
  return SLOTS.map((slot) => [objective?.[slot].id, objective?.[slot].weight]);
};

describe('the flags of an experiment', () => {
  it('ask for all presets with one seed where they say nothing', () => {
    const { runs, json } = parsed('');
    expect(runs.map(({ preset }) => preset)).toEqual(['S', 'S+C', 'S+M', 'S+C+M', 'C+M', 'M']);
    expect(new Set(runs.map(({ seed }) => seed))).toEqual(new Set([1]));
    expect(runs[0]).toMatchObject({
      network: 'compact',
      data: 'mnist',
      epochs: 5,
      warmUp: 0,
      heldOut: [],
      dim: 2,
    });
    expect(json).toBe(false);
  });

  it('are taken as they are meant', () => {
    const { runs, json, featuresFile } = parsed(
      '--preset M --epochs 0.5 --seed 7 --hold-out 9,8 --margins 1,3 --warm-up 0 --dim 3 --json --features a.csv',
    );
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ seed: 7, epochs: 0.5, heldOut: [8, 9], warmUp: 0, dim: 3 });
    expect(runs[0]?.objective).toMatchObject({
      head: { weight: 0 },
      metric: { id: 'margin', weight: 1, knobs: { alphaPlus: 1, alphaMinus: 3 } },
    });
    expect([json, featuresFile]).toEqual([true, 'a.csv']);
    expect(parsed('').runs.find(({ preset }) => preset === 'M')?.warmUp).toBe(468);
    expect(parsed('--epochs 1 --preset M').runs[0]?.warmUp).toBe(234);
    // Two digits are left: 92 steps an epoch.
    expect(parsed('--epochs 1 --preset M --hold-out 0,1,2,3,4,5,6,7').runs[0]?.warmUp).toBe(46);
    expect(parsed('--preset S,M --seeds 3').runs).toHaveLength(6);
    expect(parsed('--data fashion-mnist --hold-out-classes bag,Dress --preset S').runs[0]?.heldOut).toEqual([
      3, 8,
    ]);
    // Drawn with the seed: the same for all losses, another for another seed, and in the command by number.
    const drawn = parsed('--hold-out-classes 3 --preset S,M --seeds 2').runs.map(({ heldOut }) => heldOut);
    expect(drawn.map(({ length }) => length)).toEqual([3, 3, 3, 3]);
    expect(drawn[0]).toEqual(drawn[1]);
    expect(drawn[0]).not.toEqual(drawn[2]);
    expect(parsed('--lambda 0.5,0,2').runs[0]).toMatchObject({
      preset: 'custom',
      objective: { head: { weight: 0.5 }, centre: { weight: 0 }, metric: { weight: 2 } },
    });
  });

  it.each([
    [
      '--head arcface',
      'arcface',
      [
        ['arcface', 1],
        ['center', 0],
        ['margin', 0],
      ],
    ],
    [
      '--preset arcface',
      'arcface',
      [
        ['arcface', 1],
        ['center', 0],
        ['margin', 0],
      ],
    ],
    [
      '--centre center',
      'S+C',
      [
        ['softmax', 1],
        ['center', 0.1],
        ['margin', 0],
      ],
    ],
    [
      '--metric margin',
      'M',
      [
        ['softmax', 0],
        ['center', 0],
        ['margin', 1],
      ],
    ],
    [
      '--head cosface --centre center',
      'custom',
      [
        ['cosface', 1],
        ['center', 0.1],
        ['margin', 0],
      ],
    ],
    [
      '--preset S+C --head cosface',
      'custom',
      [
        ['cosface', 1],
        ['center', 0.1],
        ['margin', 0],
      ],
    ],
    [
      '--preset M --head normface',
      'custom',
      [
        ['normface', 1],
        ['center', 0],
        ['margin', 1],
      ],
    ],
    [
      '--lambda 0.5,0,0.2 --head arcface',
      'custom',
      [
        ['arcface', 0.5],
        ['center', 0],
        ['margin', 0.2],
      ],
    ],
    [
      '--lambda 0,0.1,1',
      'C+M',
      [
        ['softmax', 0],
        ['center', 0.1],
        ['margin', 1],
      ],
    ],
  ])('%s is preset %s', (line, preset, terms) => {
    expect(termsOf(line)).toEqual(terms);
    expect(parsed(line).runs.map((run) => run.preset)).toEqual([preset]);
  });

  const margins = defaultKnobs(termOf('margin'));
  it.each([
    ['--head arcface --set m=0.1,s=30', 'head', { s: 30, m: 0.1 }],
    ['--head arcface --set head.m=0.1', 'head', { s: 64, m: 0.1 }],
    ['--head arcface --set m=0.1 --set s=30', 'head', { s: 30, m: 0.1 }],
    ['--preset M --set alphaMinus=6', 'metric', { ...margins, alphaMinus: 6 }],
    [
      '--preset M --set variant=nearest,centres=trained',
      'metric',
      { ...margins, variant: 'nearest', centres: 'trained' },
    ],
    ['--metric relative --set squared=true', 'metric', { variant: 'sum', squared: true, alpha: 8 }],
    ['--preset S --margins 1,3', 'metric', { ...margins, alphaPlus: 1, alphaMinus: 3 }],
    ['--preset S+C --set rho=2', 'centre', { rho: 2, spread: 0 }],
  ] as const)('%s sets knobs', (line, slot, knobs) => {
    expect(parsed(line).runs[0]?.objective[slot].knobs).toEqual(knobs);
  });

  it('take every preset by its name, and every term in its slot', () => {
    for (const { name, objective } of PRESETS) {
      expect(parsed(`--preset ${name}`).runs[0]).toMatchObject({ preset: name, objective });
    }
    for (const { id, slot, weight } of TERM_RECORDS) {
      expect(parsed(`--${slot} ${id}`).runs[0]?.objective[slot]).toMatchObject({ id, weight });
    }
  });

  it.each([
    '',
    '--preset S+M,M --seeds 2 --epochs 0.3',
    '--preset M --margins 1,3 --warm-up 0 --hold-out 8,9',
    '--head arcface --set s=30,m=0.25 --dim 3 --learning-rate 0.003 --network lenets++',
    '--lambda 0,0.1,1 --head cosface --set rho=0.5',
    '--preset C+M --head normface --epochs 0.001',
    '--preset S --batch-size 32 --label-noise 0.2 --augment shift-mirror',
  ])('"%s": the command of each run asks for the very run', (line) => {
    for (const run of parsed(line).runs) {
      const again = parseOptions(commandOf(run));
      expect(again).toMatchObject({ runs: [run], json: true, featuresFile: undefined, help: false });
      expect(again.runs.map(commandOf)).toEqual([commandOf(run)]);
    }
  });

  it.each([
    ['--preset S --set rho=1', ['--set sets rho of center, whose weight is 0: it changes nothing.']],
    ['--preset S,S+C --set rho=1', []],
    [
      '--preset S --margins 1,3',
      ['alphaPlus', 'alphaMinus'].map(
        (key) => `--margins sets ${key} of margin, whose weight is 0: it changes nothing.`,
      ),
    ],
    ['--preset S --warm-up 9', ['--warm-up changes nothing: what is minimised needs none.']],
    ['--preset S,M --warm-up 9 --margins 1,3', []],
  ])('%s: what changes nothing is said', (line, notes) => {
    expect(parsed(line).notes).toEqual(notes);
  });

  it('--help tells every term, what can be set, and its range', () => {
    expect(parsed('--help')).toMatchObject({ help: true, runs: [] });
    const text = usage();
    for (const { id, knobs } of TERM_RECORDS) {
      expect(text).toMatch(new RegExp(`^ +${id} `, 'm'));
      for (const { key } of knobs) expect(text).toMatch(new RegExp(`^ +${key} `, 'm'));
    }
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(120);
  });

  it.each([
    ['--head center', new RegExp(`^--head is one of ${idsIn('head')}, not “center”\\.$`)],
    ['--centre arcface', new RegExp(`^--centre is one of ${idsIn('centre')}, not “arcface”\\.$`)],
    ['--head arcface --set m=2', /^--set: m is a number from 0 to 0.6, not “2”\.$/],
    ['--head arcface --set m=much', /^--set: m is a number from 0 to 0.6, not “much”\.$/],
    [
      '--head arcface --set k=2',
      /^--set: these terms have s, m, rho, spread, variant, alphaPlus, alphaMinus, centres to set, and no “k”/,
    ],
    [
      '--head arcface --set metric.m=0.1',
      /^--set: margin has variant, alphaPlus, alphaMinus, centres to set, and no “m”\.$/,
    ],
    ['--preset S --set head.m=0.1', /^--set: softmax has nothing to set, and no “m”\.$/],
    ['--head arcface --set tail.m=0.1', /the slot is one of head, centre, metric/],
    ['--head arcface --set m', /^--set takes key=value/],
    ['--head arcface --set m=0.1,m=0.2', /^m is given twice\.$/],
    ['--margins 1,3 --set alphaPlus=2', /^alphaPlus is given twice\.$/],
    ['--margins 4,3', /^--margins is a number from 0 to 3/],
    ['--margins 3,1', /^α₊ \(inside, 3\) must not be larger than α₋ \(outside, 1\)/],
    ['--preset M --set alphaPlus=3,alphaMinus=2.5', /the margins cross\.$/],
    ['--preset S,S', /^--preset: S is given twice\.$/],
    ['--preset S --preset S', /^--preset: S is given twice\.$/],
    ['--preset S,', /--preset is one of .*, not “”/],
    ['--preset X', /--preset is one of/],
    ['--colour red', /^There is no flag --colour: known are --preset, /],
    ['--epoch 1', /^There is no flag --epoch: did you mean --epochs\?$/],
    ['--no-json', /^There is no flag --no-json/],
    ['-e 1', /^There is no flag -e/],
    ['--json=yes', /^--json takes no value, and was given “yes”\.$/],
    ['--epochs', /^--epochs needs a value\.$/],
    ['--epochs=', /^--epochs needs a value\.$/],
    ['--epochs --json', /^--epochs needs a value\.$/],
    ['--epochs -1', /^--epochs is a number from 0\.0001 to 1000, not “-1”\.$/],
    ['--epochs=-1', /^--epochs is a number from 0\.0001 to 1000, not “-1”\.$/],
    ['--epochs 0x10', /^--epochs is a number from/],
    ['--epochs Infinity', /^--epochs is a number from/],
    ['--epochs 1,5', /^--epochs is a number from/],
    ['--lambda -1,0,0', /^--lambda is a number from 0 to 2, not “-1”\.$/],
    ['--seed 0x10', /^--seed is a number from/],
    ['--seed 1e3', /^--seed is a whole number, not “1e3”\.$/],
    ['--seed 1 --seed 2', /^--seed is given twice\.$/],
    ['--head softmax --head cosface', /^--head is given twice\.$/],
    ['--augment blur', /--augment is one of shift, shift-mirror/],
    ['--batch-size 8', /--batch-size is a number from 16 to 512/],
    ['--label-noise 0.9', /--label-noise is a number from 0 to 0\.8/],
    ['--hold-out-classes 9', /--hold-out-classes is a number from 1 to 8/],
    ['--hold-out-classes Bag', /MNIST has no class “Bag”, but 0, 1/],
    ['--data fashion-mnist --hold-out-classes Bag,bag', /8 is given twice/],
    ['--hold-out 8 --hold-out-classes 2', /contradict each other/],
    ['--hold-out 8,8', /^--hold-out: 8 is given twice\.$/],
    ['--head arcface --set m=0x1', /^--set: m is a number from/],
    ['--warm-up many --preset S', /^--warm-up is a number from/],
    ['--features - --preset S', /^--features needs the name of a file/],
    ['--epochs 0', /--epochs is a number from/],
    ['--epochs many', /--epochs is a number from/],
    ['--seed 0', /--seed is a number from 1/],
    ['--seed 1.5', /--seed is a whole number/],
    ['--seed 1 --seeds 2', /contradict each other/],
    ['--lambda 1,0,0 --preset S', /contradict each other/],
    ['--lambda 1,0', /takes 3 numbers/],
    ['--lambda 1,0,9', /--lambda is a number from 0 to 2/],
    ['--margins 0.5', /takes 2 numbers/],
    ['--hold-out 10', /--hold-out is a number from 0 to 9/],
    ['--hold-out 0,1,2,3,4,5,6,7,8', /at most 8/],
    ['--warm-up 999 --epochs 1', /does not lie inside the run's 468 steps/],
    ['--features a.csv', /takes one run/],
    ['--data letters', /--data is one of mnist/],
    ['--network vgg', /--network is one of compact, lenets\+\+/],
    ['extra', /^“extra” is not understood: flags begin with --/],
  ])('%s is refused in one line', (line, sentence) => {
    let message = '';
    try {
      parsed(line);
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError);
      message = (error as Error).message;
    }
    expect(message).toMatch(sentence);
    expect(message).not.toContain('\n');
  });
});
