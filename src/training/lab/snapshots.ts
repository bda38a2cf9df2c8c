/** What runs make of images: their features, and what a snapshot contains of them. */

import type { LabelledImages } from '../../data/labelled-images.ts';
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
import { readPolled } from './readback.ts';
import type { Run } from './run.ts';

/** Images a forward pass of a snapshot: one shape for every set, so that WebGL compiles once. */
const SNAPSHOT_CHUNK = 250;

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

/** Features [count × dim] of all images, a run each; images go to the device once for all runs. */
export async function featuresOf(set: LabelledImages, runs: readonly Run[]): Promise<Float32Array[]> {
  const { labels } = set;
  const dim = runs[0]?.network.dim ?? 0;
  const features = runs.map(() => new Float32Array(labels.length * dim));
  for (let start = 0; start < labels.length; start += SNAPSHOT_CHUNK) {
    const end = Math.min(labels.length, start + SNAPSHOT_CHUNK);
    const indices = Uint32Array.from({ length: end - start }, (_, i) => start + i);
    const chunk = imageTensor(set, indices);
    for (const [index, run] of runs.entries()) {
      const output = run.features(chunk);
      features[index]?.set(await readPolled(output, run.network.name), start * dim);
      output.dispose();
    }
    chunk.dispose();
    // Messages are handled in between, so that a worker in a long snapshot still answers.
    await yieldToMessages();
  }
  return features;
}

/** What every run makes of these images, with the measures that a snapshot has; computed once for runs that hold one state. */
export async function snapshotsOf(
  set: LabelledImages,
  runs: readonly Run[],
  context: SnapshotContext,
): Promise<RunSnapshot[]> {
  const states = distinct(runs);
  const features = await featuresOf(set, states);
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
