/**
 * `npm run experiment`: trains without a page, on the lab's own code, and prints every measure. Of several runs each has
 * a process of its own; their lines are printed in the order in which they were asked for, each as soon as it can be.
 */

import { featuresCsv } from '../src/data/csv.ts';
import type { ImageSet } from '../src/data/image-set.ts';
import { slice } from '../src/data/labelled-images.ts';
import { splitOf } from '../src/data/own-set.ts';
import { classCount } from '../src/data/set.ts';
import { measuredMargins } from '../src/losses/objective.ts';
import { PRESETS } from '../src/losses/presets.ts';
import { evaluate } from '../src/measures/evaluate.ts';
import { PAIR_SEED, PAIRS } from '../src/measures/verification.ts';
import { batchAndNoise, type Experiment } from '../src/training/experiment.ts';
import { Lab } from '../src/training/lab/lab.ts';
import {
  commandOf,
  type Options,
  parseOptions,
  type RunOptions,
  stepsOf,
  usage,
} from './experiment-options.ts';
import { codeDigest } from './lib/code-digest.mjs';
import { commitOf } from './lib/commit.ts';
import { folderSet } from './lib/folder-set.ts';
import { sideBySide, type Task, throwFailures } from './lib/jobs.ts';
import { openKept } from './lib/kept-lines.ts';
import { printLine, requireOutput } from './lib/output.mjs';
import { openOutput } from './lib/output-file.ts';
import { loadDataSet, openNodeBackend, trainTo } from './node-lab.ts';
import { type PairDraw, pairDraws } from './pair-draws.ts';
import { progressBar } from './progress.ts';
import { figureOf } from './run-figure.ts';

/** Training images a class whose means decide "by the nearest training-set mean": so many place a mean well. */
const MEAN_IMAGES_A_CLASS = 1000;

/** What of a line its table shows. */
type Shown = Pick<
  Result,
  'preset' | 'seed' | 'network' | 'data' | 'steps' | 'backend' | 'seconds' | 'measures'
>;

interface Result extends RunOptions {
  readonly steps: number;
  readonly seconds: number;
  readonly backend: string;
  readonly measures: Readonly<Record<string, number>>;
  /** Of more draws than one. */
  readonly pairDraws: readonly PairDraw[];
}

export default async function main(args: readonly string[]): Promise<void> {
  const options = parseOptions(args);
  if (options.help) {
    console.log(usage());
    return;
  }
  for (const note of options.notes) console.error(note);
  const { featuresFile } = options;
  const features = featuresFile === undefined ? undefined : await openOutput(featuresFile);
  // A pipe or a device has no second file beside it.
  const centres = featuresFile?.endsWith('.csv')
    ? await openOutput(featuresFile.replace(/csv$/, 'centres.csv'))
    : undefined;
  const picture = options.pictureFile === undefined ? undefined : await openOutput(options.pictureFile);
  requireOutput();
  const [only, ...others] = options.runs;
  if (only === undefined) return;
  if (others.length > 0 || options.keptFile !== undefined) return sideBySideOf(options);
  const backend = await openNodeBackend();
  const bar = progressBar(process.stderr);
  const { result, csv, centresCsv, svg } = await trained(only, await imagesOf(only), backend, (steps) => {
    bar.show(steps / stepsOf(only), nameOf(only));
  });
  bar.clear();
  await printLine(options.json ? await lineOf(result) : tableOf(result));
  await features?.write(csv);
  await centres?.write(centresCsv);
  await picture?.write(svg());
}

interface RunTask extends Task {
  readonly run: RunOptions;
}

/** Every run by a call of this command for it alone. @throws Error where a run failed, when all others are done */
async function sideBySideOf({ runs, jobs, json, keptFile }: Options): Promise<void> {
  const kept = keptFile === undefined ? undefined : await openKept(keptFile);
  const tasks = runs.map((run): RunTask => ({ name: nameOf(run), args: commandOf(run), run }));
  const lines = new Map<RunTask, string>();
  for (const task of tasks) {
    const line = kept?.lineOf(task.args);
    if (line !== undefined) lines.set(task, line);
  }
  if (lines.size > 0) console.error(`${lines.size} of ${tasks.length} runs stand in ${keptFile} already.`);
  const print = (line: string) => printLine(json ? line : tableOf(JSON.parse(line)));
  let printed = 0;
  const printReady = async () => {
    for (let task = tasks[printed]; task !== undefined && lines.has(task); task = tasks[++printed])
      await print(lines.get(task) ?? '');
  };
  await printReady();
  const bar = progressBar(process.stderr);
  const total = tasks.reduce((sum, { run }) => sum + stepsOf(run), 0);
  const failures = await sideBySide(
    'experiment',
    tasks.filter((task) => !lines.has(task)),
    jobs,
    async (task, output) => {
      const line = output.trim();
      await kept?.add(line);
      lines.set(task, line);
      bar.clear();
      await printReady();
      bar.show([...lines.keys()].reduce((sum, { run }) => sum + stepsOf(run), 0) / total, task.name);
    },
  );
  bar.clear();
  // What waited for one that failed.
  for (const task of tasks.slice(printed)) {
    const line = lines.get(task);
    if (line !== undefined) await print(line);
  }
  throwFailures(failures);
}

