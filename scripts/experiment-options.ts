/** The flags of `npm run experiment`, checked: unknown or contradictory ones are one clear line. */

import { existsSync, statSync } from 'node:fs';
import { AUGMENTATIONS, type Augmentation } from '../src/data/augmentation.ts';
import { stepsPerEpoch } from '../src/data/batches.ts';
import { type OwnSetHeader, ownSetId } from '../src/data/own-set.ts';
import { classCount, type DataSet, mostHeldOut, seenCount } from '../src/data/set.ts';
import { DATA_SET_IDS, type DataSetId, DEFAULT_DATA_SET } from '../src/data/sets.ts';
import { drawnClasses } from '../src/data/split.ts';
import { type Objective, startsWithSoftmax } from '../src/losses/objective.ts';
import { LETTER_PRESETS, PRESETS } from '../src/losses/presets.ts';
import { defaultWarmUp } from '../src/losses/schedule.ts';
import {
  BATCH_SIZE,
  BATCH_SIZE_RANGE,
  LABEL_NOISE_RANGE,
  LEARNING_RATE_RANGE,
  NETWORK_NAMES,
  PLOT_DIM,
  SEED_RANGE,
  setOf,
  usualBatchSize,
} from '../src/training/experiment.ts';
import { number, oneOf, refuseTwice, UsageError, whole } from './flags.ts';
import { type FlagsOf, flagsIn } from './lib/commands.mjs';
import { folderSet } from './lib/folder-set.ts';
import { jobsOf } from './lib/jobs.ts';
import { flagsOf, knobsAtRest, objectivesOf, presetNameOf } from './objective-options.ts';
import { termsHelp } from './terms-help.ts';

export interface RunOptions {
  readonly data: DataSetId;
  /** Of one's own images; undefined for a set that the lab knows. */
  readonly own: OwnSetHeader | undefined;
  readonly folder: string | undefined;
  /** The name of the preset with the same terms and weights, or 'custom'. */
  readonly preset: string;
  readonly objective: Objective;
  readonly seed: number;
  readonly network: (typeof NETWORK_NAMES)[number];
  readonly epochs: number;
  /** Softmax-only steps at first; 0 where the objective asks for none. */
  readonly warmUp: number;
  readonly heldOut: readonly number[];
  readonly batchSize: number;
  /** Share of training labels that are wrong on purpose. */
  readonly labelNoise: number;
  readonly augmentation: Augmentation | undefined;
  readonly dim: number;
  readonly learningRate: number;
  /** Draws of pairs that verification is repeated with. */
  readonly pairSeeds: number;
}

export interface Options {
  readonly runs: readonly RunOptions[];
  readonly json: boolean;
  readonly featuresFile: string | undefined;
  readonly pictureFile: string | undefined;
  /** Runs at a time. */
  readonly jobs: number;
  /** Holds the lines of finished runs, which are not trained again. */
  readonly keptFile: string | undefined;
  /** Only the usage is asked for; there are no runs. */
  readonly help: boolean;
  /** A sentence for each flag that changes nothing. */
  readonly notes: readonly string[];
}

const MOST_EPOCHS = 1000;
const MOST_SEEDS = 1000;
const MOST_DIM = 512;
const MOST_PAIR_SEEDS = 100;
const LEARNING_RATE = 1e-3;

/** @throws UsageError */
export function parseOptions(args: readonly string[]): Options {
  const values = flagsIn('experiment', args);
  const none = { featuresFile: undefined, pictureFile: undefined, keptFile: undefined };
  if (values.help) return { runs: [], json: false, jobs: 1, ...none, help: true, notes: [] };
  const asked = dataOf(values.data);
  const set = setOf(asked);
  const runs = seedsOf(values).flatMap((seed) =>
    objectivesOf(values).map((objective): RunOptions => {
      const epochs = number('--epochs', values.epochs ?? '5', [1e-4, MOST_EPOCHS]);
      const heldOut = heldOutOf(values, set, seed);
      const batchSize = batchSizeOf(values['batch-size'], seenCount(set, heldOut));
      const warmUp = warmUpOf(values['warm-up'], stepsOf({ ...asked, epochs, heldOut, batchSize }));
      return {
        ...asked,
        preset: presetNameOf(objective),
        objective,
        seed,
        network: oneOf('--network', values.network ?? 'compact', NETWORK_NAMES),
        epochs,
        warmUp: startsWithSoftmax(objective) ? warmUp : 0,
        heldOut,
        batchSize,
        augmentation:
          values.augment === undefined ? undefined : oneOf('--augment', values.augment, AUGMENTATIONS),
        labelNoise: number('--label-noise', values['label-noise'] ?? '0', LABEL_NOISE_RANGE),
        dim: whole('--dim', values.dim ?? '2', [1, MOST_DIM]),
        learningRate: number(
          '--learning-rate',
          values['learning-rate'] ?? String(LEARNING_RATE),
          LEARNING_RATE_RANGE,
        ),
        pairSeeds: whole('--pair-seeds', values['pair-seeds'] ?? '1', [1, MOST_PAIR_SEEDS]),
      };
    }),
  );
  for (const flag of ['features', 'picture'] as const) {
    if (values[flag] !== undefined && runs.length > 1)
      throw new UsageError(`--${flag} takes one run, and these flags ask for ${runs.length}.`);
    if (values[flag] !== undefined && values.keep !== undefined)
      throw new UsageError(`--keep holds no ${flag}: give --${flag} or --keep.`);
    if (values[flag] === '-') throw new UsageError(`--${flag} needs the name of a file, not “-”.`);
  }
  if (values.picture !== undefined && runs.some(({ dim }) => dim !== PLOT_DIM))
    throw new UsageError(`--picture shows ${PLOT_DIM} dimensions: leave --dim at ${PLOT_DIM}.`);
  return {
    runs,
    json: values.json ?? false,
    jobs: jobsOf(values.jobs),
    featuresFile: values.features,
    pictureFile: values.picture,
    keptFile: values.keep,
    help: false,
    notes: [...knobsAtRest(values), ...warmUpsAtRest(values, runs)],
  };
}

