/** What the parts of an experiment may be, wherever they come from: files and messages share this. */

import * as v from 'valibot';
import { AUGMENTATIONS } from '../data/augmentation.ts';
import { isOwnSetId, ownSetId, ownSetSchema } from '../data/own-set.ts';
import { parsedBy } from '../data/parsed-by.ts';
import { CLASS_RANGE, classCount, mostHeldOut } from '../data/set.ts';
import { DATA_SET_IDS, type DataSetId, DEFAULT_DATA_SET } from '../data/sets.ts';
import { knobSettings, parseObjective } from '../losses/objective.ts';
import { LAST_STEP, parseSchedule } from '../losses/schedule.ts';
import { hasOwnCentres } from '../losses/term.ts';
import { maybeTerm } from '../losses/terms.ts';
import { isRising } from './agreement.ts';
import type { HaltedRun } from './checkpoint.ts';
import {
  BACKEND_NAMES,
  BATCH_SIZE_RANGE,
  DIM_RANGE,
  type EarlierObjective,
  type Experiment,
  LABEL_NOISE_RANGE,
  LEARNING_RATE_RANGE,
  MAX_RUNS,
  NETWORK_NAMES,
  type RunSpec,
  SEED_RANGE,
  setOf,
  WARM_UP_RANGE,
} from './experiment.ts';

/** Live changes of one experiment: more than anyone makes by hand. */
const MOST_CHANGES = 20_000;

export const within = ([min, max]: readonly [number, number]) =>
  v.pipe(v.number(), v.minValue(min), v.maxValue(max));

/** Within the ranges of its terms' records; the lab's first form is read as well. */
export const objectiveSchema = parsedBy(parseObjective);

/** Entries in rising order of step; the first is at step 0. */
export const scheduleSchema = parsedBy(parseSchedule);

export const stepSchema = v.pipe(within([0, LAST_STEP]), v.integer());

const untilSchema = v.pipe(within([1, LAST_STEP]), v.integer());

/** Entries in rising order of `until`. */
const earlier = <S extends v.GenericSchema<unknown, { readonly until: number }>>(entry: S) =>
  v.pipe(
    v.array(entry),
    v.maxLength(MOST_CHANGES),
    v.check((entries) => entries.every(({ until }, i) => until > (entries[i - 1]?.until ?? 0))),
    v.readonly(),
  );

export const runSchema = v.object({
  title: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(40)),
  objective: objectiveSchema,
  before: v.optional(
    v.pipe(
      earlier(
        v.object({
          until: untilSchema,
          objective: objectiveSchema,
          isWarmUp: v.optional(v.literal(true)),
        } satisfies Record<keyof EarlierObjective, unknown>),
      ),
      v.check((entries) => entries.every(({ isWarmUp }, i) => i === 0 || !isWarmUp)),
    ),
  ),
} satisfies Record<keyof RunSpec, unknown>);

export const learningRateSchema = within(LEARNING_RATE_RANGE);
export const warmUpSchema = v.pipe(within(WARM_UP_RANGE), v.integer());

/** Of a set that the lab offers, or as those of one's own images are. */
export const dataSetIdSchema = v.custom<DataSetId>(
  (id) => DATA_SET_IDS.some((own) => own === id) || isOwnSetId(id),
);

const experimentFields = v.object({
  /** Files of before there was a choice have none. */
  data: v.optional(
    v.custom<DataSetId>((id) => typeof id === 'string'),
    DEFAULT_DATA_SET,
  ),
  own: v.optional(ownSetSchema),
  network: v.picklist(NETWORK_NAMES),
  backend: v.picklist(['auto', ...BACKEND_NAMES]),
  seed: v.pipe(within(SEED_RANGE), v.integer()),
  learningRate: learningRateSchema,
  ratesBefore: v.optional(earlier(v.object({ until: untilSchema, learningRate: learningRateSchema }))),
  warmUpSteps: warmUpSchema,
  dim: v.optional(v.pipe(within(DIM_RANGE), v.integer())),
  batchSize: v.optional(v.pipe(within(BATCH_SIZE_RANGE), v.integer())),
  labelNoise: v.optional(within(LABEL_NOISE_RANGE)),
  augmentation: v.optional(v.picklist(AUGMENTATIONS)),
  heldOut: v.pipe(
    v.array(v.pipe(within([0, CLASS_RANGE[1] - 1]), v.integer())),
    v.check((labels) => labels.every((label, i) => label > (labels[i - 1] ?? -1))),
  ),
  runs: v.pipe(v.array(runSchema), v.minLength(1), v.maxLength(MAX_RUNS)),
} satisfies Record<keyof Experiment, unknown>);

/** No run trains centres for more terms than it has had. */
const MOST_TRAINED = 20;

/** Centres at the end of θ: each term once. */
export const trainedSchema = v.optional(
  v.pipe(
    v.array(v.object({ term: v.pipe(v.string(), v.check(mayTrainCentres)), updates: stepSchema })),
    v.maxLength(MOST_TRAINED),
    v.check((parts) => new Set(parts.map(({ term }) => term)).size === parts.length),
  ),
);

/** Can this term have centres of its own, with its knobs at some value? */
function mayTrainCentres(id: string): boolean {
  const record = maybeTerm(id);
  return record !== undefined && knobSettings(record).some((knobs) => hasOwnCentres(record.needs(knobs)));
}

/** Numbers that they take in θ. */
export function trainedSize(trained: readonly unknown[] | undefined, centres: number): number {
  return (trained?.length ?? 0) * centres;
}

function isKnown({ data, own }: Pick<Experiment, 'data' | 'own'>): boolean {
  return own === undefined ? DATA_SET_IDS.some((id) => id === data) : ownSetId(own) === data;
}

function mayHoldOut({ heldOut, ...experiment }: Pick<Experiment, 'data' | 'own' | 'heldOut'>): boolean {
  const set = setOf(experiment);
  return heldOut.length <= mostHeldOut(set) && heldOut.every((label) => label < classCount(set));
}

export const experimentSchema = v.pipe(
  experimentFields,
  // One check: a pipe goes on after one that failed.
  v.check(
    (experiment) => isKnown(experiment) && mayHoldOut(experiment),
    'This data set, or classes left out of it, there are not',
  ),
);

export const haltedSchema = v.object({
  step: stepSchema,
  reason: v.pipe(v.string(), v.maxLength(200)),
} satisfies Record<keyof HaltedRun, unknown>);

/** In rising order of step; the first is at step 0. */
export const learningRatesSchema = v.pipe(
  v.array(v.object({ step: stepSchema, learningRate: learningRateSchema })),
  v.minLength(1),
  v.maxLength(MOST_CHANGES),
  v.check((entries) => entries[0]?.step === 0 && isRising(entries)),
);
