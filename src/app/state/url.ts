/**
 * The experiment as the URL's hash, and back. Whatever is unknown or out of range falls back to its
 * default and is reported, so that a link never breaks the page and never lies in silence.
 *
 *     #data=mnist&network=compact&backend=auto&seed=1&lr=0.001&warmup=468&out=8,9&run=Softmax*1*0*0*0.5*8
 *
 * batch=64, noise=0.2 and dim=16 stand there only where they are not 128, 0 and 2. A run's own form is run-link.ts's. Later learning rates follow the first with the steps from which on they hold:
 * lr=0.001*at:1664*0.0005.
 */

import * as v from 'valibot';
import { AUGMENTATIONS } from '../../data/augmentation.ts';
import { isOwnSetId, type OwnSetHeader, ownRecord, ownSetId } from '../../data/own-set.ts';
import { classCount, countsOf, type DataSet, mostHeldOut } from '../../data/set.ts';
import { DATA_SET_IDS, DEFAULT_DATA_SET, dataSet } from '../../data/sets.ts';
import { RADIO_PRESETS } from '../../losses/presets.ts';
import { defaultWarmUp } from '../../losses/schedule.ts';
import {
  BACKEND_NAMES,
  BATCH_SIZE,
  BATCH_SIZE_RANGE,
  batchAndNoise,
  begunAnew,
  DIM_RANGE,
  type EarlierRate,
  type Experiment,
  LABEL_NOISE_RANGE,
  LEARNING_RATE_RANGE,
  learningRatesOf,
  MAX_RUNS,
  NETWORK_NAMES,
  type RunSpec,
  SEED_RANGE,
  scheduleOf,
  setOf,
  WARM_UP_RANGE,
  withPast,
} from '../../training/link/protocol.ts';
import { formatRun, number, parseRun, short, stepIn } from './run-link.ts';
import { CHAPTER_COUNT } from './slices/guide.ts';
import { MOST_PINS } from './slices/view.ts';
import { withUniqueTitles } from './titles.ts';

export const DEFAULT_EXPERIMENT: Experiment = {
  data: DEFAULT_DATA_SET,
  network: 'compact',
  backend: 'auto',
  seed: 1,
  learningRate: 1e-3,
  warmUpSteps: defaultWarmUp(Number.POSITIVE_INFINITY),
  heldOut: [],
  runs: RADIO_PRESETS.map(({ title, objective }) => ({ title, objective })),
};

/** Longer links are cut on their way through letters and chats: they are neither made nor read. */
const LONGEST_HASH = 8000;

const whole = (min: number, max: number) => v.pipe(number(min, max), v.integer());

/** '8,9': labels of the set, each once, in rising order whatever order they are written in. */
const labelsOf = (set: DataSet) =>
  v.pipe(
    v.string(),
    v.regex(/^((0|[1-9]\d?)(,(0|[1-9]\d?))*)?$/),
    v.transform((text) => (text === '' ? [] : text.split(',').map(Number))),
    v.check((labels) => new Set(labels).size === labels.length),
    v.transform((labels) => labels.sort((a, b) => a - b)),
    v.maxLength(mostHeldOut(set)),
    v.check((labels) => labels.every((label) => label < classCount(set))),
  );

const fieldsOf = (set: DataSet) =>
  ({
    data: { key: 'data', schema: v.picklist([...DATA_SET_IDS, set.id]) },
    network: { key: 'network', schema: v.picklist(NETWORK_NAMES) },
    backend: { key: 'backend', schema: v.picklist(['auto', ...BACKEND_NAMES]) },
    seed: { key: 'seed', schema: whole(...SEED_RANGE) },
    learningRate: { key: 'lr', schema: number(...LEARNING_RATE_RANGE) },
    warmUpSteps: { key: 'warmup', schema: whole(...WARM_UP_RANGE) },
    heldOut: { key: 'out', schema: labelsOf(set) },
    dim: { key: 'dim', schema: whole(...DIM_RANGE) },
    batchSize: { key: 'batch', schema: whole(...BATCH_SIZE_RANGE) },
    labelNoise: { key: 'noise', schema: number(...LABEL_NOISE_RANGE) },
    augmentation: { key: 'augment', schema: v.picklist(AUGMENTATIONS) },
  }) as const;
type Field = keyof ReturnType<typeof fieldsOf>;

/**
 * '#…' for an experiment; `parseHash` reads it back to an equal one. Where so much was done that no link holds it, it
 * begins with what the controls show.
 */
