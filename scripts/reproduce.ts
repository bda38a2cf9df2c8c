/**
 * `npm run reproduce`: the letter's MNIST study with seeds and spread. Runs what has not been run yet
 * through `npm run experiment` (finished runs are kept in docs/results.jsonl and skipped), then writes
 * docs/results.md. With --write it only writes, from what is there. With --losses it is the study of all losses.
 */

import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { JOBS, keyOfJob, keyOfResult, type Result } from './letter-study.ts';
import { flagsIn } from './lib/commands.mjs';
import { type Failure, jobsOf, sideBySide } from './lib/jobs.ts';
import { ROOT } from './lib/project.mjs';
import { reproduceLosses } from './losses-study.ts';
import { resultsPage } from './results-page.ts';

const KEPT = path.join(ROOT, 'docs/results.jsonl');
const PAGE = path.join(ROOT, 'docs/results.md');

export default async function reproduce(args: readonly string[]): Promise<void> {
  const { losses = false, write = false, jobs } = flagsIn('reproduce', args);
  if (losses) return reproduceLosses(write ? undefined : jobsOf(jobs));
  const failures = write ? [] : await runMissing(jobsOf(jobs));
  for (const { sentence } of failures) console.error(sentence);
  const results = await finished();
  await writeFile(PAGE, resultsPage(results));
  console.log(`${PAGE}: ${results.length} of ${JOBS.length} runs.`);
  if (results.length < JOBS.length) process.exitCode = 1;
}

/** A run that fails is said and left out; the next call tries it again. */
async function runMissing(jobs: number): Promise<Failure[]> {
  // A file that can't be written is found before the first run.
  await appendFile(KEPT, '');
  const done = new Set((await finished()).map(keyOfResult));
  const missing = JOBS.filter((job) => !done.has(keyOfJob(job)));
  console.log(`${JOBS.length - missing.length} of ${JOBS.length} runs are finished.`);
  const tasks = missing.map(({ study, settings: { preset, seed }, flags }) => ({
    name: `${study}: ${preset}, seed ${seed}`,
    args: [...flags, '--json'],
  }));
  return sideBySide('experiment', tasks, jobs, async ({ name }, output) => {
    await appendFile(KEPT, output);
    const { seconds }: Result = JSON.parse(output);
    console.log(`${name}, ${Math.round(seconds)} s`);
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
