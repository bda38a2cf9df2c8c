/**
 * `npm test`: all checks, the unit tests, and the end-to-end tests of what a reader does. `npm run test:faults`:
 * the end-to-end tests that break things or compute on a GPU in software, which take longer. The last line of both
 * is "N passed, N failed".
 */

import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureChromium } from './lib/chromium.ts';
import { printLine } from './lib/output.mjs';
import { captured, removedAtExit, run } from './lib/processes.mjs';
import { messageOf, ROOT } from './lib/project.mjs';

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** Of a suite: how many, and which did not pass, or not at once. */
interface Outcome extends Counts {
  readonly failures: readonly string[];
  readonly flaky?: readonly string[];
}

/** As far as it is used here. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}
interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly flaky: number; readonly unexpected: number };
  readonly suites: readonly PlaywrightSuite[];
}
interface PlaywrightSuite {
  readonly specs: readonly {
    readonly title: string;
    readonly file: string;
    readonly tests: readonly { readonly status: string }[];
  }[];
  readonly suites?: readonly PlaywrightSuite[];
}

const reports = mkdtempSync(path.join(tmpdir(), 'margin-loss-lab-'));
removedAtExit(reports);
const totals = { passed: 0, failed: 0 };
/** Said once more at the end: a log may be cut to its last lines. */
const notes: string[] = [];

/** A program of a package, without npx: that would keep a signal to itself. */
const tool = (name: string) => path.join(ROOT, 'node_modules/.bin', name);

interface Check {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** What is in dist may be of another day: end-to-end tests are of this build or of none. */
const BUILD: Check = { name: 'Build', command: tool('vite'), args: ['build', '--logLevel', 'warn'] };
const STATIC: readonly Check[] = [
  { name: 'Lint and format', command: tool('biome'), args: ['check', '.'] },
  { name: 'Types', command: tool('tsc'), args: ['--noEmit'] },
  { name: 'Walls', command: process.execPath, args: ['scripts/run.mjs', 'walls'] },
];

/** Side by side; each passes or fails as a whole. The names of those that fail. */
async function failing(checks: readonly Check[]): Promise<string[]> {
  const results = checks.map(({ command, args }) => captured(command, args));
  const failed: string[] = [];
  for (const [i, { name }] of checks.entries()) {
    await printLine(`\n== ${name}`);
    const result = await results[i];
    if (result?.output) await printLine(result.output.trimEnd());
    if (!result?.ok) failed.push(name);
  }
  totals.passed += checks.length - failed.length;
  totals.failed += failed.length;
  notes.push(...failed.map((name) => `Failed: ${name}`));
  return failed;
}

/** A test runner that writes a JSON report; one that ends badly without a failed test counts as one failure. */
async function suite<Report>(
  name: string,
  [command = '', ...args]: string[],
  report: string,
  outcomeOf: (report: Report) => Outcome,
  environment: Record<string, string> = {},
): Promise<void> {
  await printLine(`\n== ${name}`);
  const ok = await run(tool(command), args, { env: { ...process.env, ...environment } });
  let outcome: Outcome = { passed: 0, failed: 0, failures: [] };
  try {
    outcome = outcomeOf(JSON.parse(readFileSync(report, 'utf8')) as Report);
  } catch {
    console.error(`${name} left no report.`);
  }
  const { passed, failed, failures, flaky = [] } = outcome;
  const endedBadly = failed === 0 && (!ok || passed === 0);
  totals.passed += passed;
  totals.failed += endedBadly ? 1 : failed;
  notes.push(...(endedBadly ? [name] : failures).map((each) => `Failed: ${each}`));
  notes.push(...flaky.map((each) => `Passed at the second try: ${each}`));
}

function unitTests(): Promise<void> {
  const report = path.join(reports, 'unit.json');
  return suite<VitestReport>(
    'Unit tests',
    ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    report,
    ({ numPassedTests, numFailedTests, testResults }) => ({
      passed: numPassedTests,
      failed: numFailedTests,
      failures: testResults.flatMap(({ name, assertionResults }) =>
        assertionResults
          .filter(({ status }) => status === 'failed')
          .map(({ fullName }) => `${path.relative(ROOT, name)}: ${fullName}`),
      ),
    }),
  );
}

/** @param project of playwright.config.ts */
async function endToEndTests(name: string, project: string): Promise<void> {
  const chromium = await ensureChromium();
  const report = path.join(reports, 'e2e.json');
  await suite<PlaywrightReport>(
    name,
    ['playwright', 'test', `--project=${project}`, '--reporter=list,json'],
    report,
    ({ stats, suites }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      failures: specsOf(suites, 'unexpected'),
      flaky: specsOf(suites, 'flaky'),
    }),
    { CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  );
}

/** The tests with this outcome. */
function specsOf(suites: readonly PlaywrightSuite[], status: string): string[] {
  return suites.flatMap((own) => [
    ...own.specs
      .filter(({ tests }) => tests.some((each) => each.status === status))
      .map(({ file, title }) => `${file}: ${title}`),
    ...specsOf(own.suites ?? [], status),
  ]);
}

async function test(): Promise<void> {
  const failed = await failing([...STATIC, BUILD]);
  await unitTests();
  if (!failed.includes(BUILD.name)) await endToEndTests('End-to-end tests', 'page');
}

async function faults(): Promise<void> {
  const failed = await failing([BUILD]);
  if (failed.length === 0) await endToEndTests('End-to-end tests of faults', 'faults');
}

export default async function main([word]: readonly string[]): Promise<void> {
  try {
    await (word === 'faults' ? faults() : test());
  } catch (error) {
    console.error(messageOf(error));
    totals.failed++;
  }
  for (const note of notes) console.log(note);
  console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
  process.exitCode = totals.failed === 0 ? 0 : 1;
}
