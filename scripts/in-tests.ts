/** For tests of commands: calls an entry point as npm's scripts do, and gives it folders to write in. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new folder outside of the checkout; it goes after the file's last test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'lab-'));
  folders.push(folder);
  return folder;
}

/** Its bundle is made for the first call and goes after the file's last test; `sent` calls it from a shell. */
export function commandInTests(name: string) {
  const bundle = path.resolve('node_modules/.cache/margin-loss-lab', `tests-${process.pid}-${name}`);
  afterAll(() => rmSync(bundle, { recursive: true, force: true }));
  const options = { encoding: 'utf8', env: { ...process.env, LAB_BUNDLE: bundle } } as const;
  const run = (flags: readonly string[], input = '') =>
    spawnSync(process.execPath, ['scripts/run.mjs', name, ...flags], { ...options, input });
  /** @param to where a shell sends its output; the status is the command's, and not that of what reads it */
  const sent = (flags: readonly string[], to: string) => {
    const line = `"$0" scripts/run.mjs "$@" ${to}; exit "\${PIPESTATUS[0]}"`;
    return spawnSync('bash', ['-c', line, process.execPath, name, ...flags], options);
  };
  return Object.assign(run, { sent });
}
