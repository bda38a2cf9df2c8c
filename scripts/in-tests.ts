/** For tests of commands: calls an entry point as npm's scripts do. */

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll } from 'vitest';

/** Its bundle is made for the first call and goes after the file's last test. */
export function commandInTests(name: string) {
  const bundle = path.resolve('node_modules/.cache/margin-loss-lab', `tests-${process.pid}-${name}`);
  afterAll(() => rmSync(bundle, { recursive: true, force: true }));
  return (flags: readonly string[], input = '') =>
    spawnSync(process.execPath, ['scripts/run.mjs', name, ...flags], {
      encoding: 'utf8',
      env: { ...process.env, LAB_BUNDLE: bundle },
      input,
    });
}
