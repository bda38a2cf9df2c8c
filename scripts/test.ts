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
import { run } from './lib/processes.mjs';
import { messageOf, ROOT } from './lib/project.mjs';

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** As far as it is used here. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
}
interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly flaky: number; readonly unexpected: number };
}

const reports = mkdtempSync(path.join(tmpdir(), 'margin-loss-lab-'));
const totals = { passed: 0, failed: 0 };

/** A program of a package, without npx: that would keep a signal to itself. */
const tool = (name: string) => path.join(ROOT, 'node_modules/.bin', name);

/** One check that passes or fails as a whole; true where it passes. */
async function check(name: string, command: string, ...args: string[]): Promise<boolean> {
  await printLine(`\n== ${name}`);
  const ok = await run(command, args);
  if (ok) totals.passed++;
  else totals.failed++;
  return ok;
}

/** A test runner that writes a JSON report; one that ends badly without a failed test counts as one failure. */
async function suite<Report>(
  name: string,
  [command = '', ...args]: string[],
  report: string,
  countsOf: (report: Report) => Counts,
  environment: Record<string, string> = {},
): Promise<void> {
  await printLine(`\n== ${name}`);
  const ok = await run(tool(command), args, { env: { ...process.env, ...environment } });
  let counts: Counts = { passed: 0, failed: 0 };
  try {
    counts = countsOf(JSON.parse(readFileSync(report, 'utf8')) as Report);
  } catch {
    console.error(`${name} left no report.`);
  }
  totals.passed += counts.passed;
  totals.failed += counts.failed === 0 && (!ok || counts.passed === 0) ? 1 : counts.failed;
}

function unitTests(): Promise<void> {
  const report = path.join(reports, 'unit.json');
  return suite<VitestReport>(
    'Unit tests',
    ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    report,
    ({ numPassedTests, numFailedTests }) => ({ passed: numPassedTests, failed: numFailedTests }),
  );
}

/** @param project of playwright.config.ts */
async function endToEndTests(name: string, project: string): Promise<void> {
  // What is in dist may be of another day: end-to-end tests are of this build or of none.
  if (!(await check('Build', tool('vite'), 'build', '--logLevel', 'warn'))) return;
  const chromium = await ensureChromium();
  const report = path.join(reports, 'e2e.json');
  await suite<PlaywrightReport>(
    name,
    ['playwright', 'test', `--project=${project}`, '--reporter=list,json'],
    report,
    ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected }),
    { CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  );
}

async function test(): Promise<void> {
  await check('Lint and format', tool('biome'), 'check', '.');
  await check('Types', tool('tsc'), '--noEmit');
  await check('Walls', process.execPath, 'scripts/run.mjs', 'walls');
  await unitTests();
  await endToEndTests('End-to-end tests', 'page');
}

const faults = () => endToEndTests('End-to-end tests of faults', 'faults');

export default async function main([word]: readonly string[]): Promise<void> {
  try {
    await (word === 'faults' ? faults() : test());
  } catch (error) {
    console.error(messageOf(error));
    totals.failed++;
  }
  console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
  process.exitCode = totals.failed === 0 ? 0 : 1;
}
