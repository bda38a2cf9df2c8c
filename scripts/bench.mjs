/**
 * `npm run bench`: how fast the lab is on this machine. With --json one JSON object on one line, else a
 * table; with --peers other libraries are measured on the same machine. Times are never asserted anywhere; this is where they are measured.
 */

import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { benchBackends } from './lib/bench-backends.mjs';
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
  const { train, lockStep, snapshot } = inNode('bench-train');
  const { arithmetic, growth } = inNode('bench-growth');
  const backends = await benchBackends();
  const page = await benchPage();
  const result = {
    train: [...train, ...backends.train],
    lockStep,
    requests: backends.requests,
    arithmetic,
    matrixProducts: backends.matrixProducts,
    growth,
    snapshot,
    page,
    peers: peers ? benchPeers() : [],
  };
  if (json) console.log(JSON.stringify(result));
  else print(result);
}

/** What an entry point of this folder prints. */
function inNode(name) {
  const { status, stdout } = spawnSync(process.execPath, ['scripts/run.mjs', name], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`The benchmark ${name} failed.`);
  return JSON.parse(stdout);
}

function print({ train, lockStep, requests, arithmetic, matrixProducts, growth, snapshot, page, peers }) {
  console.table(train);
  console.log(
    `Three runs cost ${lockStep.threeRunsCost} times one run, ${lockStep.threeRunsCostInWarmUp} while two of them are the same in the warm-up.`,
  );
  console.log('What a step asks of WebGL:');
  console.table(requests);
  console.log('Arithmetic in 10⁹ operations, beside a product of two 512 × 512 matrices:');
  console.table(arithmetic);
  console.table(matrixProducts);
  console.log('How cost grows:');
  for (const rows of Object.values(growth)) console.table(rows);
  console.table(snapshot);
  console.log(`First contentful paint ${page.firstContentfulPaintMs} ms, points ${page.pointsMs} ms.`);
  console.table(page.frames);
  console.table(page.sizes);
  console.table(page.memory);
  if (peers.length > 0) console.table(peers);
}

const chosen = options();
if (chosen !== undefined) {
  bench(chosen).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
