/** The worker's door: what comes in is a message of the protocol within its bounds, or it is refused. */

import * as v from 'valibot';
import { isOwnSetId, MOST_IMAGES, OWN_SIDE, type OwnSetId } from '../../data/own-set.ts';
import { imageBytes } from '../../data/set.ts';
import { agrees, isEarlierOf, type StateSaid } from '../agreement.ts';
import { changeSchema } from '../changes.ts';
import { BACKEND_NAMES, centresLengthOf, MAX_RUNS, NETWORK_NAMES, parameterCountOf } from '../experiment.ts';
import { type CoresWish, isCoresWish } from '../lanes/cores-wish.ts';
import {
  dataSetIdSchema,
  experimentSchema,
  haltedSchema,
  learningRatesSchema,
  objectiveSchema,
  scheduleSchema,
  stepSchema,
  trainedSchema,
  trainedSize,
} from '../schemas.ts';
import type { Checkpoint, Command, Message } from './protocol.ts';

/** Thrown for what is no message of the protocol. */
export class MessageError extends Error {
  override readonly name = 'MessageError';
}

const values = v.instance(Float32Array);

const stateEntries = {
  experiment: experimentSchema,
  step: stepSchema,
  learningRates: learningRatesSchema,
  runs: v.pipe(
    v.array(
      v.object({
        schedule: scheduleSchema,
        parameters: values,
        firstMoments: values,
        secondMoments: values,
        centres: values,
        trained: trainedSchema,
        halted: v.optional(haltedSchema),
      }),
    ),
    v.minLength(1),
    v.maxLength(MAX_RUNS),
  ),
};

type State = Omit<Checkpoint, 'lastGood'>;

/** Runs that agree with the experiment, with arrays as long as its network needs. */
function fits(state: State): boolean {
  const { experiment, runs } = state;
  const count = parameterCountOf(experiment);
  const places = centresLengthOf(experiment);
  return (
    agrees(said(state)) &&
    runs.every(
      ({ parameters, firstMoments, secondMoments, centres, trained }) =>
        [parameters, firstMoments, secondMoments].every(
          ({ length }) => length === count + trainedSize(trained, places),
        ) && centres.length === places,
    )
  );
}

function said({ runs, ...state }: State): StateSaid {
  return {
    ...state,
    schedules: runs.map(({ schedule }) => schedule),
    halted: runs.map(({ halted }) => halted),
  };
}

const checkpoint = v.pipe(
  v.object({
    ...stateEntries,
    lastGood: v.optional(
      v.pipe(
        v.object(stateEntries),
        v.check((state) => fits(state)),
      ),
    ),
  } satisfies Record<keyof Checkpoint, unknown>),
  v.check((state) => fits(state)),
  v.check(({ lastGood, ...state }) => lastGood === undefined || isEarlierOf(said(state), said(lastGood))),
);

/** So many places or images a question: more than fit into a plot. */
const MOST_ASKED = 4096;
/** Of images: far more than anyone draws. */
const MOST_BYTES = 4 * 2 ** 20;
const bytes = v.instance(Uint8Array);
const shortList = v.pipe(
  values,
  v.check(({ length }) => length <= 2 * MOST_ASKED),
);

const request = v.variant('kind', [
  v.pipe(
    v.object({
      kind: v.literal('forces'),
      objective: objectiveSchema,
      places: shortList,
      labels: bytes,
      centres: shortList,
      agents: v.optional(values),
      heldOut: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), v.maxLength(100)),
      others: v.object({ features: shortList, labels: bytes }),
      isDetailed: v.boolean(),
    }),
    v.check(({ places, labels }) => places.length === 2 * labels.length),
    v.check(({ others }) => others.features.length === 2 * others.labels.length),
    v.check(({ centres, agents }) => agents === undefined || agents.length === centres.length),
    v.check(({ centres, labels, others }) =>
      [labels, others.labels].every((each) => each.every((label) => 2 * label < centres.length)),
    ),
  ),
  v.object({
    kind: v.literal('features'),
    data: dataSetIdSchema,
    images: v.pipe(
      bytes,
      v.check(({ length }) => length > 0 && length <= MOST_BYTES),
    ),
    networks: v.optional(
      v.object({
        name: v.picklist(NETWORK_NAMES),
        parameters: v.pipe(v.array(values), v.minLength(1), v.maxLength(MAX_RUNS)),
      }),
    ),
  }),
]);

const command = v.variant('type', [
  v.object({
    type: v.literal('open'),
    experiment: experimentSchema,
    dataUrl: v.pipe(v.string(), v.maxLength(2000), v.regex(/^https?:\/\/.*\/$/)),
    resume: v.optional(checkpoint),
    preferred: v.optional(v.picklist(BACKEND_NAMES)),
    fetchNow: v.boolean(),
    isShown: v.optional(v.boolean()),
  }),
  v.object({ type: v.literal('train'), until: v.optional(stepSchema) }),
  v.object({ type: v.picklist(['pause', 'step', 'retryData', 'snapshotAll', 'checkpoint']) }),
  v.object({ type: v.literal('reset'), experiment: experimentSchema }),
  v.object({ type: v.literal('showSamples'), samples: v.picklist(['balanced', 'all']) }),
  v.object({
    type: v.literal('useCores'),
    cores: v.custom<CoresWish>(isCoresWish),
  }),
  v.object({ type: v.literal('ask'), question: v.pipe(v.number(), v.integer(), v.minValue(0)), request }),
  changeSchema,
]) satisfies v.GenericSchema<unknown, Command>;

const ownImages = v.pipe(
  v.object({
    id: v.custom<OwnSetId>(isOwnSetId),
    images: bytes,
    labels: bytes,
  }),
  v.check(({ images, labels }) => images.length === labels.length * imageBytes({ side: OWN_SIDE })),
  v.check(({ labels }) => labels.length <= MOST_IMAGES),
);

const message = v.union([
  v.literal('ping'),
  v.object({ own: ownImages }),
  v.object({ drawnIn: v.pipe(v.number(), v.minValue(0)) }),
  v.object({ id: v.pipe(v.number(), v.integer(), v.minValue(0)), command }),
]) satisfies v.GenericSchema<unknown, Message>;

/** @throws MessageError for anything that is not in the protocol, or out of its bounds */
export function parseMessage(value: unknown): Message {
  const result = v.safeParse(message, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new MessageError(
    `The training worker was asked for what it can’t do: ${issue.message.slice(0, 200)}.`,
  );
}
