/**
 * `npm run bench`: how fast the lab is on this machine. With --json one JSON object on one line, else a
 * table; with --peers other libraries are measured on the same machine. Times are never asserted anywhere; this is where they are measured.
 */

import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { benchPage } from './lib/bench-page.mjs';
import { benchPeers } from './lib/peers.mjs';
import { installPackages, prepareData, ROOT, run, TO_STDERR } from './lib/setup.mjs';

/** Options, or undefined after a line on stderr. */
function options() {
  try {
    return parseArgs({ options: { json: { type: 'boolean' }, peers: { type: 'boolean' } } }).values;
  } catch (error) {
    console.error(`${error.message.split('.')[0]}. Usage: npm run bench -- [--json] [--peers]`);
    process.exitCode = 2;
    return undefined;
  }
}

async function bench({ json = false, peers = false }) {
  installPackages(TO_STDERR);
  prepareData(TO_STDERR);
  if (!run('npx', ['vite', 'build', '--logLevel', 'error'], TO_STDERR))
    throw new Error('The lab could not be built.');
  const training = spawnSync(process.execPath, ['scripts/run.mjs', 'bench-train'], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (training.status !== 0) throw new Error('The training benchmark failed.');
  const { train, lockStep, snapshot } = JSON.parse(training.stdout);
  const page = await benchPage();
  const result = { train, lockStep, snapshot, page, peers: peers ? benchPeers() : [] };
  if (json) console.log(JSON.stringify(result));
  else print(result);
}

function print({ train, lockStep, snapshot, page, peers }) {
  console.table(train);
  console.log(
    `Three runs cost ${lockStep.threeRunsCost} times one run, ${lockStep.threeRunsCostInWarmUp} while two of them are the same in the warm-up.`,
  );
  console.table(snapshot);
  console.log(`First contentful paint ${page.firstContentfulPaintMs} ms, points ${page.pointsMs} ms.`);
  console.table(page.frames);
  console.table(page.sizes);
  if (peers.length > 0) console.table(peers);
}

const chosen = options();
if (chosen !== undefined) {
  bench(chosen).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
