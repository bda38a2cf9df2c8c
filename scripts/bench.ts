/**
 * `npm run bench`: how fast the lab is on this machine. With --json one JSON object on one line, else tables; with
 * --peers other libraries are measured on the same machine, with --page the page alone is. Times are never asserted anywhere; this is where they
 * are measured.
 */

import { spawnSync } from 'node:child_process';
import { benchBackends } from './lib/bench-backends.ts';
import { benchPage } from './lib/bench-page.ts';
import { flagsIn } from './lib/commands.mjs';
import { requireOutput } from './lib/output.mjs';
import { benchPeers } from './lib/peers.ts';
import { buildPage } from './lib/preview.ts';
import { ROOT } from './lib/project.mjs';

/** One line of a table. */
type Row = object;

/** What bench-train.ts prints. */
interface TrainResults {
  readonly train: readonly Row[];
  readonly lockStep: {
    readonly threeRunsCost: number;
    readonly threeRunsCostOnTwoLanes: number;
    readonly threeRunsCostInWarmUp: number;
  };
  readonly snapshot: readonly Row[];
}

/** What bench-growth.ts prints. */
interface GrowthResults {
  readonly arithmetic: readonly Row[];
  readonly growth: Readonly<Record<string, readonly Row[]>>;
}

/** What bench-losses.ts prints. */
interface LossResults {
  readonly losses: readonly Row[];
}

interface Results extends TrainResults, GrowthResults, LossResults {
  readonly requests: readonly Row[];
  readonly matrixProducts: readonly Row[];
  readonly page: Awaited<ReturnType<typeof benchPage>>;
  readonly peers: readonly Row[];
}

export default async function bench(args: readonly string[]): Promise<void> {
  const { json = false, peers = false, page: pageAlone = false } = flagsIn('bench', args);
  requireOutput();
  await buildPage();
  if (pageAlone) {
    const page = await benchPage();
    if (json) console.log(JSON.stringify({ page }));
    else printPage(page);
    return;
  }
  const { train, lockStep, snapshot } = inNode<TrainResults>('bench-train');
  const { arithmetic, growth } = inNode<GrowthResults>('bench-growth');
  const { losses } = inNode<LossResults>('bench-losses');
  const backends = await benchBackends();
  const page = await benchPage();
  const result: Results = {
    train: [...train, ...backends.train],
    lockStep,
    requests: backends.requests,
    arithmetic,
    matrixProducts: backends.matrixProducts,
    growth,
    losses,
    snapshot,
    page,
    peers: peers ? benchPeers() : [],
  };
  if (json) console.log(JSON.stringify(result));
  else print(result);
}

/** What an entry point of this folder prints. */
function inNode<Result>(name: string): Result {
  const { status, stdout } = spawnSync(process.execPath, ['scripts/run.mjs', name], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`The benchmark ${name} failed.`);
  return JSON.parse(stdout) as Result;
}

function print(results: Results): void {
  const { lockStep, page, peers } = results;
  console.table(results.train);
  console.log(
    `Three runs cost ${lockStep.threeRunsCost} times one run, ${lockStep.threeRunsCostOnTwoLanes} on two lanes, ${lockStep.threeRunsCostInWarmUp} while two of them are the same in the warm-up.`,
  );
  console.log('What a step asks of WebGL:');
  console.table(results.requests);
  console.log('Arithmetic in 10⁹ operations, beside a product of two 512 × 512 matrices:');
  console.table(results.arithmetic);
  console.table(results.matrixProducts);
  console.log('How cost grows:');
  for (const rows of Object.values(results.growth)) console.table(rows);
  console.log('A step of each loss beside a step of softmax:');
  console.table(results.losses);
  console.table(results.snapshot);
  printPage(page);
  if (peers.length > 0) console.table(peers);
}

function printPage(page: Results['page']): void {
  console.log(
    `First contentful paint ${page.firstContentfulPaintMs} ms, points ${page.pointsMs} ms, first step ${page.firstStepMs} ms.`,
  );
  console.table(page.frames);
  console.log(`On a slow small page: points ${page.phone.pointsMs} ms; frames while three runs train:`);
  console.table([page.phone.training]);
  console.table(page.sizes);
  console.table(page.memory);
}
