/**
 * The lab: one to four runs in lock-step, on any backend and without a page. Equal initial weights,
 * equal batches in equal order, one objective each.
 */

import { BatchOrder } from '../data/batches.ts';
import { decisionRuleOf, type Objective, objectiveAt, startingSchedule } from '../losses/objective.ts';
import { classMeans } from '../measures/classes.ts';
import { accuracy, largestLogit, nearestCentre } from '../measures/decision.ts';
import { letterMeasures } from '../measures/distances.ts';
import { compact } from '../network/compact.ts';
import { lenets } from '../network/lenets.ts';
import { CLASSES, CLASSIFIER, type Network } from '../network/network.ts';
import { initialParameters, parameterView } from '../network/parameters.ts';
import { imageTensor, labelTensor, PIXELS } from './batch.ts';
import { BATCH_SIZE, type Experiment, type NetworkName } from './experiment.ts';
import type { Checkpoint, LossTerms, Measures, RunSnapshot } from './protocol.ts';
import { Run } from './run.ts';

/** Images the centres start from: the first of the training set, under the initial weights. */
export const CENTRE_IMAGES = 1000;
/** Images a forward pass of a snapshot: one shape for every set, so that WebGL compiles once. */
const SNAPSHOT_CHUNK = 250;

/** Images as bytes [count × 784] and their labels [count]. The first shards suffice to begin with. */
export interface LabelledImages {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

const NETWORKS: Record<NetworkName, (dim?: number) => Network> = { compact, 'lenets++': lenets };

export class Lab {
  readonly network: Network;
  readonly runs: readonly Run[];
  readonly #experiment: Experiment;
  readonly #training: LabelledImages;
  readonly #order: BatchOrder;
  #warmUpSteps: number;
  #learningRate: number;
  #step: number;

