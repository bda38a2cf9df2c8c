/**
 * `npm run reproduce`: the letter's MNIST study with seeds and spread. Runs what has not been run yet
 * through `npm run experiment` (finished runs are kept in docs/results.jsonl and skipped), then writes
 * docs/results.md. With --write it only writes, from what is there.
 */

import { spawn } from 'node:child_process';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { flagsIn } from './lib/commands.mjs';
import { ROOT } from './lib/project.mjs';
import { resultsPage } from './results-page.ts';
import { JOBS, type Job, keyOfJob, keyOfResult, type Result } from './study.ts';

const KEPT = path.join(ROOT, 'docs/results.jsonl');
const PAGE = path.join(ROOT, 'docs/results.md');

async function reproduce({ write = false }: { readonly write?: boolean }): Promise<void> {
  if (!write) await runMissing();
  const results = await finished();
  await writeFile(PAGE, resultsPage(results));
  console.log(`${PAGE}: ${results.length} of ${JOBS.length} runs.`);
  if (results.length < JOBS.length) process.exitCode = 1;
}

/** One process a run, as many at a time as there are cores. */
async function runMissing(): Promise<void> {
  // A file that can't be written is found before the first run.
  await appendFile(KEPT, '');
  const done = new Set((await finished()).map(keyOfResult));
  const missing = JOBS.filter((job) => !done.has(keyOfJob(job)));
  console.log(`${JOBS.length - missing.length} of ${JOBS.length} runs are finished.`);
  const queue = missing.values();
  const work = async () => {
    for (const job of queue) {
      const line = await experiment(job);
      await appendFile(KEPT, line);
      const { preset, seed, seconds }: Result = JSON.parse(line);
      console.log(`${job.study}: ${preset}, seed ${seed}, ${Math.round(seconds)} s`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}

/** Resolves with the line that the experiment prints. */
function experiment({ flags }: Job): Promise<string> {
  return new Promise((resolve, reject) => {
    // Without npm between, so that it ends with this process.
    const child = spawn(process.execPath, ['scripts/run.mjs', 'experiment', ...flags, '--json'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (part) => {
      output += part;
    });
    child.on('exit', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`npm run experiment -- ${flags.join(' ')} ended with ${code}.`));
    });
  });
}

/** The results that belong to this study; others in the file are left alone. */
async function finished(): Promise<Result[]> {
  const text = await readFile(KEPT, 'utf8').catch(() => '');
  const results = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Result => JSON.parse(line));
  refuseMixed(results);
  const wanted = new Set(JOBS.map(keyOfJob));
  const byKey = new Map(results.map((result) => [keyOfResult(result), result]));
  return [...byKey].flatMap(([key, result]) => (wanted.has(key) ? [result] : []));
}

/** Results of a preset must all be of the same weights and margins. @throws Error with a sentence */
function refuseMixed(results: readonly Result[]): void {
  const known = new Map<string, string>();
  for (const { preset, objective } of results) {
    const weights = JSON.stringify(objective);
    if ((known.get(preset) ?? weights) !== weights) {
      throw new Error(
        `docs/results.jsonl has runs of ${preset} with different weights: take the old lines out.`,
      );
    }
    known.set(preset, weights);
  }
}

export default async function main(args: readonly string[]): Promise<void> {
  await reproduce(flagsIn('reproduce', args));
}
