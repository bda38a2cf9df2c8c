/** The flags of `npm run experiment`, checked: unknown or contradictory ones are one clear line. */

import { parseArgs } from 'node:util';
import { stepsPerEpoch } from '../src/data/batches.ts';
import { classCount, type DataSet, mostHeldOut, seenCount } from '../src/data/set.ts';
import { DATA_SET_IDS, type DataSetId, DEFAULT_DATA_SET, dataSet } from '../src/data/sets.ts';
import { DEFAULT_MARGINS, defaultWarmUp, OBJECTIVE_RANGES, type Objective } from '../src/losses/objective.ts';
import { PRESET_NAMES, PRESETS, type PresetName } from '../src/losses/presets.ts';
import { BATCH_SIZE, LEARNING_RATE_RANGE, NETWORK_NAMES, SEED_RANGE } from '../src/training/experiment.ts';

export class UsageError extends Error {}

export interface RunOptions {
  readonly data: DataSetId;
  readonly preset: PresetName | 'custom';
  readonly objective: Objective;
  readonly seed: number;
  readonly network: (typeof NETWORK_NAMES)[number];
  readonly epochs: number;
  /** Softmax-only steps at first, where the objective has no softmax. */
  readonly warmUp: number;
  readonly heldOut: readonly number[];
  readonly dim: number;
  readonly learningRate: number;
}

export interface Options {
  readonly runs: readonly RunOptions[];
  readonly json: boolean;
  readonly featuresFile: string | undefined;
}

const MOST_EPOCHS = 1000;
const MOST_SEEDS = 1000;
const MOST_DIM = 512;
const LEARNING_RATE = 1e-3;

/** @throws UsageError */
export function parseOptions(args: readonly string[]): Options {
  const values = parsed(args);
  const data = oneOf('--data', values.data ?? DEFAULT_DATA_SET, DATA_SET_IDS);
  const runs = seedsOf(values).flatMap((seed) =>
    objectivesOf(values).map(({ preset, objective }): RunOptions => {
      const epochs = number('--epochs', values.epochs ?? '5', [1e-4, MOST_EPOCHS]);
      const heldOut = heldOutOf(values['hold-out'], dataSet(data));
      return {
        data,
        preset,
        objective,
        seed,
        network: oneOf('--network', values.network ?? 'compact', NETWORK_NAMES),
        epochs,
        warmUp: warmUpOf(values['warm-up'], stepsOf({ data, epochs, heldOut })),
        heldOut,
        dim: whole('--dim', values.dim ?? '2', [1, MOST_DIM]),
        learningRate: number(
          '--learning-rate',
          values['learning-rate'] ?? String(LEARNING_RATE),
          LEARNING_RATE_RANGE,
        ),
      };
    }),
  );
  if (values.features !== undefined && runs.length > 1) {
    throw new UsageError(`--features takes one run, and these flags ask for ${runs.length}.`);
  }
  return { runs, json: values.json ?? false, featuresFile: values.features };
}

function parsed(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        preset: { type: 'string', multiple: true },
        lambda: { type: 'string' },
        margins: { type: 'string' },
        data: { type: 'string' },
        network: { type: 'string' },
        epochs: { type: 'string' },
        seed: { type: 'string' },
        seeds: { type: 'string' },
        'hold-out': { type: 'string' },
        'warm-up': { type: 'string' },
        'learning-rate': { type: 'string' },
        dim: { type: 'string' },
        json: { type: 'boolean' },
        features: { type: 'string' },
      },
    });
    return values;
  } catch (error) {
    // Node's own sentence goes on with advice over several lines.
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(/\.\s|\n/);
    throw new UsageError(`${sentence.replace(/\.$/, '')}.`);
  }
}

type Values = ReturnType<typeof parsed>;