/** Of a set that the lab knows, or of one's own folder; what of it can't be read is named. */
async function imagesOf({
  data,
  folder,
  seed,
  heldOut,
}: RunOptions): Promise<Pick<ImageSet, 'set' | 'train' | 'test'>> {
  if (folder === undefined) return loadDataSet(data);
  const found = folderSet(folder);
  for (const sentence of found.unread.slice(0, MOST_NAMED)) console.error(`Not read: ${sentence}`);
  const others = found.unread.length - MOST_NAMED;
  if (others > 0) console.error(`Not read: ${others} more.`);
  const { train, test } = splitOf(found.images, { seed, heldOut });
  return { set: found.images.set, train, test };
}

/** Files that can't be read are named one by one up to here. */
const MOST_NAMED = 10;

function nameOf({ preset, seed }: RunOptions): string {
  return `${preset}, seed ${seed}`;
}

async function trained(
  run: RunOptions,
  { set, train, test }: Pick<ImageSet, 'set' | 'train' | 'test'>,
  backend: string,
  onStep: (steps: number) => void,
): Promise<{ result: Result; csv: string; centresCsv: string; svg: () => string }> {
  const experiment: Experiment = {
    data: run.data,
    own: run.own,
    network: run.network,
    backend: 'auto',
    dim: run.dim,
    seed: run.seed,
    learningRate: run.learningRate,
    warmUpSteps: run.warmUp,
    heldOut: run.heldOut,
    ...batchAndNoise(run.batchSize, run.labelNoise),
    augmentation: run.augmentation,
    runs: [{ title: run.preset, objective: run.objective }],
  };
  const lab = await Lab.create(experiment, train);
  const steps = stepsOf(run);
  const started = performance.now();
  await trainTo(lab, steps, () => onStep(lab.step));
  const seconds = (performance.now() - started) / 1000;
  const [snapshot] = await lab.snapshot(test);
  const [trainingMeans] = await lab.classMeansOf(slice(train, 0, MEAN_IMAGES_A_CLASS * classCount(set)));
  lab.dispose();
  if (snapshot === undefined || trainingMeans === undefined) throw new Error('The run left no features.');
  const { features, centres, predictions, rule } = snapshot;
  if (!features.every(Number.isFinite)) throw new Error(`The run ${run.preset}, seed ${run.seed} diverged.`);
  const { labels } = test;
  const { dim, heldOut } = run;
  const measures = {
    ...snapshot.measures,
    ...evaluate({
      ...{ features, labels, dim, classes: classCount(set), centres, heldOut },
      ...{ predictions, trainingMeans, rule, margins: measuredMargins(run.objective) },
      pairs: { count: PAIRS, seed: PAIR_SEED, mayBeAll: true },
    }),
  };
  const draws =
    run.pairSeeds === 1
      ? []
      : pairDraws({ features, labels, dim, classes: classCount(set) }, heldOut, run.pairSeeds);
  return {
    result: { ...run, steps, seconds, backend, measures, pairDraws: draws },
    csv: featuresCsv(features, labels, run.dim, predictions),
    centresCsv: featuresCsv(
      centres,
      Uint8Array.from({ length: classCount(set) }, (_, label) => label),
      run.dim,
    ),
    svg: () =>
      figureOf(snapshot, labels, {
        set,
        heldOut,
        title: titleOf(run.preset),
        caption: captionOf(run, measures),
      }),
  };
}

/** An objective of one's own has no title. */
function titleOf(preset: string): string {
  return PRESETS.find(({ name }) => name === preset)?.title ?? preset;
}

function captionOf(run: RunOptions, { accuracy, D2OverD1 }: Readonly<Record<string, number>>): string {
  const numbers = `accuracy ${accuracy?.toFixed(3)}, D2/D1 ${D2OverD1?.toFixed(1)}`;
  return `${run.network}, ${run.epochs} epochs, seed ${run.seed}; ${numbers}`;
}

/** Names in the order of the contract. */
async function lineOf(result: Result): Promise<string> {
  const { preset, seed, network, data, epochs, steps, backend, objective } = result;
  const { warmUp, heldOut, dim, learningRate } = result;
  const [seconds, measures] = [secondsOf(result), definedMeasures(result)];
  // Plain SIMD: the same bits on every machine.
  const kernels = backend === 'wasm' ? 'simd' : 'stock';
  return JSON.stringify({
    ...{ preset, seed, network, data, epochs, steps, seconds, backend, kernels },
    ...{ commit: commitOf(), command: commandOf(result), objective, measures },
    ...{
      code: await codeDigest(),
      warmUp,
      heldOut,
      dim,
      learningRate,
      ...batchAndNoise(result.batchSize, result.labelNoise),
    },
    ...(result.augmentation === undefined ? {} : { augmentation: result.augmentation }),
    ...(result.pairDraws.length === 0 ? {} : { pairDraws: result.pairDraws }),
  });
}

function tableOf(result: Shown): string {
  const { preset, seed, network, data, steps, backend } = result;
  const measures = Object.entries(definedMeasures(result));
  const width = Math.max(...measures.map(([name]) => name.length));
  return [
    `\n${preset}, seed ${seed}: ${network} on ${data}, ${steps} steps in ${secondsOf(result)} s (${backend})`,
    ...measures.map(([name, value]) => `  ${name.padEnd(width)}  ${value.toPrecision(5)}`),
  ].join('\n');
}

/** To hundredths. */
function secondsOf({ seconds }: Pick<Result, 'seconds'>): number {
  return Math.round(seconds * 100) / 100;
}

/** A measure that is not defined on these features is left out. */
function definedMeasures({ measures }: Pick<Result, 'measures'>): Record<string, number> {
  return Object.fromEntries(Object.entries(measures).filter(([, value]) => Number.isFinite(value)));
}
