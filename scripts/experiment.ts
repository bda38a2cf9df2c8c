/**
 * `npm run experiment`: trains without a page, on the lab's own code, and prints every measure. One run
 * after the other; a run's results are printed when it ends, so that Ctrl-C keeps the finished ones.
 */

import { access, constants, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { featuresCsv } from '../src/data/csv.ts';
import type { ImageSet } from '../src/data/image-set.ts';
import { slice } from '../src/data/labelled-images.ts';
import { classCount } from '../src/data/set.ts';
import { dataSet } from '../src/data/sets.ts';
import { measuredMargins } from '../src/losses/objective.ts';
import { evaluate } from '../src/measures/evaluate.ts';
import type { Experiment } from '../src/training/experiment.ts';
import { Lab } from '../src/training/lab/lab.ts';
import { endQuietlyOnClosedPipe } from './closed-pipe.ts';
import {
  commandOf,
  type Options,
  parseOptions,
  type RunOptions,
  stepsOf,
  usage,
} from './experiment-options.ts';
import { UsageError } from './flags.ts';
import { loadDataSet, openNodeBackend } from './node-lab.ts';
import { progressBar } from './progress.ts';

/** Training images a class whose means decide "by the nearest training-set mean": so many place a mean well. */
const MEAN_IMAGES_A_CLASS = 1000;
/** Steps between two looks at the clock. */
const TURN = 4;

interface Result extends RunOptions {
  readonly steps: number;
  readonly seconds: number;
  readonly backend: string;
  readonly measures: Readonly<Record<string, number>>;
}

async function main(): Promise<void> {
  endQuietlyOnClosedPipe();
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    console.log(usage());
    return;
  }
  if (options.featuresFile !== undefined) await checkWritable(options.featuresFile);
  const backend = await openNodeBackend();
  const [{ data }] = options.runs as [RunOptions];
  const images = await loadDataSet(data);
  const bar = progressBar(process.stderr);
  let done = 0;
  const total = options.runs.reduce((sum, run) => sum + stepsOf(run), 0);
  for (const run of options.runs) {
    const { result, csv } = await trained(run, images, backend, (steps) => {
      bar.show((done + steps) / total, `${run.preset}, seed ${run.seed}`);
    });
    done += result.steps;
    bar.clear();
    print(result, options);
    if (options.featuresFile !== undefined) await writeFile(options.featuresFile, csv);
  }
}

/** Before minutes of training rather than after. @throws UsageError */
async function checkWritable(file: string): Promise<void> {
  const folder = path.dirname(path.resolve(file));
  const isFolder = await stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) throw new UsageError(`--features needs a file, and ${file} is a folder.`);
  await access(folder, constants.W_OK).catch(() => {
    throw new UsageError(`--features can't be written: there is no folder ${folder} that takes files.`);
  });
}

async function trained(
  run: RunOptions,
  { set, train, test }: ImageSet,
  backend: string,
  onStep: (steps: number) => void,
): Promise<{ result: Result; csv: string }> {
  const experiment: Experiment = {
    data: run.data,
    network: run.network,
    backend: 'auto',
    seed: run.seed,
    learningRate: run.learningRate,
    warmUpSteps: run.warmUp,
    heldOut: run.heldOut,
    runs: [{ title: run.preset, objective: run.objective }],
  };
  const lab = await Lab.create(experiment, train, run.dim);
  const steps = stepsOf(run);
  const started = performance.now();
  while (lab.step < steps) {
    for (let i = 0; i < TURN && lab.step < steps; i++) lab.trainStep();
    await lab.lossTerms();
    onStep(lab.step);
  }
  const seconds = (performance.now() - started) / 1000;
  const [snapshot] = await lab.snapshot(test);
  const [trainingMeans] = await lab.classMeansOf(slice(train, 0, MEAN_IMAGES_A_CLASS * classCount(set)));
  lab.dispose();
  if (snapshot === undefined || trainingMeans === undefined) throw new Error('The run left no features.');
  const { features, centres, predictions } = snapshot;
  if (!features.every(Number.isFinite)) throw new Error(`The run ${run.preset}, seed ${run.seed} diverged.`);
  const { labels } = test;
  const { dim, heldOut } = run;
  const measures = {
    ...snapshot.measures,
    ...evaluate({
      ...{ features, labels, dim, classes: classCount(set), centres, heldOut },
      ...{ predictions, trainingMeans, margins: measuredMargins(run.objective) },
    }),
  };
  return {
    result: { ...run, steps, seconds, backend, measures },
    csv: featuresCsv(features, labels, run.dim),
  };
}

/** Names in the order of the contract; a measure that is not defined on these features is left out. */
function print(result: Result, { json }: Options): void {
  const { preset, seed, network, data, epochs, steps, backend, objective, ...settings } = result;
  const seconds = Math.round(result.seconds * 100) / 100;
  const measures = Object.fromEntries(
    Object.entries(result.measures).filter(([, value]) => Number.isFinite(value)),
  );
  if (json) {
    const { warmUp, heldOut, dim, learningRate } = settings;
    const extra = { warmUp, heldOut, dim, learningRate, objective, command: commandOf(result) };
    console.log(
      JSON.stringify({ preset, seed, network, data, epochs, steps, seconds, backend, measures, ...extra }),
    );
    return;
  }
  console.log(
    `\n${preset}, seed ${seed}: ${network} on ${dataSet(data).title}, ${steps} steps in ${seconds} s (${backend})`,
  );
  const width = Math.max(...Object.keys(measures).map(({ length }) => length));
  for (const [name, value] of Object.entries(measures)) {
    console.log(`  ${name.padEnd(width)}  ${value.toPrecision(5)}`);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
