/**
 * The lab: one to four runs in lock-step, on any backend and without a page. Equal initial weights,
 * equal batches in equal order, one objective each.
 */

import * as tf from '@tensorflow/tfjs-core';
import { augmented } from '../../data/augmentation.ts';
import { BatchOrder } from '../../data/batches.ts';
import { type LabelNoise, withWrongLabels } from '../../data/label-noise.ts';
import { type LabelledImages, slice } from '../../data/labelled-images.ts';
import { shapeOf, shardSize } from '../../data/set.ts';
import { type Losses, loadLosses } from '../../losses/joint.ts';
import type { Objective } from '../../losses/objective.ts';
import { classMeans, withoutClasses } from '../../measures/classes.ts';
import type { Network } from '../../network/network.ts';
import { NETWORKS } from '../../network/networks.ts';
import { initialParameters } from '../../network/parameters.ts';
import { afterChange, type Change } from '../changes.ts';
import type { Checkpoint, HaltedRun, LearningRateEntry, RunCheckpoint } from '../checkpoint.ts';
import {
  type BackendName,
  batchSizeOf,
  dimOf,
  type Experiment,
  MAX_RUNS,
  type RunSpec,
} from '../experiment.ts';
import { learningRatesOf, pastOf, scheduleOf, withPast } from '../past.ts';
import { gradientsOf } from './dealing.ts';
import { faultOf } from './faults.ts';
import { Feed, STEPS_A_TRANSFER } from './feed.ts';
import { ALONE, type Lanes } from './lanes.ts';
import { inLockstep } from './lockstep.ts';
import { partsOf } from './parts.ts';
import type { LossTerms } from './run.ts';
import { Run } from './run.ts';
import type { RunSnapshot } from './snapshots.ts';
import { eachState, featuresOf, snapshotsOf } from './snapshots.ts';
import { isSameState, twinsOf } from './twins.ts';

/** Images the centres start from: the first of the training set, under the initial weights. */
export const CENTRE_IMAGES = 1000;
/** Of all labs; 0 before there is a backend. */
export function tensorsHeld(): number {
  // Not tf.memory(), which would start a backend.
  return tf.engine().state.numTensors;
}

/** Trains all runs of one experiment, a batch at a time. Owns its tensors: `dispose` releases them. */
export class Lab {
  readonly network: Network;
  readonly #losses: Losses;
  #runs: Run[];
  #experiment: Experiment;
  readonly #training: LabelledImages;
  readonly #batchSize: number;
  readonly #order: BatchOrder;
  readonly #feed: Feed;
  /** Who computes beside this worker; what comes out does not depend on it. */
  lanes: Lanes = ALONE;
  /** [classes], 0 for those that are held out; undefined where none is. */
  readonly #present: tf.Tensor1D | undefined;
  #step: number;
  /** Runs that have not yet learnt what the others have, in the order in which they came. */
  #joining: { readonly run: Run; step: number }[] = [];

