/**
 * `npm run reproduce`: the letter's MNIST study with seeds and spread, and what goes beyond it. Runs what has not been run yet
 * through `npm run experiment` (finished runs are kept in docs/results.jsonl and skipped), then writes docs/results.md. With
 * --write it only writes, from what is there. With --prove it repeats runs of every kind, to see that today's code gives the
 * same. With --losses it is the study of all losses.
 */

import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  ELSEWHERE,
  FACES,
  JOBS,
  type Job,
  keyOfJob,
  keyOfResult,
  type Result,
  studyOf,
} from './letter-study.ts';
import { codeDigest } from './lib/code-digest.mjs';
import { flagsIn } from './lib/commands.mjs';
import { type Failure, jobsOf, sideBySide, type Task } from './lib/jobs.ts';
import { ROOT } from './lib/project.mjs';
import { reproduceLosses } from './losses-study.ts';
import { mapJson, resultsFigures } from './results-figures.ts';
import { resultsPage } from './results-page.ts';
import { differences, PROOF, PROVEN, type Proof, readProof, standsFor } from './results-proof.ts';
import { tablesJson } from './results-tables.ts';

const KEPT = path.join(ROOT, 'docs/results.jsonl');
const PAGE = path.join(ROOT, 'docs/results.md');
const TABLES = path.join(ROOT, 'docs/results-tables.json');
/** What the card "No warm-up" shows. */
const MAP_ON_THE_PAGE = path.join(ROOT, 'src/app/story/from-the-start.json');
const FIGURES = path.join(ROOT, 'docs/results');

export default async function reproduce(args: readonly string[]): Promise<void> {
  const { losses = false, write = false, prove = false, jobs, faces } = flagsIn('reproduce', args);
  if (losses) return reproduceLosses(write ? undefined : jobsOf(jobs));
  const code = await codeDigest();
  // Each process would bundle it once more.
  process.env.LAB_CODE = code;
  if (prove) return proveSame(jobsOf(jobs), code, faces);
  const failures = write ? [] : await runMissing(jobsOf(jobs), code, faces);
  for (const { sentence } of failures) console.error(sentence);
  const results = await finished();
  refuseMixed(results);
  await writeAll(results);
  console.log(`${PAGE}: ${results.length} of ${JOBS.length} runs.`);
  if (results.length < JOBS.length) process.exitCode = 1;
}

/** The page, its figures, and its tables for a machine. */
async function writeAll(results: readonly Result[]): Promise<void> {
  const page = resultsPage(results, readProof());
  await writeFile(PAGE, page);
  await writeFile(TABLES, tablesJson(page));
  await writeFile(MAP_ON_THE_PAGE, mapJson(results));
  await mkdir(FIGURES, { recursive: true });
  for (const [name, svg] of Object.entries(resultsFigures(results)))
    await writeFile(path.join(FIGURES, `${name}.svg`), svg);
}

interface JobTask extends Task {
  readonly job: Job;
}

/** A run that fails is said and left out; the next call tries it again. */
async function runMissing(jobs: number, code: string, faces: string | undefined): Promise<Failure[]> {
  // A file that can't be written is found before the first run.
  await appendFile(KEPT, '');
  const known = await finished();
  refuseMixed(
    known.filter((result) => !ELSEWHERE.includes(studyOf(result))),
    code,
  );
  const proof = readProof();
  const isDone = (result: Result) => standsFor(result.code, proof) === standsFor(code, proof);
  const done = new Set(known.filter(isDone).map(keyOfResult));
  const missing = JOBS.filter((job) => !done.has(keyOfJob(job)));
  const here = missing.filter(({ study }) => isHere(study, faces));
  console.log(`${JOBS.length - missing.length} of ${JOBS.length} runs are finished.`);
  if (here.length < missing.length)
    console.log(`${missing.length - here.length} are of data that are not here, and stay as they are.`);
  return sideBySide('experiment', tasksOf(here, faces), jobs, async ({ name }, output) => {
    await appendFile(KEPT, output);
    const { seconds }: Result = JSON.parse(output);
    console.log(`${name}, ${Math.round(seconds)} s`);
  });
}

function tasksOf(jobs: readonly Job[], faces: string | undefined): JobTask[] {
  return jobs.map((job) => {
    const { study, preset, variant, flags } = job;
    const args = [...flags.map((flag) => (flag === FACES ? (faces ?? flag) : flag)), '--json'];
    return { name: `${study}: ${preset}, ${variant}`, args, job };
  });
}

/** Repeats runs of every kind, and keeps that this code gives the same. @throws Error with the runs that do not come out equal */
async function proveSame(jobs: number, code: string, faces: string | undefined): Promise<void> {
  const kept = new Map((await finished()).map((result) => [keyOfResult(result), result]));
  const here = PROVEN.filter(({ study }) => isHere(study, faces));
  const unequal: string[] = [];
  const failures = await sideBySide(
    'experiment',
    tasksOf(here, faces),
    jobs,
    async ({ name, job }, output) => {
      const known = kept.get(keyOfJob(job));
      const differing =
        known === undefined ? ['it is not in the study'] : differences(known, JSON.parse(output));
      if (differing.length > 0) unequal.push(`${name}: ${differing.join(', ')}`);
      console.log(`${name}: ${differing.length === 0 ? 'equal to the bit' : 'not equal'}`);
    },
  );
  const said = [...failures.map(({ sentence }) => sentence), ...unequal];
  if (said.length > 0) throw new Error(`Today’s code does not give the study’s numbers.\n${said.join('\n')}`);
  const own = [...kept.values()].find((result) => !ELSEWHERE.includes(studyOf(result)));
  const proof: Proof = { made: own?.code ?? '', code, runs: here.map(keyOfJob) };
  await writeFile(PROOF, `${JSON.stringify(proof, null, 2)}\n`);
  await writeAll([...kept.values()]);
  console.log(`${here.length} runs came out equal to the bit.`);
}

function isHere(study: Job['study'], faces: string | undefined): boolean {
  if (study === 'faces') return faces !== undefined;
  return study !== 'Fashion-MNIST' || existsSync(path.join(ROOT, 'public/data/fashion-mnist/manifest.json'));
}

/** The newest result of each job; others in the file are left alone. */
async function finished(): Promise<Result[]> {
  const text = await readFile(KEPT, 'utf8').catch(() => '');
  const results = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Result => JSON.parse(line));
  const wanted = new Set(JOBS.map(keyOfJob));
  const byKey = new Map(results.map((result) => [keyOfResult(result), result]));
  return [...byKey].flatMap(([key, result]) => (wanted.has(key) ? [result] : []));
}

/**
 * Results of one page are all of the same code; those of data that are not here may be older, and are marked.
 *
 * @throws Error with a sentence
 */
function refuseMixed(results: readonly Result[], code?: string): void {
  const own = results.filter((result) => !ELSEWHERE.includes(studyOf(result)));
  const proof = readProof();
  const all = [...(code === undefined ? [] : [code]), ...own.map((result) => result.code)];
  const codes = [...new Set(all.map((each) => standsFor(each, proof)))];
  if (codes.length > 1)
    throw new Error(
      `docs/results.jsonl has runs of other code (${codes.join(', ')}): take the old lines out, and run this again.`,
    );
}