  private constructor(training: LabelledImages, checkpoint: Checkpoint) {
    const { experiment } = checkpoint;
    this.#experiment = experiment;
    this.#training = training;
    this.network = NETWORKS[experiment.network]();
    this.#order = new BatchOrder({
      seed: experiment.seed,
      batchSize: BATCH_SIZE,
      count: training.labels.length,
    });
    this.runs = checkpoint.runs.map((run) => new Run(this.network, run));
    this.#warmUpSteps = experiment.warmUpSteps;
    this.#learningRate = checkpoint.learningRate;
    this.#step = checkpoint.step;
  }

  /** A lab at step 0. Needs the first CENTRE_IMAGES training images. */
  static async create(experiment: Experiment, training: LabelledImages): Promise<Lab> {
    const network = NETWORKS[experiment.network]();
    const parameters = initialParameters(network, experiment.seed);
    const centres = new Float32Array(CLASSES * network.dim);
    const lab = Lab.restore(training, {
      experiment,
      step: 0,
      learningRate: experiment.learningRate,
      runs: experiment.runs.map(({ objective }) => ({
        schedule: startingSchedule(objective, experiment.warmUpSteps),
        parameters,
        firstMoments: new Float32Array(parameters.length),
        secondMoments: new Float32Array(parameters.length),
        centres,
      })),
    });
    await lab.#startCentres();
    return lab;
  }

  /** A lab that goes on bit for bit from a checkpoint, on the backend that made it. */
  static restore(training: LabelledImages, checkpoint: Checkpoint): Lab {
    return new Lab(training, checkpoint);
  }

  /** Steps done. */
  get step(): number {
    return this.#step;
  }

  /** Epochs done, with fraction. */
  get epoch(): number {
    return this.#step / this.#order.stepsPerEpoch;
  }

  get stepsPerEpoch(): number {
    return this.#order.stepsPerEpoch;
  }

  get learningRate(): number {
    return this.#learningRate;
  }

  /** Acts at the next step. */
  set learningRate(value: number) {
    this.#learningRate = value;
  }

  /** How many training images must have arrived for the next step. */
  get imagesNeeded(): number {
    return this.#order.highestIndexOf(this.#step) + 1;
  }

  setObjective(run: number, objective: Objective): void {
    const target = this.runs[run];
    if (target === undefined) throw new RangeError(`There is no run ${run}.`);
    target.setObjective(objective, this.#step, this.#warmUpSteps);
  }

  /** Plans the warm-up anew where nothing has been trained yet; else it waits for the next reset. */
  setWarmUp(warmUpSteps: number): void {
    this.#warmUpSteps = warmUpSteps;
    if (this.#step === 0) for (const run of this.runs) run.setWarmUp(warmUpSteps);
  }

  /** One batch, learnt by every run. */
  trainStep(): void {
    const indices = this.#order.indicesOf(this.#step);
    const images = imageTensor(this.#training.images, indices);
    const oneHot = labelTensor(this.#training.labels, indices);
    for (const run of this.runs) run.trainStep({ images, oneHot }, this.#step, this.#learningRate);
    images.dispose();
    oneHot.dispose();
    this.#step++;
  }

  /** Loss terms of the last batch, a run each; empty before the first step. Waits for the device. */
  async lossTerms(): Promise<LossTerms[]> {
    const terms: LossTerms[] = [];
    for (const run of this.runs) {
      const own = await run.lossTerms();
      if (own !== undefined) terms.push(own);
    }
    return terms;
  }

  /** What every run makes of these images now, with its measures. */
  async snapshot(set: LabelledImages): Promise<RunSnapshot[]> {
    const snapshots: RunSnapshot[] = [];
    const features = await this.#featuresOf(set);
    for (const [index, run] of this.runs.entries()) {
      const own = features[index] as Float32Array;
      snapshots.push(await this.#measured(run, own, set.labels));
    }
    return snapshots;
  }

  async checkpoint(): Promise<Checkpoint> {
    const runs = await Promise.all(this.runs.map((run) => run.checkpoint()));
    const experiment = { ...this.#experiment, warmUpSteps: this.#warmUpSteps };
    return { experiment, step: this.#step, learningRate: this.#learningRate, runs };
  }

  dispose(): void {
    for (const run of this.runs) run.dispose();
  }

  /** Centres begin at the class means of the first training images: sound before anything pushes against them. */
  async #startCentres(): Promise<void> {
    const set = {
      images: this.#training.images.subarray(0, CENTRE_IMAGES * PIXELS),
      labels: this.#training.labels.subarray(0, CENTRE_IMAGES),
    };
    const features = await this.#featuresOf(set);
    for (const [index, run] of this.runs.entries()) {
      const means = classMeans({
        features: features[index] as Float32Array,
        labels: set.labels,
        dim: this.network.dim,
      });
      // A class without a sample among them starts at the origin.
      run.setCentres(means.map((value) => (Number.isNaN(value) ? 0 : value)));
    }
  }

  /** Features [count × dim] of all images, a run each; images go to the device once for all runs. */
  async #featuresOf({ images, labels }: LabelledImages): Promise<Float32Array[]> {
    const { dim } = this.network;
    const features = this.runs.map(() => new Float32Array(labels.length * dim));
    for (let start = 0; start < labels.length; start += SNAPSHOT_CHUNK) {
      const end = Math.min(labels.length, start + SNAPSHOT_CHUNK);
      const indices = Uint32Array.from({ length: end - start }, (_, i) => start + i);
      const chunk = imageTensor(images, indices);
      for (const [index, run] of this.runs.entries()) {
        const output = run.features(chunk);
        features[index]?.set(await output.data(), start * dim);
        output.dispose();
      }
      chunk.dispose();
    }
    return features;
  }

  async #measured(run: Run, features: Float32Array, labels: Uint8Array): Promise<RunSnapshot> {
    const { dim } = this.network;
    const { parameters, centres } = await run.weights();
    // The rule of the last step that was trained; before the first, of the step to come.
    const rule = decisionRuleOf(objectiveAt(run.schedule, Math.max(0, this.#step - 1)));
    const classifier = parameterView(this.network, parameters, CLASSIFIER);
    const predictions =
      rule === 'logits' ? largestLogit(features, classifier, dim) : nearestCentre(features, centres, dim);
    const labelled = { features, labels, dim };
    const means = classMeans(labelled);
    return {
      features,
      centres,
      means,
      predictions,
      rule,
      measures: measuresOf(labelled, means, centres, predictions),
    };
  }
}

function measuresOf(
  labelled: { features: Float32Array; labels: Uint8Array; dim: number },
  means: Float32Array,
  centres: Float32Array,
  predictions: Uint8Array,
): Measures {
  const onMeans = letterMeasures(labelled, means);
  const onCentres = letterMeasures(labelled, centres);
  return {
    ...onMeans,
    D2OverD1: onMeans.D2 / onMeans.D1,
    D1OnCentres: onCentres.D1,
    D2OnCentres: onCentres.D2,
    D3OnCentres: onCentres.D3,
    accuracy: accuracy(predictions, labelled.labels),
  };
}
