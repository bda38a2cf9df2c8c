/** Many tasks of one entry point side by side, each in a process of its own: one that dies takes no other with it. */

import { availableParallelism } from 'node:os';
import { whole } from '../flags.ts';
import { bundle } from './bundle.mjs';
import { ended } from './processes.mjs';
import { ROOT } from './project.mjs';

/** One call of the entry point. */
export interface Task {
  /** For a reader, e.g. "M, seed 3". */
  readonly name: string;
  readonly args: readonly string[];
}

/** A task that gave no result, with the sentence why. */
export interface Failure {
  readonly task: Task;
  readonly sentence: string;
}

const MOST_JOBS = 1024;
/** A process that a signal ended (for want of memory, most of all) is started once more; one that said why it failed is not. */
const TRIES = 2;

/** How many at a time: as the flag --jobs says, else as there are cores. @throws UsageError */
export function jobsOf(text: string | undefined): number {
  return text === undefined ? availableParallelism() : whole('--jobs', text, [1, MOST_JOBS]);
}

/**
 * Runs all tasks, `jobs` at a time, in their order. What fails is left out, and the others go on.
 *
 * @param entry the path of the entry point in scripts/, without .ts
 * @param onDone called with what a task wrote to standard output, in the order in which they end, never two at a time
 */
export async function sideBySide<T extends Task>(
  entry: string,
  tasks: readonly T[],
  jobs: number,
  onDone: (task: T, output: string) => Promise<void>,
): Promise<Failure[]> {
  if (tasks.length === 0) return [];
  const { folder, remove } = await bundle(entry);
  const queue = tasks.values();
  const failures: Failure[] = [];
  let taken = Promise.resolve();
  const work = async () => {
    for (const task of queue) {
      const { output, sentence } = await outcomeOf(entry, task, folder);
      if (sentence !== undefined) {
        failures.push({ task, sentence });
        continue;
      }
      taken = taken.then(() => onDone(task, output));
      await taken;
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(jobs, tasks.length) }, work));
  } finally {
    remove();
  }
  return failures;
}

/** After all others are done. @throws Error with the sentences of those that failed, a line each */
export function throwFailures(failures: readonly Failure[]): void {
  if (failures.length > 0) throw new Error(failures.map(({ sentence }) => sentence).join('\n'));
}

async function outcomeOf(
  entry: string,
  { name, args }: Task,
  folder: string,
): Promise<{ output: string; sentence?: string }> {
  for (let tries = 1; ; tries++) {
    const { code, signal, output, errors } = await ended(
      process.execPath,
      ['scripts/run.mjs', entry, ...args],
      { ...process.env, LAB_ROOT: ROOT, LAB_BUNDLE: folder },
    );
    if (code === 0) return { output };
    if (signal === null) return { output, sentence: `${name}: ${errors.trim() || `it ended with ${code}`}` };
    if (tries === TRIES) return { output, sentence: `${name}: it was ended by ${signal}, ${TRIES} times.` };
  }
}
