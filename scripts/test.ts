/**
 * `npm test`: all checks, the unit tests, and the end-to-end tests of what a reader does. `npm run test:faults`:
 * the end-to-end tests that break things or compute on a GPU in software, which take longer. The last line of both
 * is "N passed, N failed".
 */

import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureChromium } from './lib/chromium.ts';
import { messageOf, run } from './lib/setup.mjs';

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

/** One check that passes or fails as a whole; true where it passes. */
function check(name: string, command: string, ...args: string[]): boolean {
  console.log(`\n== ${name}`);
  const ok = run(command, args);
  if (ok) totals.passed++;
  else totals.failed++;
  return ok;
}

/** A test runner that writes a JSON report; one that ends badly without a failed test counts as one failure. */
function suite<Report>(
  name: string,
  args: string[],
  report: string,
  countsOf: (report: Report) => Counts,
  environment: Record<string, string> = {},
): void {
  console.log(`\n== ${name}`);
  const ok = run('npx', args, { env: { ...process.env, ...environment } });
  let counts: Counts = { passed: 0, failed: 0 };
  try {
    counts = countsOf(JSON.parse(readFileSync(report, 'utf8')) as Report);
  } catch {
    console.error(`${name} left no report.`);
  }
  totals.passed += counts.passed;
  totals.failed += counts.failed === 0 && (!ok || counts.passed === 0) ? 1 : counts.failed;
}

function unitTests(): void {
  const report = path.join(reports, 'unit.json');
  suite<VitestReport>(
    'Unit tests',
    ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    report,
    ({ numPassedTests, numFailedTests }) => ({ passed: numPassedTests, failed: numFailedTests }),
  );
}

/** @param project of playwright.config.ts */
async function endToEndTests(name: string, project: string): Promise<void> {
  // What is in dist may be of another day: end-to-end tests are of this build or of none.
  if (!check('Build', 'npx', 'vite', 'build', '--logLevel', 'warn')) return;
  const chromium = await ensureChromium();
  const report = path.join(reports, 'e2e.json');
  suite<PlaywrightReport>(
    name,
    ['playwright', 'test', `--project=${project}`, '--reporter=list,json'],
    report,
    ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected }),
    { CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  );
}

async function test(): Promise<void> {
  check('Lint and format', 'npx', 'biome', 'check', '.');
  check('Types', 'npx', 'tsc', '--noEmit');
  check('Walls', process.execPath, 'scripts/run.mjs', 'walls');
  unitTests();
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