function warmUpsAtRest({ 'warm-up': given }: Values, runs: readonly RunOptions[]): string[] {
  if (given === undefined || runs.some(({ objective }) => startsWithSoftmax(objective))) return [];
  return ['--warm-up changes nothing: what is minimised needs none.'];
}

type Values = FlagsOf<'experiment'>;

function seedsOf({ seed, seeds }: Values): number[] {
  if (seed !== undefined && seeds !== undefined) {
    throw new UsageError('--seed and --seeds contradict each other: give one.');
  }
  if (seeds === undefined) return [whole('--seed', seed ?? '1', SEED_RANGE)];
  return Array.from({ length: whole('--seeds', seeds, [1, MOST_SEEDS]) }, (_, i) => i + 1);
}

/** Steps of a run: held-out classes make its epochs shorter. */
export function stepsOf(run: Pick<RunOptions, 'data' | 'own' | 'epochs' | 'heldOut' | 'batchSize'>): number {
  const { epochs, heldOut, batchSize } = run;
  return Math.max(1, Math.round(epochs * stepsPerEpoch(seenCount(setOf(run), heldOut), batchSize)));
}

function warmUpOf(text: string | undefined, steps: number): number {
  if (text === undefined) return defaultWarmUp(steps);
  const warmUp = whole('--warm-up', text, [0, Number.MAX_SAFE_INTEGER]);
  if (warmUp > steps) {
    throw new UsageError(`--warm-up ${warmUp} does not lie inside the run's ${steps} steps.`);
  }
  return warmUp;
}

/** A set by its id, or a folder of images, which is read. */
function dataOf(text: string = DEFAULT_DATA_SET): Pick<RunOptions, 'data' | 'own' | 'folder'> {
  const id = DATA_SET_IDS.find((each) => each === text);
  if (id !== undefined) return { data: id, own: undefined, folder: undefined };
  if (!existsSync(text) || !statSync(text).isDirectory()) {
    throw new UsageError(
      `--data is one of ${DATA_SET_IDS.join(', ')} or a folder with a folder a class, not “${text}”.`,
    );
  }
  const { header } = folderSet(text);
  return { data: ownSetId(header), own: header, folder: text };
}

/** A batch is at most what there is to be learnt. */
function batchSizeOf(text: string | undefined, samples: number): number {
  const [least, most] = BATCH_SIZE_RANGE;
  const all = Math.min(most, samples);
  return text === undefined
    ? usualBatchSize(samples)
    : whole('--batch-size', text, [Math.min(least, all), all]);
}

function heldOutOf(values: Values, set: DataSet, seed: number): number[] {
  const { 'hold-out': numbers, 'hold-out-classes': classes } = values;
  if (numbers !== undefined && classes !== undefined) {
    throw new UsageError('--hold-out and --hold-out-classes contradict each other: give one.');
  }
  if (classes !== undefined) return chosenClasses(classes, set, seed);
  if (numbers === undefined) return [];
  const range = [0, classCount(set) - 1] as const;
  return checkedHeldOut(
    '--hold-out',
    numbers.split(',').map((label) => whole('--hold-out', label, range)),
    set,
  );
}

/** So many, drawn with the run's seed, or those of these names. A number is a count, whatever classes are called. */
function chosenClasses(text: string, set: DataSet, seed: number): number[] {
  const flag = '--hold-out-classes';
  if (/^\d+$/.test(text)) {
    const count = whole(flag, text, [1, mostHeldOut(set)]);
    return [...drawnClasses(classCount(set), count, seed)];
  }
  const labels = text.split(',').map((name) => {
    const label = set.classNames.findIndex((own) => own.toLowerCase() === name.trim().toLowerCase());
    if (label < 0)
      throw new UsageError(`${flag}: ${set.title} has no class “${name}”, but ${set.classNames.join(', ')}.`);
    return label;
  });
  return checkedHeldOut(flag, labels, set);
}

