/**
 * The part of `npm run bench` that asks what each loss costs: a step of the compact network with it beside a step with
 * softmax, on one thread of WebAssembly in Node, in turns. Prints one JSON object.
 */

import { DEFAULT_DATA_SET } from '../src/data/sets.ts';
import { PRESETS } from '../src/losses/presets.ts';
import { BATCH_SIZE } from '../src/training/experiment.ts';
import { Lab } from '../src/training/lab/lab.ts';
import { median, round, timed } from './measuring.ts';
import { loadDataSet, openNodeBackend } from './node-lab.ts';

const STEPS = 20;
const REPETITIONS = 7;

export default async function bench(): Promise<void> {
  await openNodeBackend({ fastest: true });
  const { train: training } = await loadDataSet(DEFAULT_DATA_SET);
  const labs = await Promise.all(
    PRESETS.map(async ({ name, title, objective }) => {
      const shared = { data: DEFAULT_DATA_SET, network: 'compact', backend: 'auto', seed: 1 } as const;
      const runs = [{ title, objective }];
      // Pairs and hinges have most to do where classes still overlap: from the start.
      const lab = await Lab.create(
        { ...shared, learningRate: 1e-3, warmUpSteps: 0, heldOut: [], runs },
        training,
      );
      return { name, lab, times: [] as number[] };
    }),
  );
  for (let repetition = 0; repetition <= REPETITIONS; repetition++) {
    for (const { lab, times } of labs) {
      const milliseconds = await timed(async () => {
        for (let step = 0; step < STEPS; step++) await lab.trainStep();
        await lab.lossTerms();
      });
      // The first compiles.
      if (repetition > 0) times.push(milliseconds / STEPS);
    }
    process.stderr.write('.');
  }
  const softmax = median(labs.find(({ name }) => name === 'S')?.times ?? []);
  const losses = labs.map(({ name, times }) => ({
    preset: name,
    stepMs: round(median(times)),
    timesSoftmax: Math.round((100 * median(times)) / softmax) / 100,
  }));
  process.stderr.write('\n');
  console.log(JSON.stringify({ batch: BATCH_SIZE, losses }));
}