export function formatHash(experiment: Experiment, pins: readonly number[] = [], guide?: number): string {
  const hash = fitsLink(experiment) ? wholeHash(experiment) : wholeHash(begunAnew(experiment));
  const pinned = pins.length === 0 ? hash : `${hash}&${PINS}=${pins.join('*')}`;
  return guide === undefined ? pinned : `${pinned}&${GUIDE}=${guide}`;
}

/** The key of pinned samples: how the page is looked at, of which nothing computed depends. */
const PINS = 'pin';
/** The key of the chapter of the guide that is open. */
const GUIDE = 'guide';

/** True where a link holds the experiment with all that was done. */
export function fitsLink(experiment: Experiment): boolean {
  return wholeHash(experiment).length <= LONGEST_HASH;
}

function wholeHash(experiment: Experiment): string {
  const parameters = new URLSearchParams();
  for (const [name, { key }] of Object.entries(fieldsOf(setOf(experiment)))) {
    const text = name === 'learningRate' ? formatRates(experiment) : String(experiment[name as Field]);
    // Links that name no data set are shorter, and the same as before there was a choice.
    const goesWithoutSaying =
      (name === 'data' && text === DEFAULT_DATA_SET) || experiment[name as Field] === undefined;
    if (text !== '' && !goesWithoutSaying) parameters.set(key, text);
  }
  for (const run of experiment.runs) parameters.append('run', formatRun(run));
  return `#${parameters}`;
}

/** '0.001', '0.001*at:1664*0.0005'. */
function formatRates(experiment: Experiment): string {
  const [first, ...later] = learningRatesOf(experiment);
  return [
    first?.learningRate,
    ...later.flatMap(({ step, learningRate }) => [`at:${step}`, learningRate]),
  ].join('*');
}

export interface ParsedHash {
  readonly experiment: Experiment;
  /** Of pinned samples, in the test set, the first one first; left out where there are none. */
  readonly pins?: readonly number[];
  /** The chapter of the guide that opens, from 1. */
  readonly guide?: number;
  /** What could not be used, a sentence each; empty for a good link. */
  readonly problems: readonly string[];
}

/** At most this many are reported. */
const MOST_PROBLEMS = 6;

/**
 * Never throws.
 *
 * @param ownSets those of the visitor's own images that this page knows
 */
export function parseHash(hash: string, ownSets: readonly OwnSetHeader[] = []): ParsedHash {
  const problems: string[] = [];
  if (hash.length > LONGEST_HASH) {
    return {
      experiment: DEFAULT_EXPERIMENT,
      problems: ['This link is too long to be one of the lab’s.'],
    };
  }
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const [rate, ...laterRates] = parameters.get('lr')?.split('*') ?? [];
  const field = <Name extends Field>(name: Name, set: DataSet): Experiment[Name] => {
    const { key, schema } = fieldsOf(set)[name];
    const text = name === 'learningRate' && rate !== undefined ? rate : parameters.get(key);
    const usual = { batchSize: BATCH_SIZE, labelNoise: 0, ...DEFAULT_EXPERIMENT }[name] as Experiment[Name];
    if (text === null) return usual;
    if (parameters.getAll(key).length > 1) {
      problems.push(`${key} stands in this link more than once; ${String(usual ?? '') || 'none'} is used.`);
      return usual;
    }
    const result = v.safeParse(schema, text);
    if (result.success) return result.output as Experiment[Name];
    problems.push(`“${short(text)}” is no value for ${key}; ${String(usual ?? '') || 'none'} is used.`);
    return usual;
  };
  const named = parameters.get('data') ?? '';
  const own = ownSets.find((header) => ownSetId(header) === named);
  if (own === undefined && isOwnSetId(named)) {
    problems.push(missingImages(named));
    parameters.delete('data');
  }
  const data = field('data', own === undefined ? dataSet(DEFAULT_DATA_SET) : ownRecord(own));
  const set = own === undefined ? dataSet(data) : ownRecord(own);
  const known = new Set<string>(['run', PINS, GUIDE, ...Object.values(fieldsOf(set)).map(({ key }) => key)]);
  for (const key of new Set(parameters.keys())) {
    if (!known.has(key)) problems.push(`The link’s setting “${short(key)}” is unknown and was left out.`);
  }
  const experiment: Experiment = {
    data,
    ...(own === undefined ? {} : { own }),
    network: field('network', set),
    backend: field('backend', set),
    seed: field('seed', set),
    learningRate: field('learningRate', set),
    warmUpSteps: field('warmUpSteps', set),
    heldOut: field('heldOut', set),
    dim: field('dim', set),
    ...batchAndNoise(Number(field('batchSize', set)), Number(field('labelNoise', set))),
    augmentation: field('augmentation', set),
    runs: runsOf(parameters.getAll('run'), problems),
  };
  const isOneRate = parameters.getAll('lr').length < 2;
  const rates = ratesOf(experiment.learningRate, isOneRate ? laterRates : [], problems);
  // What only says what goes without saying is left out.
  const done = withPast(experiment, {
    schedules: experiment.runs.map((run) => scheduleOf(run, experiment.warmUpSteps)),
    learningRates: [],
  });
  const pins = pinsOf(parameters.getAll(PINS), countsOf(set, experiment.heldOut).test, problems);
  const guide = chapterOf(parameters.getAll(GUIDE), problems);
  return {
    experiment: { ...done, ...rates },
    ...(pins.length === 0 ? {} : { pins }),
    ...(guide === undefined ? {} : { guide }),
    problems: firstOf(problems),
  };
}

