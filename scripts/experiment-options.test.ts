import { describe, expect, it } from 'vitest';
import { parseOptions, UsageError } from './experiment-options.ts';

const parsed = (line: string) => parseOptions(line.split(' ').filter((part) => part !== ''));

describe('the flags of an experiment', () => {
  it('ask for all presets with one seed where they say nothing', () => {
    const { runs, json } = parsed('');
    expect(runs.map(({ preset }) => preset)).toEqual(['S', 'S+C', 'S+M', 'S+C+M', 'C+M', 'M']);
    expect(new Set(runs.map(({ seed }) => seed))).toEqual(new Set([1]));
    expect(runs[0]).toMatchObject({
      network: 'compact',
      data: 'mnist',
      epochs: 5,
      warmUp: 468,
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
    expect(runs[0]?.objective).toMatchObject({ lambda0: 0, lambda2: 1, alphaPlus: 1, alphaMinus: 3 });
    expect([json, featuresFile]).toEqual([true, 'a.csv']);
    expect(parsed('--epochs 1 --preset M').runs[0]?.warmUp).toBe(234);
    // Two digits are left: 92 steps an epoch.
    expect(parsed('--epochs 1 --preset M --hold-out 0,1,2,3,4,5,6,7').runs[0]?.warmUp).toBe(46);
    expect(parsed('--preset S,M --seeds 3').runs).toHaveLength(6);
    expect(parsed('--lambda 0.5,0,2').runs[0]).toMatchObject({
      preset: 'custom',
      objective: { lambda0: 0.5, lambda1: 0, lambda2: 2 },
    });
  });

  it.each([
    ['--preset X', /--preset is one of/],
    ['--colour red', /Unknown option '--colour'/],
    ['--epochs', /epochs/],
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
    ['extra', /extra/],
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