function objectivesOf({ preset, lambda, margins }: Values) {
  const [alphaPlus, alphaMinus] =
    margins === undefined
      ? [DEFAULT_MARGINS.alphaPlus, DEFAULT_MARGINS.alphaMinus]
      : numbers('--margins', margins, [OBJECTIVE_RANGES.alphaPlus, OBJECTIVE_RANGES.alphaMinus]);
  const alphas = { alphaPlus: alphaPlus as number, alphaMinus: alphaMinus as number };
  if (lambda !== undefined) {
    if (preset !== undefined) throw new UsageError('--lambda and --preset contradict each other: give one.');
    const { lambda0: range0, lambda1: range1, lambda2: range2 } = OBJECTIVE_RANGES;
    const [lambda0, lambda1, lambda2] = numbers('--lambda', lambda, [range0, range1, range2]) as [
      number,
      number,
      number,
    ];
    return [{ preset: 'custom' as const, objective: { lambda0, lambda1, lambda2, ...alphas } }];
  }
  const names = (preset ?? [PRESET_NAMES.join(',')]).flatMap((text) => text.split(','));
  return names.map((text) => {
    const name = oneOf('--preset', text, PRESET_NAMES);
    return { preset: name, objective: { ...PRESETS[name].objective, ...alphas } };
  });
}

function seedsOf({ seed, seeds }: Values): number[] {
  if (seed !== undefined && seeds !== undefined) {
    throw new UsageError('--seed and --seeds contradict each other: give one.');
  }
  if (seeds === undefined) return [whole('--seed', seed ?? '1', SEED_RANGE)];
  return Array.from({ length: whole('--seeds', seeds, [1, MOST_SEEDS]) }, (_, i) => i + 1);
}

/** Steps of a run: held-out classes make its epochs shorter. */
export function stepsOf({ data, epochs, heldOut }: Pick<RunOptions, 'data' | 'epochs' | 'heldOut'>): number {
  return Math.max(1, Math.round(epochs * stepsPerEpoch(seenCount(dataSet(data), heldOut), BATCH_SIZE)));
}

function warmUpOf(text: string | undefined, steps: number): number {
  if (text === undefined) return defaultWarmUp(steps);
  const warmUp = whole('--warm-up', text, [0, Number.MAX_SAFE_INTEGER]);
  if (warmUp > steps) {
    throw new UsageError(`--warm-up ${warmUp} does not lie inside the run's ${steps} steps.`);
  }
  return warmUp;
}

function heldOutOf(text: string | undefined, set: DataSet): number[] {
  if (text === undefined) return [];
  const range = [0, classCount(set) - 1] as const;
  const labels = [...new Set(text.split(',').map((label) => whole('--hold-out', label, range)))];
  const most = mostHeldOut(set);
  if (labels.length > most) {
    throw new UsageError(`--hold-out leaves fewer than two ${set.word.many} to learn: at most ${most} fit.`);
  }
  return labels.sort((a, b) => a - b);
}

function oneOf<T extends string>(flag: string, text: string, names: readonly T[]): T {
  const name = names.find((candidate) => candidate === text);
  if (name === undefined) throw new UsageError(`${flag} is one of ${names.join(', ')}, not “${text}”.`);
  return name;
}

function numbers(flag: string, text: string, ranges: readonly (readonly [number, number])[]): number[] {
  const parts = text.split(',');
  if (parts.length !== ranges.length) {
    throw new UsageError(`${flag} takes ${ranges.length} numbers with commas between, not “${text}”.`);
  }
  return ranges.map((range, i) => number(flag, parts[i] ?? '', range));
}

function number(flag: string, text: string, [min, max]: readonly [number, number]): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value >= min && value <= max))
    throw new UsageError(`${flag} is a number from ${min} to ${max}, not “${text}”.`);
  return value;
}

function whole(flag: string, text: string, range: readonly [number, number]): number {
  const value = number(flag, text, range);
  if (!Number.isInteger(value)) throw new UsageError(`${flag} is a whole number, not “${text}”.`);
  return value;
}
