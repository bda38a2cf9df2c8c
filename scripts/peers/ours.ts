/** The lab's own training step, softmax alone, as the peers do it, on all cores: prints images a second. Usage: STEPS NETWORK. */

import { availableParallelism } from 'node:os';
import { DEFAULT_DATA_SET } from '../../src/data/sets.ts';
import { runOf } from '../../src/losses/presets.ts';
import { BATCH_SIZE, type NetworkName } from '../../src/training/experiment.ts';
import { Lab } from '../../src/training/lab/lab.ts';
import { loadDataSet, openNodeBackend } from '../node-lab.ts';
import { openNodeLanes } from '../node-lanes.ts';

/** The engine compiles what it runs better and better: as long runs do, these begin when it has. */
const WARM_UP = 200;

async function measure(steps: number, network: NetworkName): Promise<void> {
  await openNodeBackend({ fastest: true });
  const { train: training } = await loadDataSet(DEFAULT_DATA_SET);
  const lab = await Lab.create(
    {
      data: DEFAULT_DATA_SET,
      network,
      backend: 'auto',
      seed: 1,
      learningRate: 1e-3,
      warmUpSteps: 0,
      heldOut: [],
      runs: [runOf('S')],
    },
    training,
  );
  const pool = await openNodeLanes(availableParallelism() - 1, { fastest: true });
  lab.lanes = pool;
  const train = async (count: number) => {
    for (let i = 0; i < count; i++) await lab.trainStep();
    await lab.lossTerms();
  };
  await train(Math.min(WARM_UP, steps));
  const started = performance.now();
  await train(steps);
  console.log((steps * BATCH_SIZE * 1000) / (performance.now() - started));
  pool.dispose();
}

export default ([steps, network]: readonly string[]) => measure(Number(steps), network as NetworkName);
