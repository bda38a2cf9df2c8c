import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DATA_SET_IDS } from '../data/sets.ts';
import { OBJECTIVE_RANGES, type Objective } from '../losses/objective.ts';
import {
  BACKEND_NAMES,
  type Experiment,
  LEARNING_RATE_RANGE,
  NETWORK_NAMES,
  SEED_RANGE,
  WARM_UP_RANGE,
} from '../training/protocol.ts';
import { tidyTitle, withUniqueTitles } from './titles.ts';
import { DEFAULT_EXPERIMENT, formatHash, parseHash } from './url.ts';

const within = ([min, max]: readonly [number, number]) =>
  fc.double({ min, max, noNaN: true }).map((x) => x + 0);
const whole = ([min, max]: readonly [number, number]) => fc.integer({ min, max });
const ranges = Object.entries(OBJECTIVE_RANGES).map(([field, range]) => [field, within(range)] as const);
const objective = fc.record(Object.fromEntries(ranges)) as unknown as fc.Arbitrary<Objective>;
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

  it('survives any text', () => {
    const links = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.string().map((text) => `#run=${text}*0*0*0*0*1&seed=${text}`),
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
