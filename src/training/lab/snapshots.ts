/** What runs make of images: their features, and what a snapshot contains of them. */

import { chosen, type LabelledImages } from '../../data/labelled-images.ts';
import { yieldToMessages } from '../../data/yield-to-messages.ts';
import { decisionRuleOf } from '../../losses/objective.ts';
import { objectiveAt } from '../../losses/schedule.ts';
import type { DecisionRule } from '../../losses/term.ts';
import { predictionsBy } from '../../measures/accuracy.ts';
import { classMeans, withoutClasses } from '../../measures/classes.ts';
import { computed, MeasureContext } from '../../measures/measure.ts';
import { SNAPSHOT_MEASURES } from '../../measures/measures.ts';
import { CLASSIFIER } from '../../network/parameter-specs.ts';
import { parameterView } from '../../network/parameters.ts';
import { imageTensor } from './batch.ts';
import { ALONE, type Lanes } from './lanes.ts';
import { readPolled } from './readback.ts';
import type { Run } from './run.ts';

/** Images a forward pass of a snapshot: one shape for every set, so that WebGL compiles once. */
const SNAPSHOT_CHUNK = 250;
/** Fewer chunks are not worth sending θ around. */
const SHARED_CHUNKS = 4;

/** Named numbers over a snapshot: D1, D2, D3, D1OnCentres, …, accuracy. */
export type Measures = Readonly<Record<string, number>>;

/** What a run makes of a set of images. */
export interface RunSnapshot {
  /** [count × dim] features, row-major. */
  readonly features: Float32Array;
  /** [classes × dim] learned centres. */
  readonly centres: Float32Array;
  /** [classes × dim] class means of `features`. */
  readonly means: Float32Array;
  /** W, [dim × classes]: a column an agent w_j. */
  readonly agents: Float32Array;
  /** Predicted class a sample, by `rule`. */
  readonly predictions: Uint8Array;
  readonly rule: DecisionRule;
  readonly measures: Measures;
}

export interface SnapshotContext {
  /** Updates made. */
  readonly step: number;
  readonly heldOut: readonly number[];
}

/**
 * Features [count × dim] of all images, a run each; images go to the device once for all runs. Lanes take their share of
 * many images.
 */
export async function featuresOf(
  set: LabelledImages,
  runs: readonly Run[],
  lanes: Lanes = ALONE,
): Promise<Float32Array[]> {
  const { labels } = set;
  const dim = runs[0]?.network.dim ?? 0;
  const features = runs.map(() => new Float32Array(labels.length * dim));
  const starts = Array.from(
    { length: Math.ceil(labels.length / SNAPSHOT_CHUNK) },
    (_, i) => i * SNAPSHOT_CHUNK,
  );
  const others = starts.length >= SHARED_CHUNKS ? lanes.others : 0;
  const ask = others === 0 ? undefined : await asking(set, runs, lanes);
  for (let first = 0; first < starts.length; first += others + 1) {
    const [own, ...elsewhere] = starts.slice(first, first + others + 1) as [number, ...number[]];
    const asked = elsewhere.map((start, lane) => ({ start, answers: ask?.(lane, start) ?? [] }));
    await featuresHere(set, own, runs, features);
    for (const { start, answers } of asked) {
      const found = await Promise.all(answers.map((answer) => answer()));
      if (found.every((answer) => answer !== undefined)) {
        for (const [index, answer] of found.entries()) features[index]?.set(answer[0] ?? [], start * dim);
      } else {
        await featuresHere(set, start, runs, features);
      }
    }
    // Messages are handled in between, so that a worker in a long snapshot still answers.
    await yieldToMessages();
  }
  return features;
}

/** Images `start` and following, computed by this worker. */
async function featuresHere(
  set: LabelledImages,
  start: number,
  runs: readonly Run[],
  features: readonly Float32Array[],
): Promise<void> {
  const indices = rowsOf(set, start);
  const chunk = imageTensor(set, indices);
  for (const [index, run] of runs.entries()) {
    const output = run.features(chunk);
    features[index]?.set(await readPolled(output, run.network.name), start * run.network.dim);
    output.dispose();
  }
  chunk.dispose();
}

function rowsOf({ labels }: LabelledImages, start: number): Uint32Array {
  return Uint32Array.from({ length: Math.min(SNAPSHOT_CHUNK, labels.length - start) }, (_, i) => start + i);
}

/** Asks a lane for the same, a task a run. */
async function asking(all: LabelledImages, runs: readonly Run[], lanes: Lanes) {
  const thetas: Float32Array[] = [];
  for (const run of runs) thetas.push(await run.theta());
  const { side, classNames } = all.set;
  return (lane: number, start: number) => {
    const { images } = chosen(all, rowsOf(all, start));
    return runs.map(({ network: { name, dim } }, index) =>
      lanes.ask(lane, {
        kind: 'features',
        network: name,
        dim,
        set: { side, classNames },
        parameters: thetas[index] as Float32Array,
        images,
      }),
    );
  };
}

/** What every run makes of these images, with the measures that a snapshot has; computed once for runs that hold one state. */
export async function snapshotsOf(
  set: LabelledImages,
  runs: readonly Run[],
  context: SnapshotContext,
  lanes: Lanes = ALONE,
): Promise<RunSnapshot[]> {
  const states = distinct(runs);
  const features = await featuresOf(set, states, lanes);
  const featuresOfState = new Map(states.map((run, index) => [run.state, features[index]]));
  const snapshots: RunSnapshot[] = [];
  for (const run of runs) {
    // A copy for each run: buffers are transferred with each snapshot.
    const own = Float32Array.from(featuresOfState.get(run.state) ?? []);
    snapshots.push(await measured(run, own, set.labels, context));
  }
  return snapshots;
}

/** One run of each state, in order. */
function distinct(runs: readonly Run[]): Run[] {
  return runs.filter((run, index) => runs.findIndex(({ state }) => state === run.state) === index);
}

/** What `work` finds for each run, done once for runs that hold one state. */
export async function eachState<T>(runs: readonly Run[], work: (run: Run) => Promise<T>): Promise<T[]> {
  const found = new Map<object, T>();
  for (const run of distinct(runs)) found.set(run.state, await work(run));
  return runs.map(({ state }) => found.get(state) as T);
}

/** A run's features with what they say. `step` counts the updates made. */
async function measured(
  run: Run,
  features: Float32Array,
  labels: Uint8Array,
  { step, heldOut }: SnapshotContext,
): Promise<RunSnapshot> {
  const { dim, classes } = run.network;
  // The last step that was trained; before the first, the step to come.
  const last = Math.max(0, step - 1);
  const { parameters, centres: learned } = await run.weights(last);
  const centres = withoutClasses(learned, heldOut, dim);
  const rule = decisionRuleOf(objectiveAt(run.schedule, last));
  const agents = parameterView(run.network, parameters, CLASSIFIER);
  const labelled = { features, labels, dim, classes };
  const context = new MeasureContext({ ...labelled, centres, heldOut, agents, rule });
  const predictions = predictionsBy(context, rule);
  if (predictions === undefined) throw new Error(`Nothing decides by ${rule} here.`);
  return {
    features,
    centres,
    means: classMeans(labelled),
    // A copy of its own: what is transferred must not take the parameters along.
    agents: agents.slice(),
    predictions,
    rule,
    measures: computed(SNAPSHOT_MEASURES, context),
  };
}