function checkedHeldOut(flag: string, labels: readonly number[], set: DataSet): number[] {
  refuseTwice(flag, labels.map(String));
  const most = mostHeldOut(set);
  if (labels.length > most) {
    throw new UsageError(`${flag} leaves fewer than two ${set.word.many} to learn: at most ${most} fit.`);
  }
  return [...labels].sort((a, b) => a - b);
}

/** The arguments that make the line of this run again. */
export function commandOf(run: RunOptions): string[] {
  const { data, folder, objective, network, epochs, seed, heldOut, warmUp, learningRate, dim } = run;
  const { batchSize, labelNoise, augmentation, pairSeeds } = run;
  return [
    ...flagsOf(objective),
    ...['--data', folder ?? data, '--network', network, '--epochs', String(epochs), '--seed', String(seed)],
    ...(heldOut.length > 0 ? ['--hold-out', heldOut.join(',')] : []),
    ...(batchSize === BATCH_SIZE ? [] : ['--batch-size', String(batchSize)]),
    ...(labelNoise === 0 ? [] : ['--label-noise', String(labelNoise)]),
    ...(augmentation === undefined ? [] : ['--augment', augmentation]),
    ...(startsWithSoftmax(objective) ? ['--warm-up', String(warmUp)] : []),
    ...['--learning-rate', String(learningRate), '--dim', String(dim)],
    ...(pairSeeds === 1 ? [] : ['--pair-seeds', String(pairSeeds)]),
    '--json',
  ];
}

const HELP_WIDTH = 118;
/** The column at which explanations of flags begin. */
const HELP_INDENT = 25;

/** What `--help` prints. */
export function usage(): string {
  const names = (presets: readonly { readonly name: string }[]) =>
    wrapped(
      presets.map(({ name }) => name),
      HELP_INDENT,
    );
  return `Usage: npm run --silent experiment -- [FLAGS]

Trains without a page and prints the measures of every run.

What is minimised: J = λ₀·head + λ₁·centre term + λ₂·metric term
  --preset NAME,…        ${names(PRESETS)};
                         where nothing is said: ${names(LETTER_PRESETS)}
  --head, --centre, --metric ID
                         Alone: these terms at their own weights, the others at 0; a centre term alone stands beside
                         softmax. With --preset: takes the place of the preset's term at its weight (at its own weight
                         where the preset's is 0). With --lambda: at those weights.
  --lambda λ₀,λ₁,λ₂      weights, 0 to 2
  --set KEY=VALUE,…      knobs of these terms; SLOT.KEY=VALUE where a key is in two slots, as in head.m=0.1
  --margins α₊,α₋        short for --set alphaPlus=α₊,alphaMinus=α₋

How it learns
  --data ${DATA_SET_IDS.join('|')}|FOLDER
                         FOLDER has a folder a class, of PGM, PPM, PNG or JPEG images; a fifth of each is tested
  --network ${NETWORK_NAMES.join('|')}   --epochs N (5)   --dim N (2)   --learning-rate N (${LEARNING_RATE})
  --seed N (1), or --seeds N for the seeds 1 to N
  --warm-up STEPS        softmax alone at first, where the objective asks for it
  --batch-size N (128)   images a step, 16 to 512
  --label-noise SHARE    so many training labels are wrong on purpose, 0 to 0.8, drawn with the seed
  --augment ${AUGMENTATIONS.join('|')}
                         training images moved by up to two pixels, mirrored too, anew in every step
  --hold-out CLASS,…     classes that training never sees, by number
  --hold-out-classes N|NAME,…
                         so many, drawn with the run's seed, or those of these names

What comes out
  --json                 one JSON object a line, one a run
  --features FILE.csv    test features and predictions as CSV, and learned centres as FILE.centres.csv, of one run
  --picture FILE         the scatter plot of the test features as SVG, of one run
  --pair-seeds N (1)     verification once more with other draws of its pairs: with --json, the equal error rate of each
  --keep FILE            each finished run is a line of FILE, too; what stands there is not trained again

How many at a time
  --jobs N               runs side by side, each in a process of its own (where nothing is said: as many as there are
                         cores); one that fails is named at the end, the others go on

Terms, their weights and knobs
${termsHelp()}`;
}

/** Names with commas, in lines that fit a terminal; further lines begin at the same column. */
function wrapped(names: readonly string[], indent: number): string {
  const lines: string[] = [];
  for (const name of names) {
    const line = lines.at(-1);
    if (line === undefined || indent + line.length + name.length + 3 > HELP_WIDTH) lines.push(name);
    else lines[lines.length - 1] = `${line}, ${name}`;
  }
  return lines.join(`,\n${' '.repeat(indent)}`);
}
