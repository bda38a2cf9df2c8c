/** `npm test`: sets everything up, runs all checks and tests. The last line is "N passed, N failed". */

import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureChromium } from './lib/chromium.mjs';
import { installPackages, prepareData, run } from './lib/setup.mjs';

const reports = mkdtempSync(path.join(tmpdir(), 'margin-loss-lab-'));
const totals = { passed: 0, failed: 0 };

/** One check that passes or fails as a whole; true where it passes. */
function check(name, command, args) {
  console.log(`\n== ${name}`);
  const ok = run(command, args);
  if (ok) totals.passed++;
  else totals.failed++;
  return ok;
}

/** A test runner that writes a JSON report; one that ends badly without a failed test counts as one failure. */
function suite(name, args, report, countsOf, environment = {}) {
  console.log(`\n== ${name}`);
  const ok = run('npx', args, { env: { ...process.env, ...environment } });
  let counts = { passed: 0, failed: 0 };
  try {
    counts = countsOf(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    console.error(`${name} left no report.`);
  }
  totals.passed += counts.passed;
  totals.failed += counts.failed === 0 && (!ok || counts.passed === 0) ? 1 : counts.failed;
}

async function test() {
  installPackages();
  prepareData();
  check('Lint, format and walls', 'npx', ['biome', 'check', '.']);
  check('Types', 'npx', ['tsc', '--noEmit']);
  const unit = path.join(reports, 'unit.json');
  suite(
    'Unit tests',
    ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unit}`],
    unit,
    ({ numPassedTests, numFailedTests }) => ({ passed: numPassedTests, failed: numFailedTests }),
  );
  // What is in dist may be of another day: end-to-end tests are of this build or of none.
  if (!check('Build', 'npx', ['vite', 'build', '--logLevel', 'warn'])) return;
  const chromium = await ensureChromium();
  const e2e = path.join(reports, 'e2e.json');
  suite(
    'End-to-end tests',
    ['playwright', 'test', '--reporter=list,json'],
    e2e,
    ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected }),
    { CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: e2e, PLAYWRIGHT_JSON_OUTPUT_NAME: e2e },
  );
}

try {
  await test();
} catch (error) {
  console.error(error.message);
  totals.failed++;
}
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 ? 0 : 1;
