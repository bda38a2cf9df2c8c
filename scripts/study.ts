/**
 * `npm run study`: many runs as a list of independent tasks, for one machine or for a thousand. Each task leaves one file,
 * renamed to its place when it is whole, so that any engine may start any task anywhere, twice too; docs/scale.md shows some.
 */

import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { whole } from './flags.ts';
import { flagsIn, UsageError } from './lib/commands.mjs';
import { jobsOf, sideBySide, type Task, throwFailures } from './lib/jobs.ts';
import { printLine, reasonOf } from './lib/output.mjs';
import { openOutput } from './lib/output-file.ts';
import { fileOf, numbersText, type Plan, parsePlan } from './study-plan.ts';

type Line = Readonly<Record<string, unknown>>;

export default async function study(args: readonly string[]): Promise<void> {
  const { task, out, jobs } = flagsIn('study', args);
  const [word, file] = args;
  if (word === undefined || file === undefined || file.startsWith('--')) {
    throw new UsageError('Say list, run or merge, and the file of the plan: npm run study -- list PLAN.json');
  }
  if (word !== 'run' && (task !== undefined || jobs !== undefined)) {
    throw new UsageError(`--task and --jobs belong to run, not to ${word}.`);
  }
  if (task !== undefined && jobs !== undefined) {
    throw new UsageError('--task is one run, and needs no --jobs.');
  }
  const plan = parsePlan(await textOf(file), file);
  const folder = out ?? path.join('results', plan.name);
  if (word === 'list') return list(plan);
  if (word === 'merge') return merge(plan, folder);
  const chosen =
    task === undefined ? [...plan.tasks.keys()] : [whole('--task', task, [0, plan.tasks.length - 1])];
  return run(plan, folder, chosen, task === undefined ? jobsOf(jobs) : 1);
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} can’t be opened: ${reasonOf(error)}.`);
  }
}

async function list({ tasks }: Plan): Promise<void> {
  for (const [index, command] of tasks.entries()) {
    await printLine(JSON.stringify({ task: index, file: fileOf(index, tasks.length), command }));
  }
}

interface NumberedTask extends Task {
  readonly index: number;
}

/** Those that have no file yet. */
async function run(plan: Plan, folder: string, chosen: readonly number[], jobs: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const place = (index: number) => path.join(folder, fileOf(index, plan.tasks.length));
  const tasks: NumberedTask[] = [];
  for (const index of chosen) {
    const args = plan.tasks[index] as readonly string[];
    if ((await lineIn(place(index), args)) === undefined) tasks.push({ index, name: `Task ${index}`, args });
  }
  if (tasks.length < chosen.length) {
    console.error(`${chosen.length - tasks.length} of ${chosen.length} tasks are finished already.`);
  }
  const failures = await sideBySide('experiment', tasks, jobs, async ({ index, name }, output) => {
    // Put together beside its place: two processes that do one task leave one whole file.
    await (await openOutput(place(index))).write(output);
    console.error(`${name}: ${place(index)}`);
  });
  throwFailures(failures);
}

/** All tasks' lines in their order, in one file; nothing where one is missing or of other code. */
async function merge(plan: Plan, folder: string): Promise<void> {
  const lines: Line[] = [];
  const missing: number[] = [];
  for (const [index, args] of plan.tasks.entries()) {
    const line = await lineIn(path.join(folder, fileOf(index, plan.tasks.length)), args);
    if (line === undefined) missing.push(index);
    else lines.push(line);
  }
  if (missing.length > 0) {
    const count = `${missing.length} of ${plan.tasks.length} tasks`;
    throw new Error(`${count} have no result in ${folder}: ${numbersText(missing)}.`);
  }
  for (const key of ['commit', 'kernels', 'backend']) {
    const [one, other] = new Set(lines.map((line) => String(line[key])));
    if (other !== undefined) {
      throw new Error(
        `Results of different code or machines are not joined: ${key} is ${one} here and ${other} there.`,
      );
    }
  }
  const target = `${folder.replace(/[/\\]+$/, '')}.jsonl`;
  await (await openOutput(target)).write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  console.log(`${target}: ${lines.length} results.`);
}

/** The result of a task; undefined where there is none. @throws Error where the file is of something else */
async function lineIn(file: string, args: readonly string[]): Promise<Line | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  let line: Line | undefined;
  try {
    line = JSON.parse(text);
  } catch {
    // Said below.
  }
  if (JSON.stringify(line?.command) === JSON.stringify(args)) return line;
  throw new Error(`${file} is the result of another task than the plan’s: give --out another folder.`);
}
