/** For tests of the set-up: copies of the checkout, to be damaged. */

import { type SpawnSyncOptions, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const { LAB_ROOT: _, ...ENVIRONMENT } = process.env;

/** What a command left. */
export interface Ended {
  readonly status: number | null;
  readonly stderr: string;
}

/**
 * A folder with these files of the checkout, and with all its packages where `node_modules` is among them: a link each, so
 * that caches and locks are the copy's own.
 */
export function checkout(files: readonly string[], name = 'lab-'): string {
  const root = mkdtempSync(path.join(tmpdir(), name));
  for (const file of files) {
    if (file === 'node_modules') linkPackages(root);
    else cpSync(file, path.join(root, file), { recursive: true });
  }
  return root;
}

function linkPackages(root: string): void {
  mkdirSync(path.join(root, 'node_modules'));
  for (const name of readdirSync('node_modules')) {
    if (name === '.cache') continue;
    symlinkSync(path.resolve('node_modules', name), path.join(root, 'node_modules', name));
  }
}

/** Runs a command of a copy to its end. */
export function runIn(root: string, args: readonly string[], options: SpawnSyncOptions = {}): Ended {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/run.mjs', ...args], {
    cwd: root,
    ...options,
    env: { ...ENVIRONMENT, ...options.env },
    encoding: 'utf8',
  });
  return { status, stderr: String(stderr) };
}

/** Starts a command of a copy. */
export function startIn(
  root: string,
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
) {
  const child = spawn(command, args, { cwd: root, env: { ...ENVIRONMENT, ...environment } });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (part) => {
    stdout += part;
  });
  child.stderr.on('data', (part) => {
    stderr += part;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (status) => resolve({ status, stderr }));
  });
  return { child, ended, said: () => stdout };
}