  private constructor(training: LabelledImages, losses: Losses, checkpoint: Checkpoint) {
    const { experiment } = checkpoint;
    this.#losses = losses;
    this.#experiment = withPast(experiment, pastOf(checkpoint));
    const { set } = training;
    this.#training = { ...training, labels: withWrongLabels(training.labels, noiseOf(experiment, set)) };
    this.#batchSize = batchSizeOf(experiment);
    this.network = NETWORKS[experiment.network]({ dim: dimOf(experiment), ...shapeOf(set) });
    this.#order = new BatchOrder({
      seed: experiment.seed,
      batchSize: this.#batchSize,
      count: training.labels.length,
      shardSize: shardSize(set),
      keep: (index) => !experiment.heldOut.includes(training.labels[index] as number),
    });
    const { augmentation: kind, seed } = experiment;
    const changed =
      kind && ((images: Uint8Array, step: number) => augmented(images, { kind, seed, step, side: set.side }));
    const together = STEPS_A_TRANSFER[tf.getBackend() as BackendName];
    this.#feed = new Feed(this.#training, this.#order, together, changed);
    if (experiment.heldOut.length > 0) {
      const flags = Array.from({ length: this.network.classes }, (_, label) =>
        experiment.heldOut.includes(label) ? 0 : 1,
      );
      this.#present = tf.tensor1d(flags);
    }
    this.#runs = checkpoint.runs.map((run) => new Run(this.network, losses, run));
    this.#uniteEqual(checkpoint.runs);
    this.#step = checkpoint.step;
  }

  /**
   * A lab at step 0. Needs the first CENTRE_IMAGES training images, and all labels.
   *
   */
  static async create(experiment: Experiment, training: LabelledImages): Promise<Lab> {
    const learningRates = learningRatesOf(experiment);
    const lab = new Lab(training, await loadLosses(), { experiment, step: 0, learningRates, runs: [] });
    lab.#runs = experiment.runs.map((spec) => lab.#newRun(spec));
    const [first, ...others] = lab.#runs;
    if (first === undefined) throw new RangeError('A lab needs a run.');
    await lab.#startCentres(first);
    for (const run of others) run.adopt(first);
    return lab;
  }

  /** A lab that goes on bit for bit from a checkpoint, on the backend that made it. */
  static async restore(training: LabelledImages, checkpoint: Checkpoint): Promise<Lab> {
    return new Lab(training, await loadLosses(), checkpoint);
  }

  get runs(): readonly Run[] {
    return this.#runs;
  }

  /** Steps done. */
  get step(): number {
    return this.#step;
  }

  /** Epochs done, with fraction. */
  get epoch(): number {
    return this.#step / this.#order.stepsPerEpoch;
  }

  /** Images a step. */
  get batchSize(): number {
    return this.#batchSize;
  }

  get stepsPerEpoch(): number {
    return this.#order.stepsPerEpoch;
  }

  get learningRates(): readonly LearningRateEntry[] {
    return learningRatesOf(this.#experiment);
  }

  /** With everything that was changed since it began. */
  get experiment(): Experiment {
    return this.#experiment;
  }

  /** Acts at the next step. */
  setLearningRate(learningRate: number): void {
    this.#change({ type: 'setLearningRate', learningRate });
  }

  /** How many training images must have arrived for the next step. */
  get imagesNeeded(): number {
    return this.#feed.imagesNeeded(this.#step);
  }

  /** Acts at the next step. */
  setObjective(run: number, objective: Objective): void {
    this.#runAt(run);
    this.#change({ type: 'setObjective', run, objective });
  }

  /** Plans the warm-up anew where nothing has been trained yet; else it waits for the next reset. */
  setWarmUp(warmUpSteps: number): void {
    this.#change({ type: 'setWarmUp', warmUpSteps });
  }

  /**
   * A run joins with the initial weights of the others. It must catch up before training goes on.
   *
   * @throws RangeError where MAX_RUNS are here already
   */
  async addRun(spec: RunSpec): Promise<void> {
    if (this.#runs.length >= MAX_RUNS) throw new RangeError(`There is room for ${MAX_RUNS} runs.`);
    const run = this.#newRun(spec);
    await this.#startCentres(run);
    this.#runs.push(run);
    this.#change({ type: 'addRun', run: spec });
    if (this.#step > 0) this.#joining.push({ run, step: 0 });
  }

  /** Ends a run. @throws RangeError for the last one */
  removeRun(index: number): void {
    const run = this.#runAt(index);
    if (this.#runs.length === 1) throw new RangeError('The last run stays.');
    this.#joining = this.#joining.filter((joining) => joining.run !== run);
    this.#runs = this.#runs.filter((other) => other !== run);
    this.#change({ type: 'removeRun', run: index });
    run.dispose();
  }

  /** Steps that the first of the late runs has learnt, while one is behind; undefined in lock-step. */
  get catchingUpAt(): number | undefined {
    return this.#joining[0]?.step;
  }

  /**
   * One batch, learnt by every run; or, while a run is behind, the next batch of that run alone. Between call and end
   * nothing may be changed.
   */
  async trainStep(): Promise<void> {
    const [joining] = this.#joining;
    if (joining !== undefined) {
      await this.#learn([joining.run], joining.step);
      joining.step++;
      if (joining.step === this.#step) this.#joining.shift();
      return;
    }
    await this.#learn(
      this.#runs.filter(({ halted }) => halted === undefined),
      this.#step,
    );
    this.#step++;
  }

  /** Loss terms of the last batch, a run each; undefined for one that learnt none. Waits for the device. */
  async lossTerms(): Promise<(LossTerms | undefined)[]> {
    const terms = await eachState(this.#runs, (run) => run.lossTerms());
    return terms.map((own, index) => (this.#runs[index]?.halted === undefined ? own : undefined));
  }

  /** True while no run can learn. */
  get isHalted(): boolean {
    return this.#runs.every(({ halted }) => halted !== undefined);
  }

  /**
   * What has gone wrong with each run that learns, as a clause; undefined where nothing has.
   *
   * @param set a few images
   * @param terms as `lossTerms` gave them
   */
  async faults(
    set: LabelledImages,
    terms: readonly (LossTerms | undefined)[],
  ): Promise<(string | undefined)[]> {
    const features = await featuresOf(set, this.#runs);
    return this.#runs.map(({ halted }, index) =>
      halted === undefined ? faultOf(terms[index], features[index] ?? [], this.network.dim) : undefined,
    );
  }

  /** A run goes back to an earlier state of its own, and waits there while the others go on. */
  halt(index: number, state: RunCheckpoint, halted: HaltedRun): void {
    const old = this.#runAt(index);
    this.#joining = this.#joining.filter(({ run }) => run !== old);
    old.dispose();
    const run = new Run(this.network, this.#losses, { ...state, halted });
    this.#runs = this.#runs.map((other, position) => (position === index ? run : other));
  }

  /** The state in which a run began. */
  async startOf(index: number): Promise<RunCheckpoint> {
    const spec = this.#experiment.runs[index];
    if (spec === undefined) throw new RangeError(`There is no run ${index}.`);
    const run = this.#newRun(spec);
    await this.#startCentres(run);
    const state = await run.checkpoint();
    run.dispose();
    return state;
  }

  /** What every run makes of these images now, with its measures. */
  async snapshot(set: LabelledImages): Promise<RunSnapshot[]> {
    const context = { step: this.#step, heldOut: this.#experiment.heldOut };
    return snapshotsOf(set, this.#runs, context, this.lanes);
  }

  /** Class means [classes × dim] of these images' features, a run each. */
  async classMeansOf(set: LabelledImages): Promise<Float32Array[]> {
    const features = await featuresOf(set, this.#runs);
    const { dim, classes } = this.network;
    return features.map((own) => classMeans({ features: own, labels: set.labels, dim, classes }));
  }

  /** Undefined while a run is behind: only runs in lock-step can be resumed. */
  async checkpoint(): Promise<Checkpoint | undefined> {
    if (this.#joining.length > 0) return undefined;
    const runs = await Promise.all(this.#runs.map((run) => run.checkpoint()));
    return { experiment: this.#experiment, step: this.#step, learningRates: this.learningRates, runs };
  }

  dispose(): void {
    for (const run of this.#runs) run.dispose();
    this.#present?.dispose();
    this.#feed.dispose();
  }

  /** A run with the initial weights, at step 0, its centres still at the origin. */
  #newRun(spec: RunSpec): Run {
    const parameters = initialParameters(this.network, this.#experiment.seed);
    return new Run(this.network, this.#losses, {
      schedule: scheduleOf(spec, this.#experiment.warmUpSteps),
      parameters,
      firstMoments: new Float32Array(parameters.length),
      secondMoments: new Float32Array(parameters.length),
      centres: new Float32Array(this.network.classes * this.network.dim),
    });
  }

  /** What the runs learn by follows the experiment. */
  #change(change: Change): void {
    this.#experiment = afterChange(this.#experiment, change, this.#step);
    const { runs, warmUpSteps } = this.#experiment;
    for (const [index, spec] of runs.entries()) {
      const run = this.#runs[index];
      if (run !== undefined) run.schedule = scheduleOf(spec, warmUpSteps);
    }
  }

  #runAt(index: number): Run {
    const run = this.#runs[index];
    if (run === undefined) throw new RangeError(`There is no run ${index}.`);
    return run;
  }

  /** The batch of `step`, learnt by these runs. */
  async #learn(runs: readonly Run[], step: number): Promise<void> {
    const learningRate = this.learningRates.findLast((entry) => entry.step <= step)?.learningRate;
    if (learningRate === undefined) throw new Error('The learning rates must begin at step 0.');
    const batch = this.#feed.batchOf(step);
    const twins = twinsOf(runs, step);
    const learners = runs
      .filter((run) => !twins.has(run))
      .map((run) => ({ run, learner: run.learnerAt(step) }));
    const parts = learners.flatMap((each) =>
      partsOf(this.#batchSize, tf.getBackend() as BackendName, each.learner.objective).map((rows) => ({
        ...each,
        rows,
      })),
    );
    const present = this.#present;
    const gradients = await gradientsOf(parts, {
      lanes: this.lanes,
      batch,
      batchSize: this.#batchSize,
      present,
    });
    const whole = { oneHot: batch.oneHotOf({ start: 0, count: this.#batchSize }), present };
    inLockstep(learners, ({ run, learner }) => {
      const own = gradients.filter((_, index) => parts[index]?.run === run);
      run.learn(learner, own, whole, { step, learningRate });
    });
    for (const [run, twin] of twins) run.adopt(twin);
    batch.dispose();
  }

  /** Centres begin at the class means of the first training images: sound before anything pushes against them. */
  async #startCentres(run: Run): Promise<void> {
    const set = slice(this.#training, 0, CENTRE_IMAGES);
    const [features = new Float32Array(0)] = await featuresOf(set, [run]);
    const means = classMeans({
      features,
      labels: set.labels,
      dim: this.network.dim,
      classes: this.network.classes,
    });
    // A class without a sample among them, and one that is held out, starts at the origin.
    const sound = withoutClasses(means, this.#experiment.heldOut, this.network.dim);
    run.setCentres(sound.map((value) => (Number.isNaN(value) ? 0 : value)));
  }

  /** Runs whose checkpoints are equal to the last bit go on as one. */
  #uniteEqual(checkpoints: readonly RunCheckpoint[]): void {
    for (const [index, run] of this.#runs.entries()) {
      const twin = checkpoints.findIndex((other, position) => {
        const own = checkpoints[index];
        const isLearning = own?.halted === undefined && other.halted === undefined;
        return position < index && own !== undefined && isLearning && isSameState(other, own);
      });
      const other = this.#runs[twin];
      if (other !== undefined) run.adopt(other);
    }
  }
}

/** Which training labels are wrong on purpose. */
function noiseOf({ seed, labelNoise = 0, heldOut }: Experiment, set: LabelledImages['set']): LabelNoise {
  const classes = set.classNames.map((_, label) => label).filter((label) => !heldOut.includes(label));
  return { seed, share: labelNoise, classes };
}
