/**
 * The part of `npm run bench` that needs no browser: training and snapshots on WebAssembly in Node.
 * Prints one JSON object. Repetitions are interleaved, so that a slow minute of the machine hits all alike.
 */

import { availableParallelism } from 'node:os';
import { type LabelledImages, slice } from '../src/data/labelled-images.ts';
import { DEFAULT_DATA_SET } from '../src/data/sets.ts';
import { runOf } from '../src/losses/presets.ts';
import { BATCH_SIZE, type NetworkName } from '../src/training/experiment.ts';
import { Lab } from '../src/training/lab/lab.ts';
import { median, round, timed } from './measuring.ts';
import { loadDataSet, openNodeBackend } from './node-lab.ts';
import { openNodeLanes } from './node-lanes.ts';

interface Case {
  readonly network: NetworkName;
  readonly runs: number;
  /** Threads that share each step. */
  readonly lanes: number;
  /** Softmax-only steps at first: until their end equal runs are computed once. */
  readonly warmUpSteps: number;
  /** Steps a repetition. */
  readonly steps: number;
  readonly repetitions: number;
}

/** How a step grows with lanes: so many, as far as there are cores, and two in any case. */
const LANES = [1, 2, 3, 4, 8].filter((lanes) => lanes <= Math.max(2, availableParallelism()));

const CASES: readonly Case[] = LANES.flatMap((lanes): Case[] => [
  { network: 'compact', runs: 1, lanes, warmUpSteps: 0, steps: 60, repetitions: 7 },
  { network: 'compact', runs: 3, lanes, warmUpSteps: 0, steps: 30, repetitions: 7 },
  { network: 'lenets++', runs: 1, lanes, warmUpSteps: 0, steps: 1, repetitions: 3 },
  ...(lanes > 1
    ? []
    : ([
        { network: 'lenets++', runs: 3, lanes, warmUpSteps: 0, steps: 1, repetitions: 3 },
        { network: 'compact', runs: 3, lanes, warmUpSteps: 9360, steps: 30, repetitions: 7 },
      ] as const)),
]);
const SNAPSHOTS = [2000, 10_000];
const SNAPSHOT_REPETITIONS = 5;

export default async function bench(): Promise<void> {
  const backend = await openNodeBackend({ fastest: true });
  const { train: training, test } = await loadDataSet(DEFAULT_DATA_SET);
  const others = Math.max(...LANES) - 1;
  const pool = await openNodeLanes(others, { fastest: true });
  if (pool.ready < others) throw new Error('Not all lanes could be started.');
  const labs: { readonly entry: Case; readonly lab: Lab; readonly firstStepMs: number; rates: number[] }[] =
    [];
  for (const entry of CASES) {
    const lab = await open(entry, training);
    lab.lanes = pool;
    pool.use(entry.lanes - 1);
    labs.push({ entry, lab, firstStepMs: await timed(() => steps(lab, 1)), rates: [] });
    await steps(lab, entry.steps);
  }
  for (let repetition = 0; repetition < Math.max(...CASES.map((entry) => entry.repetitions)); repetition++) {
    for (const { entry, lab, rates } of labs) {
      if (repetition >= entry.repetitions) continue;
      pool.use(entry.lanes - 1);
      const milliseconds = await timed(() => steps(lab, entry.steps));
      rates.push((entry.steps * BATCH_SIZE * 1000) / milliseconds);
      process.stderr.write('.');
    }
  }
  const measured = labs.map(({ entry, firstStepMs, rates }) => ({
    network: entry.network,
    backend,
    in: 'Node.js',
    runs: entry.runs,
    lanes: entry.lanes,
    batch: BATCH_SIZE,
    steps: entry.steps * entry.repetitions,
    imagesPerSecond: round(median(rates)),
    lowest: round(Math.min(...rates)),
    highest: round(Math.max(...rates)),
    firstStepMs: round(firstStepMs),
    warmUp: entry.warmUpSteps > 0,
  }));
  const train = measured.filter(({ warmUp }) => !warmUp).map(({ warmUp: _, ...rest }) => rest);
  const speedOf = (runs: number, lanes: number) =>
    train.find((row) => row.network === 'compact' && row.runs === runs && row.lanes === lanes);
  const one = speedOf(1, 1);
  const warming = measured.find(({ warmUp }) => warmUp);
  const cost = (speed: number | undefined) =>
    Math.round((100 * (one?.imagesPerSecond ?? Number.NaN)) / (speed ?? Number.NaN)) / 100;
  // The price of three runs, in prices of one.
  const lockStep = {
    threeRunsCost: cost(speedOf(3, 1)?.imagesPerSecond),
    threeRunsCostOnTwoLanes: cost(speedOf(3, 2)?.imagesPerSecond),
    threeRunsCostInWarmUp: cost(warming?.imagesPerSecond),
  };
  const snapshot = [];
  for (const { entry, lab } of labs.filter(
    ({ entry: { network, warmUpSteps, lanes } }) => network === 'compact' && warmUpSteps === 0 && lanes === 1,
  )) {
    for (const samples of SNAPSHOTS) {
      const set = slice(test, 0, samples);
      for (const lanes of LANES) {
        pool.use(lanes - 1);
        const times = [];
        for (let i = 0; i < SNAPSHOT_REPETITIONS; i++) times.push(await timed(() => lab.snapshot(set)));
        const { network, runs } = entry;
        snapshot.push({ network, backend, runs, lanes, samples, ms: round(median(times)) });
      }
    }
  }
  pool.dispose();
  process.stderr.write('\n');
  console.log(JSON.stringify({ train, lockStep, snapshot }));
}

function open({ network, runs, warmUpSteps }: Case, training: LabelledImages): Promise<Lab> {
  const presets = ['S', 'S+C', 'M'].slice(-runs).map(runOf);
  return Lab.create(
    {
      data: DEFAULT_DATA_SET,
      network,
      backend: 'auto',
      seed: 1,
      learningRate: 1e-3,
      warmUpSteps,
      heldOut: [],
      runs: presets,
    },
    training,
  );
}

/** So many steps, to the end of their computation. */
async function steps(lab: Lab, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await lab.trainStep();
  await lab.lossTerms();
}