function missingImages(named: string): string {
  const name = short(named.replace(/@[^@]*$/, ''));
  return `This link is of the images “${name}”, which are not in this browser: choose Open images… and the same folder, then open the link again. Here its settings are shown with MNIST.`;
}

/** Once, and of those that there are. */
function chapterOf(texts: readonly string[], problems: string[]): number | undefined {
  const [text, ...others] = texts;
  if (text === undefined) return undefined;
  const chapter = v.safeParse(whole(1, CHAPTER_COUNT), text);
  if (chapter.success && others.length === 0) return chapter.output;
  problems.push(`“${short(texts.join(', '))}” is no chapter of the guide, which has ${CHAPTER_COUNT}.`);
  return undefined;
}

/** '12*345': each once, the first ones of too many. */
function pinsOf(texts: readonly string[], tested: number, problems: string[]): readonly number[] {
  const pins = new Set<number>();
  for (const text of texts.flatMap((each) => each.split('*'))) {
    const index = v.safeParse(whole(0, tested - 1), text);
    if (!index.success) problems.push(`“${short(text)}” is no test sample that could be pinned.`);
    else if (pins.size < MOST_PINS) pins.add(index.output);
    else problems.push(`Only ${MOST_PINS} samples can be pinned; ${index.output} was left out.`);
  }
  return [...pins];
}

/** The rates of 'at:1664', '0.0005', …; what can't be read is left out. */
function ratesOf(
  first: number,
  later: readonly string[],
  problems: string[],
): Pick<Experiment, 'learningRate' | 'ratesBefore'> {
  const ratesBefore: EarlierRate[] = [];
  let learningRate = first;
  for (let index = 0; index < later.length; index += 2) {
    const [at = '', text = ''] = later.slice(index, index + 2);
    const step = v.safeParse(stepIn, at.startsWith('at:') ? at.slice(3) : '');
    const rate = v.safeParse(number(...LEARNING_RATE_RANGE), text);
    const follows = step.success && step.output > (ratesBefore.at(-1)?.until ?? 0);
    if (!follows || !rate.success) {
      problems.push(`“${short(`${at}*${text}`)}” is no later value for lr and was left out.`);
    } else if (rate.output !== learningRate) {
      ratesBefore.push({ until: step.output, learningRate });
      learningRate = rate.output;
    }
  }
  return ratesBefore.length === 0 ? { learningRate } : { learningRate, ratesBefore };
}

/** A hostile link has as many problems as it likes. */
function firstOf(problems: readonly string[]): readonly string[] {
  const left = problems.length - MOST_PROBLEMS;
  if (left <= 0) return problems;
  return [...problems.slice(0, MOST_PROBLEMS), `So were ${left} further parts of this link.`];
}

function runsOf(texts: readonly string[], problems: string[]): readonly RunSpec[] {
  const runs: RunSpec[] = [];
  for (const text of texts) {
    const inParts: string[] = [];
    const run = parseRun(text, inParts);
    if (run === undefined) problems.push(`The run “${short(text)}” could not be read and was left out.`);
    else if (runs.length >= MAX_RUNS) problems.push(`Only ${MAX_RUNS} runs fit; one was left out.`);
    else {
      problems.push(...inParts);
      runs.push(run);
    }
  }
  return runs.length > 0 ? withUniqueTitles(runs) : DEFAULT_EXPERIMENT.runs;
}
