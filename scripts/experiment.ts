/**
 * `npm run experiment`: trains without a page, on the lab's own code, and prints every measure. One run
 * after the other; a run's results are printed when it ends, so that Ctrl-C keeps the finished ones.
 */

import { featuresCsv } from '../src/data/csv.ts';
import type { ImageSet } from '../src/data/image-set.ts';
import { slice } from '../src/data/labelled-images.ts';
import { classCount } from '../src/data/set.ts';
import { dataSet } from '../src/data/sets.ts';
import { measuredMargins } from '../src/losses/objective.ts';
import { evaluate } from '../src/measures/evaluate.ts';
import type { Experiment } from '../src/training/experiment.ts';
import { Lab } from '../src/training/lab/lab.ts';
import { commandOf, parseOptions, type RunOptions, stepsOf, usage } from './experiment-options.ts';
import { printLine, requireOutput } from './lib/output.mjs';
import { openOutput } from './lib/output-file.ts';
import { loadDataSet, openNodeBackend, trainTo } from './node-lab.ts';
import { progressBar } from './progress.ts';

/** Training images a class whose means decide "by the nearest training-set mean": so many place a mean well. */
const MEAN_IMAGES_A_CLASS = 1000;

interface Result extends RunOptions {
  readonly steps: number;
  readonly seconds: number;
  readonly backend: string;
  readonly measures: Readonly<Record<string, number>>;
}

export default async function main(args: readonly string[]): Promise<void> {
  const options = parseOptions(args);
  if (options.help) {
    console.log(usage());
    return;
  }
  for (const note of options.notes) console.error(note);
  const features = options.featuresFile === undefined ? undefined : await openOutput(options.featuresFile);
  requireOutput();
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
    await printLine(options.json ? lineOf(result) : tableOf(result));
    await features?.write(csv);
  }
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
  await trainTo(lab, steps, () => onStep(lab.step));
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

/** Names in the order of the contract. */
function lineOf(result: Result): string {
  const { preset, seed, network, data, epochs, steps, backend, objective } = result;
  const { warmUp, heldOut, dim, learningRate } = result;
  const [seconds, measures] = [secondsOf(result), definedMeasures(result)];
  const extra = { warmUp, heldOut, dim, learningRate, objective, command: commandOf(result) };
  return JSON.stringify({
    ...{ preset, seed, network, data, epochs, steps, seconds, backend, measures },
    ...extra,
  });
}

function tableOf(result: Result): string {
  const { preset, seed, network, data, steps, backend } = result;
  const measures = Object.entries(definedMeasures(result));
  const width = Math.max(...measures.map(([name]) => name.length));
  return [
    `\n${preset}, seed ${seed}: ${network} on ${dataSet(data).title}, ${steps} steps in ${secondsOf(result)} s (${backend})`,
    ...measures.map(([name, value]) => `  ${name.padEnd(width)}  ${value.toPrecision(5)}`),
  ].join('\n');
}

/** To hundredths. */
function secondsOf({ seconds }: Result): number {
  return Math.round(seconds * 100) / 100;
}

/** A measure that is not defined on these features is left out. */
function definedMeasures({ measures }: Result): Record<string, number> {
  return Object.fromEntries(Object.entries(measures).filter(([, value]) => Number.isFinite(value)));
}
